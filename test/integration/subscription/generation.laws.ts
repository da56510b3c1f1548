import type { TestApp } from '../../support/app';
import * as laws from '../../support/daily-laws';

/** Every item of a table. */
export function all<T extends object = Record<string, unknown>>(app: TestApp, table: string): Promise<T[]> {
  return app.allStored<T>(table);
}

/** All that the daily orders leave behind, to be compared. */
export function leftBehind(app: TestApp): Promise<Record<string, Record<string, unknown>[]>> {
  return laws.leftBehind((table) => app.allStored(table));
}

/** What is not true of the daily orders, and must be, as sentences. */
export function lawsBroken(app: TestApp, initialStock: Readonly<Record<string, number>>): Promise<string[]> {
  return laws.dailyLawsBroken((table) => app.allStored(table), initialStock);
}
