/** Processes items together, in their order; returns the error of each item, or undefined for one that succeeded. */
type ProcessBatch<T> = (items: readonly T[]) => Promise<readonly (Error | undefined)[]>;

interface PendingItem<T> {
  readonly item: T;
  readonly settle: (error: Error | undefined) => void;
}

/** Collects items into batches. A batch is processed when it is full or its time window ends. */
export class Batcher<T> {
  private pending: PendingItem<T>[] = [];
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly process: ProcessBatch<T>,
    private readonly limits: { readonly maxSize: number; readonly windowMilliseconds: number },
  ) {}

  /** Resolves once the item is processed. Rejects with the error of the item or of the whole batch. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pending.push({ item, settle: (error) => (error ? reject(error) : resolve()) });
      if (this.pending.length === this.limits.maxSize) void this.flush();
      else this.timer ??= setTimeout(() => void this.flush(), this.limits.windowMilliseconds);
    });
  }

  private async flush(): Promise<void> {
    const batch = this.pending;
    this.pending = [];
    clearTimeout(this.timer);
    this.timer = undefined;
    try {
      const errors = await this.process(batch.map(({ item }) => item));
      batch.forEach(({ settle }, index) => settle(errors[index]));
    } catch (error) {
      batch.forEach(({ settle }) => settle(error as Error));
    }
  }
}
