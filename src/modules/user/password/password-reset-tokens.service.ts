import { Inject, Injectable } from '@nestjs/common';
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { newEventId, type UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import type { PasswordReset } from '../user.repository';

const RESET_MILLISECONDS = 60 * 60_000;
const INVITATION_MILLISECONDS = 7 * 86_400_000;

/**
 * Password resets, and invitations to choose the first password. The id, `<userId>.<ulid>`, is stored and is part of the event. The token adds a signature, which is
 * computed only when the mail is written, so neither the database nor an event contains a usable token.
 */
@Injectable()
export class PasswordResetTokens {
  private readonly key: Buffer;

  constructor(
    @Inject(PLATFORM_SETTINGS) { jwtSecret }: PlatformSettings,
    private readonly clock: Clock,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', jwtSecret, '', 'milkround password reset', 32));
  }

  /** A reset that is valid for an hour of real time. */
  newReset(userId: UserId): PasswordReset {
    return { resetId: newResetId(userId), resetUntil: this.clock.realNow() + RESET_MILLISECONDS };
  }

  /** An invitation that is valid for seven days of real time. A repeated one has the same id, so both mails work. */
  newInvitation(userId: UserId, resetId = newResetId(userId)): PasswordReset {
    return { resetId, resetUntil: this.clock.realNow() + INVITATION_MILLISECONDS };
  }

  isExpired({ resetUntil = 0 }: Partial<PasswordReset>): boolean {
    return resetUntil <= this.clock.realNow();
  }

  tokenOf(resetId: string): string {
    return `${resetId}.${this.signatureOf(resetId)}`;
  }

  /** The reset of a token; undefined if the token is not authentic. */
  parse(token: string): { userId: UserId; resetId: string } | undefined {
    const [, userId = '', id = '', signature = ''] = /^([\w-]{1,64})\.(\w{26})\.([\w-]{43})$/.exec(token) ?? [];
    const resetId = `${userId}.${id}`;
    const isAuthentic =
      signature !== '' && timingSafeEqual(Buffer.from(signature), Buffer.from(this.signatureOf(resetId)));
    return isAuthentic ? { userId, resetId } : undefined;
  }

  private signatureOf(resetId: string): string {
    return createHmac('sha256', this.key).update(resetId).digest('base64url');
  }
}

function newResetId(userId: UserId): string {
  return `${userId}.${newEventId()}`;
}
