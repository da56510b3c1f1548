import { DomainError, Unavailable } from '../errors';
import { retry } from '../retry';

const MAX_ATTEMPTS = 10;

/** Every attempt met a conflicting write. */
export class TooMuchContention extends Unavailable {
  constructor() {
    super('Too many are changing this at once: try again in a moment.');
  }
}

/**
 * Optimistic locking: runs an operation that reads, decides and writes, and runs it again if it fails with
 * `ConflictError` because another write came in between. The conflict is handed to the next attempt, which can decide
 * from the item it carries instead of reading again. After ten attempts, throws a conflict that is a domain error, and
 * `service.unavailable` for any other.
 */
export async function retryOnConflict<T, C extends Error>(
  ConflictError: new (...args: never[]) => C,
  operation: (conflict?: C) => Promise<T>,
): Promise<T> {
  const isConflict = (error: unknown): error is C => error instanceof ConflictError;
  try {
    return await retry((previous) => operation(isConflict(previous) ? previous : undefined), {
      maxAttempts: MAX_ATTEMPTS,
      isRetryable: isConflict,
      // A first conflict is often the cheap way to learn the current state, so it costs no wait.
      firstRetryAtOnce: true,
    });
  } catch (error) {
    throw isConflict(error) && !(error instanceof DomainError) ? new TooMuchContention() : error;
  }
}
