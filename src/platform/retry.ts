import { random } from '../kernel/random';

/** Limits of the delay between attempts, in milliseconds. The upper limit doubles with each attempt up to `ceiling`. */
export interface Backoff {
  readonly base: number;
  readonly ceiling: number;
}

export interface RetryPolicy {
  readonly maxAttempts: number;
  /** Whether a retry may succeed after this error. Other errors are thrown at once. */
  readonly isRetryable: (error: unknown) => boolean;
  readonly backoff?: Backoff;
  /** Retries the first failure without a delay, for operations that are expected to fail once. */
  readonly firstRetryAtOnce?: boolean;
}

const DEFAULT_BACKOFF: Backoff = { base: 20, ceiling: 1_000 };

/**
 * Runs an operation until it succeeds. Throws its error if that is not retryable or the attempts are used up. Each
 * attempt gets the error of the previous one.
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

/** Uses the global timer, which tests can fake, unlike `node:timers/promises`. */
function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The delay after attempt `attempt` (from 1), in milliseconds: full jitter below a doubling ceiling. */
export function backoffDelay(attempt: number, { base, ceiling } = DEFAULT_BACKOFF): number {
  return random() * Math.min(ceiling, base * 2 ** attempt);
}
