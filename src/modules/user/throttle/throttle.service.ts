import { Inject, Injectable, Logger } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { Database } from '../../../platform/dynamo/database';
import type { Read } from '../../../platform/dynamo/read';
import type { Write } from '../../../platform/dynamo/write';
import { FailureCountRepository, type FailureLimit } from '../../../platform/throttle/failure-count.repository';
import { type Attempt, ThrottleRepository, type ThrottleWindow } from '../../../platform/throttle/throttle.repository';
import { InvalidCode } from '../domain/second-factor.errors';
import { InvalidCredentials, TooManyAttempts } from '../domain/user.errors';
import { SignInFailures } from '../session/sign-in-failures.service';

const LIMIT = { maxAttempts: 10, milliseconds: 15 * 60_000 };
const PASSWORDS: ThrottleWindow = { kind: 'password', ...LIMIT };
const CODES: ThrottleWindow = { kind: 'code', ...LIMIT };
const RESET_MAILS: ThrottleWindow = { kind: 'mail', ...LIMIT };

/** Stops one address from trying a password on many accounts. */
const PER_ADDRESS: FailureLimit = { kind: 'address', limit: 50, windowMilliseconds: 15 * 60_000 };
/** Stops many addresses from guessing the password of one account. */
const PER_ACCOUNT: FailureLimit = { kind: 'account', limit: 100, windowMilliseconds: 60 * 60_000 };
/** The attempts that are in flight have ended by then. */
const IN_FLIGHT_SECONDS = 2;

/** Limits guesses of passwords and codes per account and client address, per address and per account. See ADR 32. */
@Injectable()
export class ThrottleService {
  private readonly logger = new Logger(ThrottleService.name);
  private readonly inFlight = new Map<string, number>();

  constructor(
    private readonly repository: ThrottleRepository,
    private readonly failureCounts: FailureCountRepository,
    private readonly signInFailures: SignInFailures,
    private readonly database: Database,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  /**
   * Runs `verify`, which checks a password, with the result of `read`. `auth.too_many_attempts` after ten wrong ones in
   * fifteen minutes for the account from this address, fifty from the address, or a hundred in an hour for the account.
   * If the password is correct, `verify` commits `releaseWrite` with its own writes. A wrong code of a second factor
   * counts too. Failures are reported.
   */
  async limitGuesses<T, Found = undefined>(
    email: string,
    address: string,
    verify: (releaseWrite: Write | undefined, found: Found) => Promise<T>,
    read?: Read<Found>,
  ): Promise<T> {
    try {
      if (!this.config.rateLimits) return await verify(undefined, (read && (await this.database.get(read))) as Found);
      return await this.limitFailures(email, address, verify, read);
    } catch (error) {
      this.signInFailures.report(error, email);
      throw error;
    }
  }

  /**
   * Runs `verify`, which checks a code of a second factor; `auth.too_many_attempts` after ten wrong ones in fifteen
   * minutes for the account from any address, because a code has only six digits.
   */
  async limitCodes<T>(userId: UserId, verify: (releaseWrite?: Write) => Promise<T>): Promise<T> {
    if (!this.config.rateLimits) return verify();
    const attempt = await this.repository.reserve(CODES, [userId, ''], refusal);
    try {
      return await verify(attempt.releaseWrite);
    } catch (error) {
      if (!isWrongGuess(error)) await this.release(attempt);
      throw error;
    }
  }

  /** Counts a reset mail, which anyone can request for an account; `auth.too_many_attempts` after ten in fifteen minutes. */
  async countResetMail(email: string): Promise<void> {
    if (this.config.rateLimits) await this.repository.reserve(RESET_MAILS, [email, ''], refusal);
  }

  private async limitFailures<T, Found>(
    email: string,
    address: string,
    verify: (releaseWrite: Write | undefined, found: Found) => Promise<T>,
    read?: Read<Found>,
  ): Promise<T> {
    const subjects: readonly (readonly [FailureLimit, string])[] = [
      [PER_ADDRESS, address],
      [PER_ACCOUNT, email],
    ];
    // Counted before the failures are read, so that a burst of requests does not pass between reading and counting.
    const ahead = subjects.map(([limit, subject]) => this.enter(limit, subject));
    try {
      const attempt = await this.repository.reserve(PASSWORDS, [email, address], refusal);
      try {
        const [found, ...counts] = await this.database.batchGet([
          read,
          this.failureCounts.readOf(PER_ADDRESS, address),
          this.failureCounts.readOf(PER_ACCOUNT, email),
        ]);
        subjects.forEach(([limit], index) => this.assertBelow(limit, counts[index] ?? 0, ahead[index] ?? 0));
        return await verify(attempt.releaseWrite, found as Found);
      } catch (error) {
        if (isWrongGuess(error)) await this.countFailures(subjects);
        else await this.release(attempt);
        throw error;
      }
    } finally {
      for (const [limit, subject] of subjects) this.leave(limit, subject);
    }
  }

  private assertBelow(limit: FailureLimit, failures: number, ahead: number): void {
    if (failures + ahead < limit.limit) return;
    const seconds = failures < limit.limit ? IN_FLIGHT_SECONDS : this.failureCounts.secondsLeft(limit);
    throw new TooManyAttempts(seconds, limit.limit);
  }

  /** Returns the number of attempts that were in flight before this one. */
  private enter({ kind }: FailureLimit, subject: string): number {
    const key = `${kind} ${subject}`;
    const ahead = this.inFlight.get(key) ?? 0;
    this.inFlight.set(key, ahead + 1);
    return ahead;
  }

  private leave({ kind }: FailureLimit, subject: string): void {
    const key = `${kind} ${subject}`;
    const left = (this.inFlight.get(key) ?? 0) - 1;
    if (left > 0) this.inFlight.set(key, left);
    else this.inFlight.delete(key);
  }

  /** A failure that cannot be counted is still counted for the account and address together. */
  private async countFailures(subjects: readonly (readonly [FailureLimit, string])[]): Promise<void> {
    await Promise.all(subjects.map(([limit, subject]) => this.failureCounts.add(limit, subject))).catch(
      (error: unknown) => this.logger.warn({ err: error }, 'Sign-in failure not counted'),
    );
  }

  private async release(attempt: Attempt): Promise<void> {
    await this.repository
      .release(attempt)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'Sign-in attempt not released'));
  }
}

/** Everything else says nothing about the guess. */
function isWrongGuess(error: unknown): boolean {
  return error instanceof InvalidCredentials || error instanceof InvalidCode;
}

function refusal(retryAfterSeconds: number): Error {
  return new TooManyAttempts(retryAfterSeconds, LIMIT.maxAttempts);
}
