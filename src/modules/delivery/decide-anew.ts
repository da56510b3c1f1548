import { Unavailable } from '../../platform/errors';
import { DeliveryChanged } from './delivery.errors';

const ATTEMPTS = 5;

/** Runs a story that reads, decides and writes; from the start when somebody else wrote in between. */
export async function decideAnew<T>(story: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      return await story();
    } catch (error) {
      if (!(error instanceof DeliveryChanged)) throw error;
    }
  }
  throw new Unavailable('Too many are changing this delivery at once: try again in a moment.');
}
