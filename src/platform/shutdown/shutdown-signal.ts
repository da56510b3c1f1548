import { Injectable } from '@nestjs/common';

/** Interrupts long work because of shutdown. Its finished part is kept, and another task continues. */
export class ShuttingDown extends Error {
  constructor() {
    super('This task is shutting down. Another task continues its work');
  }
}

/**
 * Whether shutdown has started. Once it has, no new work begins, idle pollers stop, and long work stops after the
 * current page. Short work is completed.
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

  /** Throws `ShuttingDown`. Call it between two pages of long work. */
  throwIfStarted(): void {
    if (this.hasStarted) throw new ShuttingDown();
  }
}
