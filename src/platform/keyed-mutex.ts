/**
 * Runs operations with the same key one after another, in the order of their calls, and those with different keys at the
 * same time. Only for this process. Keeps only the keys whose operations run.
 */
export class KeyedMutex {
  private readonly last = new Map<string, Promise<void>>();

  get size(): number {
    return this.last.size;
  }

  async run<T>(key: string, operation: () => Promise<T>): Promise<T> {
    const previous = this.last.get(key);
    const result = previous ? previous.then(operation) : operation();
    const settled = result.then(ignore, ignore);
    this.last.set(key, settled);
    try {
      return await result;
    } finally {
      if (this.last.get(key) === settled) this.last.delete(key);
    }
  }
}

/** An operation that fails does not stop the next one. */
function ignore(): void {
  // Its caller gets the error.
}
