import { addDays, type Calendar, type Instant, type LocalDate, type LocalTime } from '../../../kernel/calendar';
import type { ChangeWindow } from './subscription';

/** Minutes after the cutoff until every change that was made in time is stored. */
export const CUTOFF_GRACE_MINUTES = 2;

/** Until when a date can be changed: a time of the day before. The only place that knows it. */
export class Cutoff {
  constructor(
    private readonly calendar: Calendar,
    private readonly time: LocalTime,
  ) {}

  /** From this moment on, the date is closed. */
  closesAt(date: LocalDate): Instant {
    return this.calendar.instantAt(addDays(date, -1), this.time);
  }

  /** The first date that can still be changed; never today. */
  firstOpenDate(now: Instant): LocalDate {
    let date = addDays(this.calendar.dateOf(now), 1);
    while (this.closesAt(date) <= now) date = addDays(date, 1);
    return date;
  }

  /** Where a change stands in time; what generation has decided already is closed too. */
  changeWindowAt(now: Instant, generatedThrough?: LocalDate): ChangeWindow {
    const firstBeforeCutoff = this.firstOpenDate(now);
    const firstUndecided = generatedThrough && addDays(generatedThrough, 1);
    return {
      today: this.calendar.dateOf(now),
      firstOpenDate:
        firstUndecided !== undefined && firstUndecided > firstBeforeCutoff ? firstUndecided : firstBeforeCutoff,
    };
  }
}
