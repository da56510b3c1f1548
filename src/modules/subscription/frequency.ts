import { addDays, daysBetween, type LocalDate, type Weekday, weekdayOf, WEEKDAYS } from '../../kernel/calendar';

export const DAYS_APART_AT_MOST = 365;
export const FACTOR_AT_MOST = 100;

/** Every so many days from an anchor, or on certain weekdays with a factor on the quantities. */
export type Frequency =
  | 'DAILY'
  | 'ALTERNATE_DAYS'
  | { readonly everyNDays: number }
  | { readonly weekdays: Readonly<Partial<Record<Weekday, number>>> };

/** By how much the quantities come on a date; 0 when nothing comes. */
export function factorOn(frequency: Frequency, anchor: LocalDate, date: LocalDate): number {
  if (isWeekly(frequency)) return frequency.weekdays[weekdayOf(date)] ?? 0;
  return daysBetween(anchor, date) % daysApart(frequency) === 0 ? 1 : 0;
}

/** The first date, not before `from`, on which something comes. `from` is not before the anchor. */
export function nextOn(frequency: Frequency, anchor: LocalDate, from: LocalDate): LocalDate {
  if (isWeekly(frequency)) {
    const today = WEEKDAYS.indexOf(weekdayOf(from));
    const wait = WEEKDAYS.findIndex((_, days) => frequency.weekdays[WEEKDAYS[(today + days) % 7] as Weekday]);
    return addDays(from, wait);
  }
  const apart = daysApart(frequency);
  return addDays(from, (apart - (daysBetween(anchor, from) % apart)) % apart);
}

/** The highest factor on the quantities. */
export function highestFactor(frequency: Frequency): number {
  return isWeekly(frequency) ? Math.max(...Object.values(frequency.weekdays)) : 1;
}

export function isSameFrequency(one: Frequency, other: Frequency): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

/** A frequency as it is kept: weekdays in their order, without those on which nothing comes. */
export function plain(frequency: Frequency): Frequency {
  if (!isWeekly(frequency)) return frequency;
  const { weekdays } = frequency;
  return { weekdays: Object.fromEntries(WEEKDAYS.flatMap((day) => (weekdays[day] ? [[day, weekdays[day]]] : []))) };
}

/** What is wrong with a frequency as somebody wrote it; undefined when it is one. */
export function complaintAbout(value: unknown): string | undefined {
  if (value === 'DAILY' || value === 'ALTERNATE_DAYS') return undefined;
  const [name, more] = isRecord(value) ? Object.keys(value) : [];
  if (!isRecord(value) || more !== undefined) return FORMS;
  if (name === 'everyNDays') {
    const isRight = isWhole(value.everyNDays, 1, DAYS_APART_AT_MOST);
    return isRight ? undefined : `frequency.everyNDays must be a whole number from 1 to ${DAYS_APART_AT_MOST}`;
  }
  return name === 'weekdays' ? complaintAboutWeekdays(value.weekdays) : FORMS;
}

const FORMS =
  'frequency must be "DAILY", "ALTERNATE_DAYS", {"everyNDays": 3} or {"weekdays": {"MON": 1, "SAT": 2}}, one of them';

function complaintAboutWeekdays(weekdays: unknown): string | undefined {
  if (!isRecord(weekdays)) return FORMS;
  const unknown = Object.keys(weekdays).find((day) => !WEEKDAYS.some((known) => known === day));
  if (unknown !== undefined) return `frequency.weekdays knows ${WEEKDAYS.join(', ')}, not ${unknown}`;
  const factors = Object.values(weekdays);
  if (!factors.every((factor) => isWhole(factor, 0, FACTOR_AT_MOST))) {
    return `frequency.weekdays must hold whole numbers from 0 to ${FACTOR_AT_MOST}`;
  }
  return factors.some((factor) => factor !== 0) ? undefined : 'frequency.weekdays must name a day on which to come';
}

function isWeekly(frequency: Frequency): frequency is Extract<Frequency, { weekdays: unknown }> {
  return typeof frequency === 'object' && 'weekdays' in frequency;
}

function daysApart(frequency: 'DAILY' | 'ALTERNATE_DAYS' | { readonly everyNDays: number }): number {
  if (typeof frequency === 'object') return frequency.everyNDays;
  return frequency === 'DAILY' ? 1 : 2;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, min: number, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
