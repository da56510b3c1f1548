import type { Progress } from './job';

/**
 * The work of a job reports its progress here, and checks here whether it must stop. Work without a job creates one.
 */
export class JobProgress {
  private progress: Progress = { done: 0, total: 0 };

  constructor(private readonly signal?: AbortSignal) {}

  get current(): Progress {
    return this.progress;
  }

  /** Call once, at the start. */
  expectSteps(total: number): void {
    this.progress = { done: 0, total };
  }

  completeStep(): void {
    const { done, total } = this.progress;
    this.progress = { done: done + 1, total };
  }

  /** Call between two pages. Throws `ShuttingDown` or `LeaseLost`, which only the job runner handles. */
  throwIfStopped(): void {
    this.signal?.throwIfAborted();
  }
}
