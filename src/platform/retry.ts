import { random } from '../kernel/random';

/** Doubling ceilings of the wait between attempts, in milliseconds. */
export interface Backoff {
  readonly base: number;
  readonly ceiling: number;
}

export interface RetryPolicy {
  readonly maxAttempts: number;
  /** Whether the operation may succeed next time; every other error is thrown at once. */
  readonly isRetryable: (error: unknown) => boolean;
  readonly backoff?: Backoff;
  /** Retries the first failure without a wait: for failures that are part of the plan. */
  readonly firstRetryAtOnce?: boolean;
}

const DEFAULT_BACKOFF: Backoff = { base: 20, ceiling: 1_000 };

/**
 * Runs an operation until it succeeds, its error is not retryable, or its attempts are used up; then throws the last
 * error. Each attempt is given the error of the one before.
 */
export async function retry<T>(operation: (previousError?: unknown) => Promise<T>, policy: RetryPolicy): Promise<T> {
  const { maxAttempts, isRetryable, backoff = DEFAULT_BACKOFF, firstRetryAtOnce = false } = policy;
  let previousError: unknown;
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation(previousError);
    } catch (error) {
      if (attempt === maxAttempts || !isRetryable(error)) throw error;
      previousError = error;
    }
    if (attempt > 1 || !firstRetryAtOnce) await sleep(backoffDelay(attempt, backoff));
  }
}

/** Uses the global timer: tests can fake it, unlike `node:timers/promises`. */
function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The wait after attempt `attempt` (from 1): full jitter under a doubling ceiling, in milliseconds. */
export function backoffDelay(attempt: number, { base, ceiling } = DEFAULT_BACKOFF): number {
  return random() * Math.min(ceiling, base * 2 ** attempt);
}
