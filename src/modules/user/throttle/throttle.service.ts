import { Inject, Injectable, Logger } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import type { Write } from '../../../platform/dynamo/write';
import { type Attempt, ThrottleRepository, type ThrottleWindow } from '../../../platform/throttle/throttle.repository';
import { InvalidCode } from '../domain/second-factor.errors';
import { InvalidCredentials, TooManyAttempts } from '../domain/user.errors';
import { SignInFailures } from '../session/sign-in-failures.service';

const LIMIT = { maxAttempts: 10, milliseconds: 15 * 60_000 };
const PASSWORDS: ThrottleWindow = { kind: 'password', ...LIMIT };
const CODES: ThrottleWindow = { kind: 'code', ...LIMIT };
const RESET_MAILS: ThrottleWindow = { kind: 'mail', ...LIMIT };

type Verify<T> = (releaseWrite?: Write) => Promise<T>;

/** Limits guesses of passwords and codes per account and client address, across all tasks. */
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
   * password is correct, `verify` commits `releaseWrite` with its own writes. A wrong code of a second factor counts too.
   * Failures are reported.
   */
  async limitGuesses<T>(email: string, address: string, verify: Verify<T>): Promise<T> {
    try {
      return await this.limit(PASSWORDS, [email, address], verify);
    } catch (error) {
      this.failures.report(error, email);
      throw error;
    }
  }

  /**
   * Runs `verify`, which checks a code of a second factor, as `limitGuesses` does; but counts per account from any
   * address, because a code has only six digits.
   */
  async limitCodes<T>(userId: UserId, verify: Verify<T>): Promise<T> {
    return this.limit(CODES, [userId, ''], verify);
  }

  /** Counts a reset mail, which anyone can request for an account; `auth.too_many_attempts` after ten in fifteen minutes. */
  async countResetMail(email: string): Promise<void> {
    if (this.config.rateLimits) await this.repository.reserve(RESET_MAILS, [email, ''], refusal);
  }

  private async limit<T>(window: ThrottleWindow, subject: readonly string[], verify: Verify<T>): Promise<T> {
    if (!this.config.rateLimits) return verify();
    const attempt = await this.repository.reserve(window, subject, refusal);
    try {
      return await verify(attempt.releaseWrite);
    } catch (error) {
      const isWrong = error instanceof InvalidCredentials || error instanceof InvalidCode;
      if (!isWrong) await this.release(attempt);
      throw error;
    }
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
