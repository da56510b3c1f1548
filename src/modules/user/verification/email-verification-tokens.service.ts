import { Inject, Injectable } from '@nestjs/common';
import { isId, type UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { Signer } from '../../../platform/signer';
import type { User } from '../domain/user';

const VALID_SECONDS = 7 * 86_400;

/** A token as received, whose signature is still to be checked. */
export interface EmailVerificationToken {
  readonly userId: UserId;
  /** Epoch seconds, real time. */
  readonly expiresAt: number;
  readonly signature: string;
}

/**
 * Tokens that prove that a user reads the mail of an address: `<user>.<expiry>.<signature>`. The signature covers the
 * address, so nothing is stored, and a token is worthless once the user has another address. The id of the user is encoded,
 * because mails do not show ids.
 */
@Injectable()
export class EmailVerificationTokens {
  private readonly signer: Signer;

  constructor(
    @Inject(PLATFORM_SETTINGS) settings: PlatformSettings,
    private readonly clock: Clock,
  ) {
    this.signer = new Signer(settings, 'email verification');
  }

  /** A token that is valid for seven days of real time. */
  tokenFor({ userId, email }: Pick<User, 'userId' | 'email'>): string {
    const expiresAt = this.nowInSeconds() + VALID_SECONDS;
    const encodedId = Buffer.from(userId).toString('base64url');
    return `${encodedId}.${expiresAt}.${this.signer.sign(signedText(userId, expiresAt, email))}`;
  }

  /** The parts of a token; undefined if the text is not a token. */
  parse(text: string): EmailVerificationToken | undefined {
    const [, encodedId = '', expiresAt, signature] = /^([\w-]{2,86})\.(\d{10})\.([\w-]{43})$/.exec(text) ?? [];
    const userId = Buffer.from(encodedId, 'base64url').toString('latin1');
    return signature !== undefined && isId(userId) ? { userId, expiresAt: Number(expiresAt), signature } : undefined;
  }

  /** Whether a token was made for an address of its user. */
  isFor(email: string, { userId, expiresAt, signature }: EmailVerificationToken): boolean {
    return this.signer.isSignature(signature, signedText(userId, expiresAt, email));
  }

  isExpired({ expiresAt }: EmailVerificationToken): boolean {
    return expiresAt <= this.nowInSeconds();
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.realNow() / 1_000);
  }
}

function signedText(userId: UserId, expiresAt: number, email: string): string {
  return JSON.stringify([userId, expiresAt, email]);
}
