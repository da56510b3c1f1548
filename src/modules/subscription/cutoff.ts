import { addDays, type Calendar, type Instant, type LocalDate, type LocalTime } from '../../kernel/calendar';
import type { Days } from './subscription';

/** Until when a date can be changed: a time of the day before. The only place that knows it. */
export class Cutoff {
  constructor(
    private readonly calendar: Calendar,
    private readonly time: LocalTime,
  ) {}

  /** From this moment on, the date is closed. */
  of(date: LocalDate): Instant {
    return this.calendar.instantAt(addDays(date, -1), this.time);
  }

  /** The first date that can still be changed; never today. */
  firstOpenDate(now: Instant): LocalDate {
    let date = addDays(this.calendar.dateOf(now), 1);
    while (this.of(date) <= now) date = addDays(date, 1);
    return date;
  }

  /** Where a change stands in time; what generation has decided already is closed too. */
  daysAt(now: Instant, generatedThrough?: LocalDate): Days {
    const open = this.firstOpenDate(now);
    const undecided = generatedThrough && addDays(generatedThrough, 1);
    return {
      today: this.calendar.dateOf(now),
      firstOpenDate: undecided !== undefined && undecided > open ? undecided : open,
    };
  }
}
