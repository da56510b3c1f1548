import { Inject, Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../kernel/random';
import { Clock } from '../../platform/clock';
import { Postponed } from '../../platform/queue/postponed';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { EmailSender } from './adapters/email-sender';
import type { Urgency } from './domain/urgency';
import { NOTIFICATION_SETTINGS, type NotificationSettings } from './notification.settings';
import { SendCountRepository } from './send-count.repository';

/** A change of the quota at SES takes effect within this time. */
const RATE_MAX_AGE_MILLISECONDS = 5 * 60_000;
const RATE_RETRY_MILLISECONDS = 5_000;
/** The rate of an account in the sandbox of SES, until the quota has been read once. */
const LOWEST_RATE = 1;
/** The share of each second that routine mails can use. */
const ROUTINE_SHARE = 0.8;
/** Fewer writes than one per mail. Few enough mails that a task sends them within the second. */
const RESERVATIONS_PER_SECOND = 5;
const MAX_RESERVED = 10;
const LONGEST_WAIT_MILLISECONDS = 10_000;
const POSTPONED_SECONDS = 30;
const RETENTION_SECONDS = 3_600;

interface Tokens {
  readonly second: number;
  left: number;
}

/**
 * The rate at which SES accepts mails, as a token bucket that all tasks share. Each task reserves a few mails of a second
 * at a time. Without it, an evening of confirmations would be refused by SES and delay the reset of a password.
 */
@Injectable()
export class SendQuota {
  private readonly logger = new Logger(SendQuota.name);
  private readonly reserved: Record<Urgency, Tokens> = {
    URGENT: { second: 0, left: 0 },
    ROUTINE: { second: 0, left: 0 },
  };
  private readonly reserving: Partial<Record<Urgency, Promise<boolean>>> = {};
  private rate?: { readonly perSecond: number; readonly expiresAt: number };
  private readingRate?: Promise<number>;

  constructor(
    private readonly repository: SendCountRepository,
    private readonly email: EmailSender,
    private readonly clock: Clock,
    private readonly shutdown: ShutdownSignal,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
  ) {}

  /** Resolves when one mail may be sent. `Postponed` if that takes more than ten seconds, `ShuttingDown`. */
  async take(urgency: Urgency): Promise<void> {
    const deadline = this.clock.realNow() + LONGEST_WAIT_MILLISECONDS;
    while (!(await this.tryTake(urgency))) {
      this.shutdown.throwIfStarted();
      const now = this.clock.realNow();
      if (now >= deadline) throw new Postponed(POSTPONED_SECONDS, 'the sending rate is used up');
      await sleep(1_000 - (now % 1_000) + random() * 50);
    }
  }

  /** False if the current second is used up. */
  private async tryTake(urgency: Urgency): Promise<boolean> {
    do {
      if (this.takeReserved(urgency)) return true;
      // Simultaneous mails of this task wait for one reservation.
      this.reserving[urgency] ??= this.reserve(urgency).finally(() => delete this.reserving[urgency]);
    } while (await this.reserving[urgency]);
    return false;
  }

  private takeReserved(urgency: Urgency): boolean {
    const tokens = this.reserved[urgency];
    if (tokens.second !== this.currentSecond() || tokens.left === 0) return false;
    tokens.left--;
    return true;
  }

  private async reserve(urgency: Urgency): Promise<boolean> {
    const perSecond = await this.ratePerSecond();
    const limit = urgency === 'URGENT' ? perSecond : Math.max(1, Math.floor(perSecond * ROUTINE_SHARE));
    const second = this.currentSecond();
    for (const count of [Math.min(MAX_RESERVED, Math.ceil(perSecond / RESERVATIONS_PER_SECOND)), 1]) {
      if (!(await this.repository.reserve(count, { id: `SES ${second}`, limit, retentionSeconds: RETENTION_SECONDS })))
        continue;
      this.reserved[urgency] = { second, left: count };
      return true;
    }
    return false;
  }

  private async ratePerSecond(): Promise<number> {
    const { sesMaxPerSecond } = this.settings;
    if (sesMaxPerSecond > 0) return sesMaxPerSecond;
    if (this.rate && this.clock.realNow() < this.rate.expiresAt) return this.rate.perSecond;
    this.readingRate ??= this.readRate().finally(() => (this.readingRate = undefined));
    return this.readingRate;
  }

  private async readRate(): Promise<number> {
    let perSecond = this.rate?.perSecond ?? LOWEST_RATE;
    let maxAge = RATE_MAX_AGE_MILLISECONDS;
    try {
      perSecond = Math.max(LOWEST_RATE, Math.floor(await this.email.maxPerSecond()));
    } catch (error) {
      // SES accepts few such requests, and all tasks may start at the same time.
      maxAge = RATE_RETRY_MILLISECONDS * (1 + random());
      this.logger.warn({ err: error, perSecond }, 'Sending quota not readable');
    }
    this.rate = { perSecond, expiresAt: this.clock.realNow() + maxAge };
    return perSecond;
  }

  private currentSecond(): number {
    return Math.floor(this.clock.realNow() / 1_000);
  }
}
