/** Work that never overlaps itself: asked for while it is under way, it is done once more after that, however often. */
export class CoalescedTask {
  private current?: Promise<void>;
  private next?: Promise<void>;

  /** The work must not fail. */
  constructor(private readonly work: () => Promise<void>) {}

  /** Resolves when all is done that there was to do when it was asked for. */
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

  /** Resolves when nothing of it is under way any more. */
  async waitUntilIdle(): Promise<void> {
    await (this.next ?? this.current);
  }
}
