import { Inject, Injectable } from '@nestjs/common';
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
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
 * Tokens that prove that a user reads the mail of an address: `<userId>.<expiry>.<signature>`. The signature covers the
 * address, so nothing is stored, and a token is worthless once the user has another address.
 */
@Injectable()
export class EmailVerificationTokens {
  private readonly key: Buffer;

  constructor(
    @Inject(PLATFORM_SETTINGS) { jwtSecret }: PlatformSettings,
    private readonly clock: Clock,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', jwtSecret, '', 'milkround email verification', 32));
  }

  /** A token that is valid for seven days of real time. */
  tokenFor({ userId, email }: Pick<User, 'userId' | 'email'>): string {
    const expiresAt = this.nowInSeconds() + VALID_SECONDS;
    return `${userId}.${expiresAt}.${this.signatureOf(userId, expiresAt, email)}`;
  }

  /** The parts of a token; undefined if the text is none. */
  parse(text: string): EmailVerificationToken | undefined {
    const [, userId, expiresAt, signature] = /^([\w-]{1,64})\.(\d{10})\.([\w-]{43})$/.exec(text) ?? [];
    if (userId === undefined || signature === undefined) return undefined;
    return { userId, expiresAt: Number(expiresAt), signature };
  }

  /** Whether a token was made for an address of its user. */
  isFor(email: string, { userId, expiresAt, signature }: EmailVerificationToken): boolean {
    return timingSafeEqual(Buffer.from(signature), Buffer.from(this.signatureOf(userId, expiresAt, email)));
  }

  isExpired({ expiresAt }: EmailVerificationToken): boolean {
    return expiresAt <= this.nowInSeconds();
  }

  private signatureOf(userId: UserId, expiresAt: number, email: string): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([userId, expiresAt, email]))
      .digest('base64url');
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.realNow() / 1_000);
  }
}
