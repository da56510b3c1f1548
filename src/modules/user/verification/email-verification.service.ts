import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { Transaction } from '../../../platform/transaction/transaction';
import { isEmailVerified } from '../domain/user';
import { EmailAlreadyVerified, InvalidVerificationToken } from '../domain/user.errors';
import { UserRepository } from '../user.repository';
import { EmailVerificationTokens } from './email-verification-tokens.service';
import { EmailVerificationRepository } from './email-verification.repository';

const REQUEST_INTERVAL_MILLISECONDS = 60_000;

/** Verifies the e-mail addresses of users. */
@Injectable()
export class EmailVerificationService {
  constructor(
    private readonly users: UserRepository,
    private readonly repository: EmailVerificationRepository,
    private readonly tokens: EmailVerificationTokens,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  /**
   * Marks an address as verified, given the token that was mailed to it. Does nothing if it is verified already:
   * `auth.invalid_verification_token`. Emits `user.email_verified`.
   */
  async verify(text: string): Promise<void> {
    const token = this.tokens.parse(text);
    const user = token && (await this.users.find(token.userId));
    if (!user || !this.tokens.isFor(user.email, token)) throw new InvalidVerificationToken();
    if (isEmailVerified(user)) return;
    if (this.tokens.isExpired(token)) throw new InvalidVerificationToken();
    const { userId } = user;
    try {
      await this.transaction.commit([this.repository.verify(user)], [{ type: 'user.email_verified', userId }]);
    } catch (error) {
      if (!(error instanceof EmailAlreadyVerified)) throw error;
    }
  }

  /**
   * Sends another mail with a token, at most one a minute: `user.verification_requested`, `user.email_already_verified`,
   * `user.not_found`. Emits `user.email_verification_requested`.
   */
  async requestMail(userId: UserId): Promise<void> {
    const interval = this.config.rateLimits ? REQUEST_INTERVAL_MILLISECONDS : 0;
    await this.transaction.commit(
      [this.repository.request(userId, this.clock.realNow(), interval)],
      [{ type: 'user.email_verification_requested', userId }],
    );
  }
}
