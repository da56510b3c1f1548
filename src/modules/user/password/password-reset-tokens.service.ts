import { Inject, Injectable } from '@nestjs/common';
import { createdAtOf, newEventId, type UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { Signer } from '../../../platform/signer';
import type { PasswordReset, StoredUser } from '../user.repository';

const RESET_MILLISECONDS = 60 * 60_000;
const INVITATION_MILLISECONDS = 7 * 86_400_000;
const TOKEN_PATTERN = /^(([\w-]{1,64})\.(?:(\d{1,15})\.)?\w{26})\.([\w-]{43})$/;

/** A token from a mail. */
export interface ResetToken {
  readonly userId: UserId;
  readonly resetId: string;
  /** Credentials version of the user when they requested a reset. Absent in invitations. */
  readonly credentialsVersion?: number;
}

/**
 * Password resets, and invitations to choose the first password. The token of a mail is the id of the reset with a
 * signature, which is computed only when the mail is written. So neither the database nor an event contains a usable
 * token.
 *
 * The id of a reset is `<userId>.<credentialsVersion>.<ulid>`. Nothing is stored, so a later request does not disable an
 * earlier link. A link works for an hour, unless the credentials version has increased, as it does when a link is used.
 * The id of an invitation is `<userId>.<ulid>`, and is stored with its end.
 */
@Injectable()
export class PasswordResetTokens {
  private readonly signer: Signer;

  constructor(
    @Inject(PLATFORM_SETTINGS) settings: PlatformSettings,
    private readonly clock: Clock,
  ) {
    this.signer = new Signer(settings, 'password reset');
  }

  /** The id of a reset that is valid for an hour of real time. */
  newResetId({ userId, credentialsVersion }: Pick<StoredUser, 'userId' | 'credentialsVersion'>): string {
    return `${userId}.${credentialsVersion}.${newEventId()}`;
  }

  /** An invitation that is valid for seven days of real time. A repeated one has the same id, so both mails work. */
  newInvitation(userId: UserId, resetId = `${userId}.${newEventId()}`): PasswordReset {
    return { resetId, resetUntil: this.clock.realNow() + INVITATION_MILLISECONDS };
  }

  /** Whether a user can still choose a password with a token. */
  isValidFor({ resetId, credentialsVersion }: ResetToken, user: StoredUser): boolean {
    const [isPending, validUntil] =
      credentialsVersion === undefined
        ? [user.resetId === resetId, user.resetUntil ?? 0]
        : [user.credentialsVersion === credentialsVersion, createdAtOf(resetId) + RESET_MILLISECONDS];
    return isPending && this.clock.realNow() < validUntil;
  }

  tokenOf(resetId: string): string {
    return `${resetId}.${this.signer.sign(resetId)}`;
  }

  /** The parts of a token; undefined if it is not authentic. */
  parse(token: string): ResetToken | undefined {
    const [, resetId = '', userId = '', version, signature = ''] = TOKEN_PATTERN.exec(token) ?? [];
    if (!this.signer.isSignature(signature, resetId)) return undefined;
    return { userId, resetId, ...(version !== undefined && { credentialsVersion: Number(version) }) };
  }
}
