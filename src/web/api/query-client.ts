import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem.ts';

/** With the delays below, about half a minute. */
const MAX_RETRIES = 7;
const MAX_DELAY_MILLISECONDS = 8_000;

const isWorthRetrying = (failures: number, error: Error) =>
  error instanceof ApiError && (error.isTransient || error.isInProgress) && failures < MAX_RETRIES;

/** Exponential backoff with jitter, but never before the time that the API asked for. */
function delayOf(failures: number, error: Error): number {
  const backoff = Math.min(MAX_DELAY_MILLISECONDS, 400 * 2 ** failures);
  const asked = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
  return Math.max(asked, backoff * (0.5 + Math.random() / 2));
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: isWorthRetrying, retryDelay: delayOf },
      // Each change has an idempotency key or sets a value, unless it says that it must not be repeated.
      mutations: { retry: isWorthRetrying, retryDelay: delayOf },
    },
  });
}
