import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../kernel/random';
import { backoff, isContention, unavailable } from '../aws-errors';

const MAX_ATTEMPTS = 6;

/** Does work again, with full jitter, while it fails of contention alone: nothing was written then. */
export async function withContentionRetry<T>(operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (!isOnlyContention(error)) throw error;
      if (attempt === MAX_ATTEMPTS) throw unavailable(error);
      await sleep(backoff(attempt, random()));
    }
  }
}

/** A single write tells by its name, a transaction by the reasons of its cancellation. */
function isOnlyContention(error: unknown): boolean {
  const { name, CancellationReasons: reasons } = error as { name?: string; CancellationReasons?: { Code?: string }[] };
  return reasons ? reasons.some(({ Code }) => isContention(Code)) : isContention(name);
}
