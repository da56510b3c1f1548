import * as laws from '../../support/generation-invariants';
import type { TestApp } from '../../support/test-app';

/** Every item of a table. */
export function allStored<T extends object = Record<string, unknown>>(app: TestApp, table: string): Promise<T[]> {
  return app.allStored<T>(table);
}

/** All that the daily orders leave behind, to be compared. */
export function generationState(app: TestApp): Promise<Record<string, Record<string, unknown>[]>> {
  return laws.generationState((table) => app.allStored(table));
}

/** What is not true of the daily orders, and must be, as sentences. */
export function brokenInvariants(app: TestApp, initialStock: Readonly<Record<string, number>>): Promise<string[]> {
  return laws.brokenGenerationInvariants((table) => app.allStored(table), initialStock);
}
