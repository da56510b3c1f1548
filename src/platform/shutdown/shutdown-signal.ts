import { Injectable } from '@nestjs/common';

/** What is done is kept; the rest of a long piece of work goes on somewhere else. */
export class ShuttingDown extends Error {
  constructor() {
    super('This task is ending: others go on from here');
  }
}

/**
 * Whether this task has been asked to end. From then on nothing new is begun: who waits for work stops waiting, and who
 * is at something long leaves it at the next page. What has been begun and is short is finished.
 */
@Injectable()
export class ShutdownSignal {
  private readonly controller = new AbortController();

  get hasStarted(): boolean {
    return this.controller.signal.aborted;
  }

  start(): void {
    this.controller.abort();
  }

  onStart(listener: () => void): void {
    this.controller.signal.addEventListener('abort', listener, { once: true });
  }

  /** Between two pages of long work. `ShuttingDown`. */
  throwIfStarted(): void {
    if (this.hasStarted) throw new ShuttingDown();
  }
}
