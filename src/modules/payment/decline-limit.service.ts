import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { secondsUntilFree, ThrottleRepository, type ThrottleWindow } from '../../platform/throttle/throttle.repository';
import { isDecline, type Payment } from './domain/payment';
import { TooManyFailedPayments } from './domain/payment.errors';

const HOUR_MILLISECONDS = 60 * 60_000;
const BY_CUSTOMER: ThrottleWindow = { kind: 'declined payment', maxAttempts: 5, milliseconds: HOUR_MILLISECONDS };
const BY_ADDRESS: ThrottleWindow = { kind: 'declined address', maxAttempts: 20, milliseconds: HOUR_MILLISECONDS };

const MAX_REMEMBERED = 20_000;
/** Time after which an undecided payment is decided, or left pending. */
const UNDECIDED_SECONDS = 10;

/**
 * Limits the declined gateway payments of a customer and of a client address, so that stolen cards cannot be tested
 * here. Every decline is stored, and this process remembers what it has stored, so a payment costs no extra round trip.
 * Undecided payments count as declined, so the limit is exact within a process. See ADR 28.
 */
@Injectable()
export class DeclineLimit {
  private readonly logger = new Logger(DeclineLimit.name);
  /** The times of the last declines, oldest first, by kind and subject. */
  private readonly declines = new LRUCache<string, readonly number[]>({ max: MAX_REMEMBERED });
  private readonly undecided = new Map<string, number>();

  constructor(
    private readonly repository: ThrottleRepository,
    private readonly clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {}

  /** Makes a gateway payment; `payment.too_many_failures` if too many were declined. */
  async limit(userId: UserId, clientAddress: string, pay: () => Promise<Payment>): Promise<Payment> {
    if (!this.config.rateLimits) return pay();
    this.check(BY_CUSTOMER, userId);
    this.check(BY_ADDRESS, clientAddress);
    const keys = [keyOf(BY_CUSTOMER, userId), keyOf(BY_ADDRESS, clientAddress)];
    keys.forEach((key) => this.countUndecided(key, 1));
    try {
      const payment = await pay();
      if (isDecline(payment)) await this.record(BY_ADDRESS, clientAddress);
      return payment;
    } finally {
      keys.forEach((key) => this.countUndecided(key, -1));
    }
  }

  /** Counts a payment that has become FAILED against its customer, if it was declined. */
  async recordFailure(payment: Payment): Promise<void> {
    if (this.config.rateLimits && isDecline(payment)) await this.record(BY_CUSTOMER, payment.userId);
  }

  private check(window: ThrottleWindow, subject: string): void {
    const key = keyOf(window, subject);
    const now = this.clock.realNow();
    const declines = this.declinesOf(window, key);
    if (declines.length + (this.undecided.get(key) ?? 0) < window.maxAttempts) return;
    const [oldest = now] = declines;
    const isFull = declines.length >= window.maxAttempts;
    this.logger.warn({ limit: window.kind }, 'Payment refused after too many declines');
    throw new TooManyFailedPayments(
      isFull ? secondsUntilFree(window, oldest, now) : UNDECIDED_SECONDS,
      window.maxAttempts,
    );
  }

  /** The payment is decided, so a failure to count it is only logged. */
  private async record(window: ThrottleWindow, subject: string): Promise<void> {
    try {
      const recorded = await this.repository.record(window, [subject]);
      const key = keyOf(window, subject);
      // The answers of simultaneous records can arrive in another order, so an older one must not replace a newer one.
      if (recorded.length >= this.declinesOf(window, key).length) this.declines.set(key, recorded);
    } catch (error) {
      this.logger.error({ err: error, limit: window.kind }, 'Declined payment not counted');
    }
  }

  /** The remembered declines in the window. */
  private declinesOf({ milliseconds }: ThrottleWindow, key: string): readonly number[] {
    const start = this.clock.realNow() - milliseconds;
    return (this.declines.get(key) ?? []).filter((at) => at > start);
  }

  private countUndecided(key: string, change: 1 | -1): void {
    const count = (this.undecided.get(key) ?? 0) + change;
    if (count > 0) this.undecided.set(key, count);
    else this.undecided.delete(key);
  }
}

function keyOf({ kind }: ThrottleWindow, subject: string): string {
  return `${kind}#${subject}`;
}
