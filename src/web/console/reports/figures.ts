import type { DayFigures } from './queries.ts';

/** The figures that can be added up. */
export type Summable = {
  [key in keyof DayFigures]: DayFigures[key] extends number ? key : never;
}[keyof DayFigures];

export const sumOf = (days: readonly DayFigures[], figure: Summable): number =>
  // In minor units, so that amounts stay exact.
  days.reduce((sum, day) => sum + Math.round(day[figure] * 100), 0) / 100;
