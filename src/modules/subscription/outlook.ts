import { addDays, datesBetween, daysBetween, type LocalDate } from '../../kernel/calendar';
import { InvalidRequest } from '../../platform/errors';

/** How far ahead one can look. */
const DAYS_AHEAD_AT_MOST = 366;
export const DEMAND_DAYS_AT_MOST = 31;
const DEMAND_DAYS_UNASKED = 7;

/** Refuses a date that is too far ahead to say anything of it. */
export function checkInSight(field: string, date: LocalDate, today: LocalDate): void {
  const last = addDays(today, DAYS_AHEAD_AT_MOST);
  if (date > last) throw wrong(field, `${field} must not be after ${last}, a year ahead`);
}

/** The dates of a range that lies ahead, both ends included; from tomorrow, for a week, when nothing else is asked. */
export function datesAhead(range: { from?: LocalDate; to?: LocalDate }, today: LocalDate): LocalDate[] {
  const from = range.from ?? (range.to === today ? today : addDays(today, 1));
  const to = range.to ?? addDays(from, DEMAND_DAYS_UNASKED - 1);
  if (from < today) {
    throw wrong('from', `from must not be before today, ${today}: what has come is in GET /analytics/report`);
  }
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw wrong('to', `to must not be before from (${from})`);
  if (days > DEMAND_DAYS_AT_MOST) throw wrong('to', `at most ${DEMAND_DAYS_AT_MOST} days at once, not ${days}`);
  checkInSight('to', to, today);
  return datesBetween(from, to);
}

function wrong(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, message }]);
}
