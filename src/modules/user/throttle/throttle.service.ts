import { Inject, Injectable, Logger } from '@nestjs/common';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import type { Write } from '../../../platform/dynamo/write';
import { type Attempt, ThrottleRepository, type ThrottleWindow } from '../../../platform/throttle/throttle.repository';
import { InvalidCredentials, TooManyAttempts } from '../domain/user.errors';
import { SignInFailures } from '../session/sign-in-failures.service';

const LIMIT = { maxAttempts: 10, milliseconds: 15 * 60_000 };
const PASSWORDS: ThrottleWindow = { kind: 'password', ...LIMIT };
const RESET_MAILS: ThrottleWindow = { kind: 'mail', ...LIMIT };

/** Limits password guesses per account and client address, across all tasks. */
@Injectable()
export class ThrottleService {
  private readonly logger = new Logger(ThrottleService.name);

  constructor(
    private readonly repository: ThrottleRepository,
    private readonly failures: SignInFailures,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  /**
   * Runs `verify`, which checks a password; `auth.too_many_attempts` after ten wrong ones in fifteen minutes. If the
   * password is correct, `verify` commits `releaseWrite` with its own writes. Only `InvalidCredentials` counts as wrong.
   * Failures are reported.
   */
  async limitGuesses<T>(email: string, address: string, verify: (releaseWrite?: Write) => Promise<T>): Promise<T> {
    try {
      return await this.limit(email, address, verify);
    } catch (error) {
      this.failures.report(error, email);
      throw error;
    }
  }

  private async limit<T>(email: string, address: string, verify: (releaseWrite?: Write) => Promise<T>): Promise<T> {
    if (!this.config.rateLimits) return verify();
    const attempt = await this.repository.reserve(PASSWORDS, [email, address], refusal);
    try {
      return await verify(attempt.releaseWrite);
    } catch (error) {
      if (!(error instanceof InvalidCredentials)) await this.release(attempt);
      throw error;
    }
  }

  /** Counts a reset mail, which anyone can request for an account; `auth.too_many_attempts` after ten in fifteen minutes. */
  async countResetMail(email: string): Promise<void> {
    if (this.config.rateLimits) await this.repository.reserve(RESET_MAILS, [email, ''], refusal);
  }

  private async release(attempt: Attempt): Promise<void> {
    await this.repository
      .release(attempt)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'Sign-in attempt not released'));
  }
}

function refusal(retryAfterSeconds: number): Error {
  return new TooManyAttempts(retryAfterSeconds, LIMIT.maxAttempts);
}
