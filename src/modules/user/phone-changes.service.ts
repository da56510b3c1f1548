import { Inject, Injectable, Logger } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { DomainError } from '../../platform/errors';
import { type Attempt, ThrottleRepository, type ThrottleWindow } from '../../platform/throttle/throttle.repository';
import type { ProfileChange } from './domain/user';
import { TooManyPhoneChanges, UserNotFound } from './domain/user.errors';
import { PhoneNumbers } from './phone-numbers.service';
import { UserRepository } from './user.repository';

const CHANGES: ThrottleWindow = { kind: 'phone change', maxAttempts: 3, milliseconds: 24 * 60 * 60_000 };

/** Reads the phone of a changed profile, and limits how often users change their own, so that SMS cannot be pumped. */
@Injectable()
export class PhoneChanges {
  private readonly logger = new Logger(PhoneChanges.name);

  constructor(
    private readonly repository: UserRepository,
    private readonly phones: PhoneNumbers,
    private readonly throttles: ThrottleRepository,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  /**
   * Runs `commit` with the change, its phone in E.164 form. `request.invalid` for a phone that is not accepted.
   * `user.too_many_phone_changes` if users change their own phone to another one more than three times in 24 hours.
   * Clearing it, or saving the same one again, does not count, and neither does a change that is refused.
   */
  async limit<T>(
    { by, userId }: { readonly by: UserId; readonly userId: UserId },
    requested: ProfileChange,
    commit: (change: ProfileChange) => Promise<T>,
  ): Promise<T> {
    const { phone } = requested;
    if (phone === undefined || phone === null) return commit(requested);
    const stored = await this.phoneOf(userId);
    const number = this.phones.find(phone);
    // Earlier versions stored numbers that are refused now. A client that sends one back does not change it.
    if (number === undefined && phone === stored) return commit({ ...requested, phone: undefined });
    const change = { ...requested, phone: number ?? this.phones.parse(phone) };
    const isLimited = by === userId && change.phone !== stored && this.config.rateLimits;
    return isLimited ? this.counted(userId, () => commit(change)) : commit(change);
  }

  private async phoneOf(userId: UserId): Promise<string | undefined> {
    const user = await this.repository.find(userId);
    if (!user) throw new UserNotFound(userId);
    return user.phone;
  }

  private async counted<T>(userId: UserId, commit: () => Promise<T>): Promise<T> {
    const attempt = await this.throttles.reserve(
      CHANGES,
      [userId],
      (retryAfterSeconds) => new TooManyPhoneChanges(retryAfterSeconds, CHANGES.maxAttempts),
    );
    try {
      return await commit();
    } catch (error) {
      // After any other error, the change may have been committed.
      if (error instanceof DomainError) await this.release(attempt);
      throw error;
    }
  }

  private async release(attempt: Attempt): Promise<void> {
    await this.throttles
      .release(attempt)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'Phone change not released'));
  }
}
