import { random } from '../../kernel/random';

const MIN_DELAY_MILLISECONDS = 2_000;
/** Bounds the read units of a sweep while many rows wait: a row costs up to a few units. */
const MAX_ROWS_PER_SECOND = 500;

/** What a sweep saw and left. */
export interface SweepResult {
  /** Rows that were read and left because they were not due. */
  readonly rowsLeft: number;
  /** When the first of them is due (real time, milliseconds). Infinity if there is none. */
  readonly nextDueAt: number;
}

/**
 * The longest time between two sweeps. A sweep reads the rows that become due before the next one, so a longer time does
 * not delay a takeover.
 */
export function maxSweepDelay(sweepAfterMilliseconds: number): number {
  return Math.max(MIN_DELAY_MILLISECONDS, sweepAfterMilliseconds / 3);
}

/** Milliseconds until the next sweep: until a row is due, and longer when nothing or very much is left. */
export function nextSweepDelay({ rowsLeft, nextDueAt }: SweepResult, now: number, maxDelay: number): number {
  const idleDelay = maxDelay * (0.5 + random() / 2);
  const pacedDelay = Math.min(maxDelay, (rowsLeft / MAX_ROWS_PER_SECOND) * 1_000);
  return Math.max(MIN_DELAY_MILLISECONDS, pacedDelay, Math.min(idleDelay, nextDueAt - now));
}
