import { Temporal } from 'temporal-polyfill';

/** An instant in UTC, to the second: `2025-10-15T07:00:00Z`. Sorts as text. */
export type Instant = string;

/** A date in the business time zone: `2025-10-15`. Sorts as text. */
export type LocalDate = string;

/** A time of day in the business time zone: `21:00`. Sorts as text. */
export type LocalTime = string;

export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** How many days ahead of now a delivery slot may be. */
export const MAX_SLOT_DAYS_AHEAD = 30;

/** The format of a `LocalTime`. */
export const TIME_PATTERN = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

const INSTANT_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;
const DATE_PATTERN = /^[2-8]\d{3}-\d{2}-\d{2}$/;

export function instantOf(milliseconds: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(milliseconds)).toString({ smallestUnit: 'second' });
}

export function millisecondsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** Parses an ISO 8601 instant with an offset. Undefined if it is not one. */
export function parseInstant(text: unknown): Instant | undefined {
  if (typeof text !== 'string' || !INSTANT_PATTERN.test(text) || !parseDate(text.slice(0, 10))) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : instantOf(milliseconds);
}

/** Parses a date `YYYY-MM-DD` of the years 2000 to 8999. Undefined if it is not a real one (`2025-02-30`). */
export function parseDate(text: unknown): LocalDate | undefined {
  if (typeof text !== 'string' || !DATE_PATTERN.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

export function addMinutes(instant: Instant, minutes: number): Instant {
  return instantOf(millisecondsOf(instant) + minutes * 60_000);
}

/** The latest delivery slot that can be chosen. */
export function latestSlotAt(now: Instant): Instant {
  return addMinutes(now, MAX_SLOT_DAYS_AHEAD * 24 * 60);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  // It does not read the clock.
  // eslint-disable-next-line no-restricted-syntax
  return new Date((epochDayOf(date) + days) * DAY_MILLISECONDS).toISOString().slice(0, -TIME_OF_MIDNIGHT.length);
}

/** Days from one date to another. Negative if the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDayOf(to) - epochDayOf(from);
}

const DAY_MILLISECONDS = 86_400_000;
const TIME_OF_MIDNIGHT = 'T00:00:00.000Z';

/**
 * Days since 1970-01-01, a Thursday. Forecasts and generation compute with thousands of dates, for which Temporal takes
 * 30 times as long.
 */
function epochDayOf(date: LocalDate): number {
  return Date.parse(date) / DAY_MILLISECONDS;
}

const THURSDAY = WEEKDAYS.indexOf('THU');

export function weekdayOf(date: LocalDate): Weekday {
  return WEEKDAYS[(epochDayOf(date) + THURSDAY) % WEEKDAYS.length] as Weekday;
}

/** Every date of a range, both ends included. */
export function datesBetween(from: LocalDate, to: LocalDate): LocalDate[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, day) => addDays(from, day));
}

/** Whether two names mean one time zone, such as `Asia/Calcutta` and `Asia/Kolkata`. Equal offsets are not enough. */
export function isSameTimeZone(one: string, other: string): boolean {
  if (one === other) return true;
  const epoch = Temporal.Instant.fromEpochMilliseconds(0);
  try {
    return epoch.toZonedDateTimeISO(one).equals(epoch.toZonedDateTimeISO(other));
  } catch {
    // A name that this version of Node does not know.
    return false;
  }
}

/** The calendar of one time zone: converts between instants and local dates and times. */
export class Calendar {
  constructor(readonly timeZone: string) {}

  dateOf(instant: Instant): LocalDate {
    return Temporal.Instant.from(instant).toZonedDateTimeISO(this.timeZone).toPlainDate().toString();
  }

  timeOf(instant: Instant): LocalTime {
    const local = Temporal.Instant.from(instant).toZonedDateTimeISO(this.timeZone);
    return local.toPlainTime().toString({ smallestUnit: 'minute' });
  }

  /**
   * The instant of a local time. A time that daylight saving skips is moved later; of one that occurs twice, the first.
   */
  instantAt(date: LocalDate, time: LocalTime): Instant {
    const local = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
    return instantOf(local.toZonedDateTime(this.timeZone, { disambiguation: 'compatible' }).epochMilliseconds);
  }

  /** The last second of a local day. */
  endOfDay(date: LocalDate): Instant {
    return instantOf(millisecondsOf(this.startOfDay(addDays(date, 1))) - 1_000);
  }

  /** The first instant of a local day. Daylight saving may skip midnight. */
  startOfDay(date: LocalDate): Instant {
    return instantOf(Temporal.PlainDate.from(date).toZonedDateTime(this.timeZone).epochMilliseconds);
  }
}
