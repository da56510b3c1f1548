import { Inject, Injectable } from '@nestjs/common';
import { addDays, addMinutes, Calendar, type Instant, type LocalDate, type LocalTime } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { CONFIG, type Config } from '../../platform/config/config';
import { Cutoff } from './cutoff';
import type { Evening, Shortage } from './decision';
import { GRACE_MINUTES } from './generation';

/** When the daily orders of a date are due, and when they are tried once more. */
@Injectable()
export class GenerationTimes {
  constructor(
    private readonly cutoff: Cutoff,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  cutoffOf(date: LocalDate): Instant {
    return this.cutoff.of(date);
  }

  /** Until then, on the day itself, one may top up what was too little the evening before. */
  retryAt(date: LocalDate): Instant {
    return this.calendar.instantAt(date, this.config.retryUntil);
  }

  /** The last date that is closed, and whose changes are all written. */
  lastDue(now: Instant): LocalDate {
    return this.lastClosed(addMinutes(now, -GRACE_MINUTES));
  }

  lastClosed(now: Instant): LocalDate {
    return addDays(this.cutoff.firstOpenDate(now), -1);
  }

  /** The first date that is still made up. */
  firstMadeUp(now: Instant): LocalDate {
    return addDays(this.calendar.dateOf(now), -this.config.catchUpDays);
  }

  /** The date as it is decided now. A few delivery slots serve thousands. */
  evening(date: LocalDate, shortage: Shortage): Evening {
    const slots = new Map<LocalTime, Instant>();
    const slotAt = (slot: LocalTime): Instant => {
      const known = slots.get(slot) ?? this.calendar.instantAt(date, slot);
      slots.set(slot, known);
      return known;
    };
    return { date, now: this.clock.now(), slotAt, shortage };
  }
}
