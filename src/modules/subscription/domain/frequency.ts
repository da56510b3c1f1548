import { addDays, daysBetween, type LocalDate, type Weekday, weekdayOf, WEEKDAYS } from '../../../kernel/calendar';

export const MAX_INTERVAL_DAYS = 365;
export const MAX_FACTOR = 100;

/** A delivery every n days from an anchor, or on certain weekdays with a factor for the quantities. */
export type Frequency =
  | 'DAILY'
  | 'ALTERNATE_DAYS'
  | { readonly everyNDays: number }
  | { readonly weekdays: Readonly<Partial<Record<Weekday, number>>> };

/** The factor for the quantities on a date. 0 if there is no delivery. */
export function factorOn(frequency: Frequency, anchor: LocalDate, date: LocalDate): number {
  if (isWeekly(frequency)) return frequency.weekdays[weekdayOf(date)] ?? 0;
  return daysBetween(anchor, date) % intervalDays(frequency) === 0 ? 1 : 0;
}

/** The first date with a delivery, not before `from`, which must not be before the anchor. */
export function nextMatchingDate(frequency: Frequency, anchor: LocalDate, from: LocalDate): LocalDate {
  if (isWeekly(frequency)) {
    const weekday = WEEKDAYS.indexOf(weekdayOf(from));
    const daysAhead = WEEKDAYS.findIndex((_, days) => frequency.weekdays[WEEKDAYS[(weekday + days) % 7] as Weekday]);
    return addDays(from, daysAhead);
  }
  const interval = intervalDays(frequency);
  return addDays(from, (interval - (daysBetween(anchor, from) % interval)) % interval);
}

/** The highest factor for the quantities on any date. */
export function highestFactor(frequency: Frequency): number {
  return isWeekly(frequency) ? Math.max(...Object.values(frequency.weekdays)) : 1;
}

export function isSameFrequency(one: Frequency, other: Frequency): boolean {
  return JSON.stringify(normalized(one)) === JSON.stringify(normalized(other));
}

/** The stored form of a frequency: weekdays in order, without those with factor 0. */
export function normalized(frequency: Frequency): Frequency {
  if (!isWeekly(frequency)) return frequency;
  const { weekdays } = frequency;
  return { weekdays: Object.fromEntries(WEEKDAYS.flatMap((day) => (weekdays[day] ? [[day, weekdays[day]]] : []))) };
}

/** The error of a frequency in a request. Undefined if it is valid. */
export function validationErrorOf(value: unknown): string | undefined {
  if (value === 'DAILY' || value === 'ALTERNATE_DAYS') return undefined;
  const [name, extraKey] = isRecord(value) ? Object.keys(value) : [];
  if (!isRecord(value) || extraKey !== undefined) return EXPECTED_FORMS;
  if (name === 'everyNDays') {
    const isValid = isIntegerBetween(value.everyNDays, 1, MAX_INTERVAL_DAYS);
    return isValid ? undefined : `frequency.everyNDays must be a whole number from 1 to ${MAX_INTERVAL_DAYS}`;
  }
  return name === 'weekdays' ? weekdaysErrorOf(value.weekdays) : EXPECTED_FORMS;
}

const EXPECTED_FORMS =
  'frequency must have one of the forms "DAILY", "ALTERNATE_DAYS", {"everyNDays": 3}, {"weekdays": {"MON": 1, "SAT": 2}}';

function weekdaysErrorOf(weekdays: unknown): string | undefined {
  if (!isRecord(weekdays)) return EXPECTED_FORMS;
  const unknown = Object.keys(weekdays).find((day) => !WEEKDAYS.some((known) => known === day));
  if (unknown !== undefined) return `frequency.weekdays may contain ${WEEKDAYS.join(', ')}, but not ${unknown}`;
  const factors = Object.values(weekdays);
  if (!factors.every((factor) => isIntegerBetween(factor, 0, MAX_FACTOR))) {
    return `frequency.weekdays must hold whole numbers from 0 to ${MAX_FACTOR}`;
  }
  return factors.some((factor) => factor !== 0)
    ? undefined
    : 'frequency.weekdays must contain a day with a factor above 0';
}

function isWeekly(frequency: Frequency): frequency is Extract<Frequency, { weekdays: unknown }> {
  return typeof frequency === 'object' && 'weekdays' in frequency;
}

function intervalDays(frequency: 'DAILY' | 'ALTERNATE_DAYS' | { readonly everyNDays: number }): number {
  if (typeof frequency === 'object') return frequency.everyNDays;
  return frequency === 'DAILY' ? 1 : 2;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIntegerBetween(value: unknown, min: number, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
