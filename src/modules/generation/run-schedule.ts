import { Inject, Injectable } from '@nestjs/common';
import { addDays, addMinutes, Calendar, type Instant, type LocalDate, type LocalTime } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { CONFIG, type Config } from '../../platform/config/config';
import { Cutoff, CUTOFF_GRACE_MINUTES } from '../subscription';
import type { RunContext, ShortagePolicy } from './domain/decide';

/** When the daily orders of a date are due, and when they are tried once more. */
@Injectable()
export class RunSchedule {
  constructor(
    private readonly cutoff: Cutoff,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  cutoffOf(date: LocalDate): Instant {
    return this.cutoff.closesAt(date);
  }

  /** The first moment at which every change that was made before the cutoff is stored. */
  changesSettledAt(date: LocalDate): Instant {
    return addMinutes(this.cutoffOf(date), CUTOFF_GRACE_MINUTES);
  }

  /** Until then, on the day itself, one may top up what was too little the evening before. */
  retryAt(date: LocalDate): Instant {
    return this.calendar.instantAt(date, this.config.retryUntil);
  }

  /** The last date that is closed, and whose changes are all written. */
  lastDueDate(now: Instant): LocalDate {
    return this.lastClosedDate(addMinutes(now, -CUTOFF_GRACE_MINUTES));
  }

  lastClosedDate(now: Instant): LocalDate {
    return addDays(this.cutoff.firstOpenDate(now), -1);
  }

  /** The first date that is still made up. */
  firstCatchUpDate(now: Instant): LocalDate {
    return addDays(this.calendar.dateOf(now), -this.config.catchUpDays);
  }

  /** The date as it is decided now. A few delivery slots serve thousands. */
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
