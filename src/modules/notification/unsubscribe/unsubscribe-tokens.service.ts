import { Inject, Injectable } from '@nestjs/common';
import { isId, type UserId } from '../../../kernel/ids';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { Signer } from '../../../platform/signer';
import { OPTIONAL_KINDS, type OptionalKind } from '../../user';

/** What a token turns off: a kind of mail to a user. */
export interface Unsubscription {
  readonly userId: UserId;
  readonly kind: OptionalKind;
}

/**
 * Tokens that turn off a kind of mail without a sign-in: `<user>.email.<kind>.<signature>`. They can do nothing else, and
 * work until the secret that has signed them is removed, because people look at old mails. The id of the user is encoded,
 * because mails do not show ids.
 */
@Injectable()
export class UnsubscribeTokens {
  private readonly signer: Signer;

  constructor(@Inject(PLATFORM_SETTINGS) settings: PlatformSettings) {
    this.signer = new Signer(settings, 'unsubscribe');
  }

  tokenFor({ userId, kind }: Unsubscription): string {
    return `${Buffer.from(userId).toString('base64url')}.email.${kind}.${this.signer.sign(signedText(userId, kind))}`;
  }

  /** Undefined if the text is not a token of ours. */
  parse(text: string): Unsubscription | undefined {
    const [, encodedId = '', name, signature] = /^([\w-]{2,86})\.email\.(\w+)\.([\w-]{43})$/.exec(text) ?? [];
    const userId = Buffer.from(encodedId, 'base64url').toString('latin1');
    const kind = OPTIONAL_KINDS.find((known) => known === name);
    if (kind === undefined || signature === undefined || !isId(userId)) return undefined;
    return this.signer.isSignature(signature, signedText(userId, kind)) ? { userId, kind } : undefined;
  }
}

function signedText(userId: UserId, kind: OptionalKind): string {
  return JSON.stringify([userId, 'email', kind]);
}
