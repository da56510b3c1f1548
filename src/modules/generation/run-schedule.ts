import { Inject, Injectable } from '@nestjs/common';
import { addDays, addMinutes, Calendar, type Instant, type LocalDate, type LocalTime } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { Cutoff, CUTOFF_GRACE_MINUTES } from '../subscription';
import type { RunContext, ShortagePolicy } from './domain/decide';
import type { RunDeadlines, RunAction } from './domain/run';
import { GENERATION_SETTINGS, type GenerationSettings } from './generation.settings';

/** When the run of a date is due, and when it is retried. */
@Injectable()
export class RunSchedule implements RunDeadlines {
  constructor(
    private readonly cutoff: Cutoff,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(GENERATION_SETTINGS) private readonly settings: GenerationSettings,
  ) {}

  cutoffOf(date: LocalDate): Instant {
    return this.cutoff.closesAt(date);
  }

  /** By this moment every change that was made before the cutoff is stored. */
  changesSettledAt(date: LocalDate): Instant {
    return addMinutes(this.cutoffOf(date), CUTOFF_GRACE_MINUTES);
  }

  /** When a run is retried, on the day of delivery. Until then customers can top up, and stock can come back. */
  retryAt(date: LocalDate): Instant {
    return this.calendar.instantAt(date, this.settings.topUpDeadline);
  }

  /** The retry that customers can count on; undefined if it has begun, or is too close to their delivery slot. */
  announcedRetryOf(
    { date, deliverySlot }: { readonly date: LocalDate; readonly deliverySlot: Instant },
    now: Instant,
  ): Instant | undefined {
    const retryAt = this.retryAt(date);
    return now < retryAt && addMinutes(retryAt, CUTOFF_GRACE_MINUTES) <= deliverySlot ? retryAt : undefined;
  }

  /** When an action should have been taken. The metric `GenerationOverdue` counts from here. */
  dueAt({ date, action, run }: RunAction): Instant {
    return action === 'RETRY' || run?.stage === 'RETRY' ? this.retryAt(date) : this.cutoffOf(date);
  }

  /** The last date that is closed and whose changes are all stored. */
  lastDueDate(now: Instant): LocalDate {
    return this.lastClosedDate(addMinutes(now, -CUTOFF_GRACE_MINUTES));
  }

  lastClosedDate(now: Instant): LocalDate {
    return addDays(this.cutoff.firstOpenDate(now), -1);
  }

  /** The earliest date on which a missed run is still caught up. */
  firstCatchUpDate(now: Instant): LocalDate {
    return addDays(this.calendar.dateOf(now), -this.settings.catchUpDays);
  }

  /** The context for decisions on a date, as of now. Caches slots: thousands of subscriptions share a few of them. */
  runContext(date: LocalDate, shortage: ShortagePolicy): RunContext {
    const slots = new Map<LocalTime, Instant>();
    const slotAt = (slot: LocalTime): Instant => {
      const instant = slots.get(slot) ?? this.calendar.instantAt(date, slot);
      slots.set(slot, instant);
      return instant;
    };
    return { date, now: this.clock.now(), slotAt, shortage };
  }
}
