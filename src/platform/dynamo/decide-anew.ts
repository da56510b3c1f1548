import { Unavailable } from '../errors';

const ATTEMPTS = 5;

/** Runs a story that reads, decides and writes; from the start when it fails of `Changed`: somebody wrote in between. */
export async function decideAnew<T>(Changed: new () => Error, story: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      return await story();
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
    }
  }
  throw new Unavailable('Too many are changing this at once: try again in a moment.');
}
