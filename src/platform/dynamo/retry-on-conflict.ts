import { DomainError, Unavailable } from '../errors';
import { retry } from '../retry';

const MAX_ATTEMPTS = 10;

/** Every attempt failed because of a conflicting write. */
export class TooMuchContention extends Unavailable {
  constructor() {
    super('Too many concurrent changes. Try again in a moment.');
  }
}

/**
 * Optimistic locking: runs an operation that reads, decides and writes, and repeats it if another write came in
 * between, which it reports by `ConflictError`. The next attempt gets the conflict, and can use the item it carries
 * instead of reading again. After ten attempts, throws the conflict if it is a domain error, else
 * `service.unavailable`.
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
      // Some operations use the first conflict to learn the current state, so it is retried without a wait.
      firstRetryAtOnce: true,
    });
  } catch (error) {
    throw isConflict(error) && !(error instanceof DomainError) ? new TooMuchContention() : error;
  }
}
