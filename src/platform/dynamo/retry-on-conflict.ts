import { Unavailable } from '../errors';

const MAX_ATTEMPTS = 5;

/** Somebody wrote in between, every time. */
export class TooMuchContention extends Unavailable {
  constructor() {
    super('Too many are changing this at once: try again in a moment.');
  }
}

/** Runs a story that reads, decides and writes; from the start when it fails of `Changed`: somebody wrote in between. */
export async function retryOnConflict<T>(ConflictError: new () => Error, operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
  throw new TooMuchContention();
}
