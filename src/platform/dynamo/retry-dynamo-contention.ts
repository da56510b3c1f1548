import { isContention, unavailable } from '../aws-errors';
import { retry } from '../retry';

const MAX_ATTEMPTS = 6;

/** Retries an operation that failed because of contention alone: nothing was written then. `service.unavailable`. */
export async function retryDynamoContention<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await retry(() => operation(), { maxAttempts: MAX_ATTEMPTS, isRetryable: isOnlyContention });
  } catch (error) {
    throw isOnlyContention(error) ? unavailable(error) : error;
  }
}

/** A single write reports contention by the name of its error, a transaction by the reasons of its cancellation. */
function isOnlyContention(error: unknown): boolean {
  const { name, CancellationReasons: reasons } = error as { name?: string; CancellationReasons?: { Code?: string }[] };
  return reasons ? reasons.some(({ Code }) => isContention(Code)) : isContention(name);
}
