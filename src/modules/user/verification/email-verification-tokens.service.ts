import { Inject, Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId, type UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { deriveKey } from '../../../platform/derived-key';
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
  private readonly key: Buffer;

  constructor(
    @Inject(PLATFORM_SETTINGS) { jwtSecret }: PlatformSettings,
    private readonly clock: Clock,
  ) {
    this.key = deriveKey(jwtSecret, 'email verification');
  }

  /** A token that is valid for seven days of real time. */
  tokenFor({ userId, email }: Pick<User, 'userId' | 'email'>): string {
    const expiresAt = this.nowInSeconds() + VALID_SECONDS;
    const encodedId = Buffer.from(userId).toString('base64url');
    return `${encodedId}.${expiresAt}.${this.signatureOf(userId, expiresAt, email)}`;
  }

  /** The parts of a token; undefined if the text is not a token. */
  parse(text: string): EmailVerificationToken | undefined {
    const [, encodedId = '', expiresAt, signature] = /^([\w-]{2,86})\.(\d{10})\.([\w-]{43})$/.exec(text) ?? [];
    const userId = Buffer.from(encodedId, 'base64url').toString('latin1');
    return signature !== undefined && isId(userId) ? { userId, expiresAt: Number(expiresAt), signature } : undefined;
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
