import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
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
const PASSWORDS: ThrottleWindow = { kind: 'password', ...LIMIT, remembersFor: 90 * 86_400_000 };
const CODES: ThrottleWindow = { kind: 'code', ...LIMIT };
const RESET_MAILS: ThrottleWindow = { kind: 'mail', ...LIMIT };

/** Stops one address from trying a password on many accounts. */
const PER_ADDRESS: FailureLimit = { kind: 'address', limit: 50, windowMilliseconds: 15 * 60_000 };
/** Stops many addresses from guessing the password of one account. Addresses that the account knows are exempt. */
const PER_ACCOUNT: FailureLimit = { kind: 'account', limit: 100, windowMilliseconds: 60 * 60_000 };
/** Bounds the memory. */
const MAX_COUNTED_HERE = 20_000;

/** Limits guesses of passwords and codes per account and client address, per address and per account. See ADR 32. */
@Injectable()
export class ThrottleService {
  private readonly logger = new Logger(ThrottleService.name);
  /**
   * Attempts of this task in the window, by address or account, except those with the correct password. They count before
   * their outcome is stored, so that a burst of requests does not pass between reading and counting.
   */
  private readonly countedHere = new LRUCache<string, number>({ max: MAX_COUNTED_HERE });

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
   * If the password is correct, `verify` commits `releaseWrite` with its own writes. The account then knows the address
   * for 90 days, during which the limit of a hundred does not apply to it. Otherwise anyone could lock the owner out. A
   * wrong code of a second factor counts too. Failures are reported.
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

  /**
   * Clears the failures of an account whose owner has reset the password, and lets it know the address of the owner. Runs
   * after the reset and not in its transaction, because simultaneous wrong guesses would make that fail.
   */
  async clearFailures(email: string, address: string): Promise<void> {
    if (!this.config.rateLimits) return;
    this.countedHere.delete(this.failureCounts.idOf(PER_ACCOUNT, email));
    await Promise.all([
      this.failureCounts.clear(PER_ACCOUNT, email),
      this.repository.trust(PASSWORDS, [email, address]),
    ]).catch((error: unknown) => this.logger.warn({ err: error }, 'Sign-in failures not cleared'));
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
    const [ofAddress, ofAccount] = [this.countHere(PER_ADDRESS, address), this.countHere(PER_ACCOUNT, email)];
    let hasFailed = false;
    try {
      const attempt = await this.repository.reserve(PASSWORDS, [email, address], refusal);
      try {
        const [found, addressFailures, accountFailures] = await this.database.batchGet([
          read,
          this.failureCounts.readOf(PER_ADDRESS, address),
          this.failureCounts.readOf(PER_ACCOUNT, email),
        ]);
        this.assertBelow(PER_ADDRESS, Math.max(ofAddress.before, addressFailures));
        if (!attempt.isKnown) this.assertBelow(PER_ACCOUNT, Math.max(ofAccount.before, accountFailures));
        return await verify(attempt.releaseWrite, found as Found);
      } catch (error) {
        hasFailed = isWrongGuess(error);
        if (hasFailed) await this.storeFailure(email, address);
        else await this.release(attempt);
        throw error;
      }
    } finally {
      if (!hasFailed) for (const { undo } of [ofAddress, ofAccount]) undo();
    }
  }

  private assertBelow(limit: FailureLimit, failures: number): void {
    if (failures >= limit.limit) throw new TooManyAttempts(this.failureCounts.secondsLeft(limit), limit.limit);
  }

  /** Counts an attempt at this task. `before` is the count without it. */
  private countHere(limit: FailureLimit, subject: string): { before: number; undo: () => void } {
    const id = this.failureCounts.idOf(limit, subject);
    const before = this.countedHere.get(id) ?? 0;
    this.countedHere.set(id, before + 1);
    // The count may have been cleared since.
    return { before, undo: () => void this.countedHere.set(id, Math.max(0, (this.countedHere.get(id) ?? 0) - 1)) };
  }

  /** A failure that cannot be stored is still counted at this task. */
  private async storeFailure(email: string, address: string): Promise<void> {
    await Promise.all([this.failureCounts.add(PER_ADDRESS, address), this.failureCounts.add(PER_ACCOUNT, email)]).catch(
      (error: unknown) => this.logger.warn({ err: error }, 'Sign-in failure not stored'),
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
