import * as invariants from '../../support/invariants/generation-invariants';
import type { TestApp } from '../../support/test-app';

/** Every item of a table. */
export function allStored<T extends object = Record<string, unknown>>(app: TestApp, table: string): Promise<T[]> {
  return app.allStored<T>(table);
}

/** Everything that a run stores, for comparison. */
export function generationState(app: TestApp): Promise<Record<string, Record<string, unknown>[]>> {
  return invariants.generationState((table) => app.allStored(table));
}

/** The invariants that are broken, as sentences. */
export function brokenInvariants(app: TestApp, initialStock: Readonly<Record<string, number>>): Promise<string[]> {
  return invariants.brokenGenerationInvariants((table) => app.allStored(table), initialStock);
}
