import { Unavailable } from '../errors';

const ATTEMPTS = 5;

/** Somebody wrote in between, every time. */
export class Restless extends Unavailable {
  constructor() {
    super('Too many are changing this at once: try again in a moment.');
  }
}

/** Runs a story that reads, decides and writes; from the start when it fails of `Changed`: somebody wrote in between. */
export async function decideAnew<T>(Changed: new () => Error, story: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      return await story();
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
    }
  }
  throw new Restless();
}
