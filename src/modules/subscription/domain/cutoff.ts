import { addDays, type Calendar, type Instant, type LocalDate, type LocalTime } from '../../../kernel/calendar';
import type { ChangeWindow } from './subscription';

/** Within these minutes after the cutoff, every change that was sent in time is stored or refused. */
export const CUTOFF_GRACE_MINUTES = 2;

/** The cutoff rule: a date can be changed until a time of day on the day before. The rule is only in this class. */
export class Cutoff {
  constructor(
    private readonly calendar: Calendar,
    private readonly time: LocalTime,
  ) {}

  /** The instant at which a date closes. */
  closesAt(date: LocalDate): Instant {
    return this.calendar.instantAt(addDays(date, -1), this.time);
  }

  /** The first date that can still be changed. Never today. */
  firstOpenDate(now: Instant): LocalDate {
    let date = addDays(this.calendar.dateOf(now), 1);
    while (this.closesAt(date) <= now) date = addDays(date, 1);
    return date;
  }

  /** The change window at an instant. Dates that generation has decided are closed too. */
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
