const LEVELS_AT_MOST = 20;

/** Whether JSON is nested deeper than any request of ours: what follows walks it by recursion. */
export function isTooDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > LEVELS_AT_MOST) return true;
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}
