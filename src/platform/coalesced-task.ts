/** Work that never overlaps itself. Any number of calls during a run cause one more run after it. */
export class CoalescedTask {
  private current?: Promise<void>;
  private next?: Promise<void>;

  /** `work` must not reject. */
  constructor(private readonly work: () => Promise<void>) {}

  /** Resolves after a run that started no earlier than this call. */
  run(): Promise<void> {
    this.next ??= this.current?.then(() => {
      this.next = undefined;
      return this.run();
    });
    return this.next ?? (this.current = this.work().finally(() => (this.current = undefined)));
  }

  get isRunning(): boolean {
    return this.current !== undefined;
  }

  /** Resolves when no run is in progress or pending. */
  async waitUntilIdle(): Promise<void> {
    await (this.next ?? this.current);
  }
}
