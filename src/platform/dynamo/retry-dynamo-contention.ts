import { isContention, unavailable } from '../aws-errors';
import { retry } from '../retry';

const MAX_ATTEMPTS = 6;

/**
 * Retries an operation that failed only because of contention, since nothing was written. Then `service.unavailable`.
 */
export async function retryDynamoContention<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await retry(() => operation(), { maxAttempts: MAX_ATTEMPTS, isRetryable: isOnlyContention });
  } catch (error) {
    throw isOnlyContention(error) ? unavailable(error) : error;
  }
}

/** A single write reports contention in the name of its error, a transaction in its cancellation reasons. */
function isOnlyContention(error: unknown): boolean {
  const { name, CancellationReasons: reasons } = error as { name?: string; CancellationReasons?: { Code?: string }[] };
  return reasons ? reasons.some(({ Code }) => isContention(Code)) : isContention(name);
}
