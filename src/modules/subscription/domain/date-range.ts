import { addDays, datesBetween, daysBetween, type LocalDate } from '../../../kernel/calendar';
import { InvalidRequest } from '../../../platform/errors';

/** How far ahead requests may look, in days. */
const MAX_DAYS_AHEAD = 366;
export const MAX_DEMAND_DAYS = 31;
const DEFAULT_DEMAND_DAYS = 7;

/** A range of dates, both ends included. */
export interface DateRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Refuses a date that is too far ahead. */
export function checkWithinHorizon(field: string, date: LocalDate, today: LocalDate): void {
  const last = addDays(today, MAX_DAYS_AHEAD);
  if (date > last) throw invalidField(field, `${field} must not be after ${last}, a year from today`);
}

/** The dates of a range that does not begin in the past, both ends included. Default: a week from tomorrow on. */
export function upcomingDates(range: Partial<DateRange>, today: LocalDate): LocalDate[] {
  const from = range.from ?? (range.to === today ? today : addDays(today, 1));
  const to = range.to ?? addDays(from, DEFAULT_DEMAND_DAYS - 1);
  if (from < today) {
    throw invalidField('from', `from must not be before today, ${today}. For past dates, see GET /analytics/report`);
  }
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw invalidField('to', `to must not be before from (${from})`);
  if (days > MAX_DEMAND_DAYS)
    throw invalidField('to', `the range may have at most ${MAX_DEMAND_DAYS} days, not ${days}`);
  checkWithinHorizon('to', to, today);
  return datesBetween(from, to);
}

function invalidField(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, message }]);
}
