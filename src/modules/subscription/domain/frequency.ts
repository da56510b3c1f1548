import { addDays, daysBetween, type LocalDate, type Weekday, weekdayOf, WEEKDAYS } from '../../../kernel/calendar';

export const MAX_INTERVAL_DAYS = 365;
export const MAX_FACTOR = 100;

/** Every so many days from an anchor, or on certain weekdays with a factor on the quantities. */
export type Frequency =
  | 'DAILY'
  | 'ALTERNATE_DAYS'
  | { readonly everyNDays: number }
  | { readonly weekdays: Readonly<Partial<Record<Weekday, number>>> };

/** By how much the quantities come on a date; 0 when nothing comes. */
export function factorOn(frequency: Frequency, anchor: LocalDate, date: LocalDate): number {
  if (isWeekly(frequency)) return frequency.weekdays[weekdayOf(date)] ?? 0;
  return daysBetween(anchor, date) % intervalDays(frequency) === 0 ? 1 : 0;
}

/** The first date, not before `from`, on which something comes. `from` is not before the anchor. */
export function nextMatchingDate(frequency: Frequency, anchor: LocalDate, from: LocalDate): LocalDate {
  if (isWeekly(frequency)) {
    const weekday = WEEKDAYS.indexOf(weekdayOf(from));
    const daysAhead = WEEKDAYS.findIndex((_, days) => frequency.weekdays[WEEKDAYS[(weekday + days) % 7] as Weekday]);
    return addDays(from, daysAhead);
  }
  const interval = intervalDays(frequency);
  return addDays(from, (interval - (daysBetween(anchor, from) % interval)) % interval);
}

/** The highest factor on the quantities. */
export function highestFactor(frequency: Frequency): number {
  return isWeekly(frequency) ? Math.max(...Object.values(frequency.weekdays)) : 1;
}

export function isSameFrequency(one: Frequency, other: Frequency): boolean {
  return JSON.stringify(normalized(one)) === JSON.stringify(normalized(other));
}

/** A frequency as it is kept: weekdays in their order, without those on which nothing comes. */
export function normalized(frequency: Frequency): Frequency {
  if (!isWeekly(frequency)) return frequency;
  const { weekdays } = frequency;
  return { weekdays: Object.fromEntries(WEEKDAYS.flatMap((day) => (weekdays[day] ? [[day, weekdays[day]]] : []))) };
}

/** What is wrong with a frequency as somebody wrote it; undefined when it is one. */
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
  'frequency must be "DAILY", "ALTERNATE_DAYS", {"everyNDays": 3} or {"weekdays": {"MON": 1, "SAT": 2}}, one of them';

function weekdaysErrorOf(weekdays: unknown): string | undefined {
  if (!isRecord(weekdays)) return EXPECTED_FORMS;
  const unknown = Object.keys(weekdays).find((day) => !WEEKDAYS.some((known) => known === day));
  if (unknown !== undefined) return `frequency.weekdays knows ${WEEKDAYS.join(', ')}, not ${unknown}`;
  const factors = Object.values(weekdays);
  if (!factors.every((factor) => isIntegerBetween(factor, 0, MAX_FACTOR))) {
    return `frequency.weekdays must hold whole numbers from 0 to ${MAX_FACTOR}`;
  }
  return factors.some((factor) => factor !== 0) ? undefined : 'frequency.weekdays must name a day on which to come';
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
