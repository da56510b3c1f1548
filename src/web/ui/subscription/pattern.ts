import type { TFunction } from 'i18next';
import { weekdayNames } from '../format.ts';
import type { Frequency } from '../../api/customer-queries.ts';

export const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export type Pattern = 'DAILY' | 'ALTERNATE_DAYS' | 'WEEKDAYS' | 'EVERY';

/** What the form of a pattern holds. */
export interface PatternForm {
  readonly pattern: Pattern;
  readonly weekdays: readonly Weekday[];
  readonly everyNDays: number;
}

export const DAILY: PatternForm = { pattern: 'DAILY', weekdays: ['SAT', 'SUN'], everyNDays: 3 };

/** `kept` are the factors of the weekdays so far: the form does not change them. */
export function frequencyOf({ pattern, weekdays, everyNDays }: PatternForm, kept?: Frequency): Frequency {
  if (pattern === 'EVERY') return { everyNDays };
  if (pattern !== 'WEEKDAYS') return pattern;
  const factors = typeof kept === 'object' && 'weekdays' in kept ? kept.weekdays : {};
  return { weekdays: Object.fromEntries(weekdays.map((day) => [day, factors[day] ?? 1])) };
}

export function patternFormOf(frequency: Frequency): PatternForm {
  if (typeof frequency === 'string') return { ...DAILY, pattern: frequency };
  if ('everyNDays' in frequency) return { ...DAILY, pattern: 'EVERY', everyNDays: frequency.everyNDays };
  return { ...DAILY, pattern: 'WEEKDAYS', weekdays: WEEKDAYS.filter((day) => (frequency.weekdays[day] ?? 0) > 0) };
}

export function describePattern(frequency: Frequency, t: TFunction): string {
  const { pattern, weekdays, everyNDays } = patternFormOf(frequency);
  if (pattern === 'EVERY') return t('pattern.everyDays', { count: everyNDays });
  if (pattern !== 'WEEKDAYS') return t(`pattern.${pattern}`);
  const names = weekdayNames('short');
  return WEEKDAYS.flatMap((day, index) => (weekdays.includes(day) ? [names[index]] : [])).join(', ');
}
