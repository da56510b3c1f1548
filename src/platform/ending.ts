import { Injectable } from '@nestjs/common';

/** What is done is kept; the rest of a long piece of work goes on somewhere else. */
export class LeftToOthers extends Error {
  constructor() {
    super('This task is ending: others go on from here');
  }
}

/**
 * Whether this task has been asked to end. From then on nothing new is begun: who waits for work stops waiting, and who
 * is at something long leaves it at the next page. What has been begun and is short is finished.
 */
@Injectable()
export class Ending {
  private readonly controller = new AbortController();

  get hasBegun(): boolean {
    return this.controller.signal.aborted;
  }

  begin(): void {
    this.controller.abort();
  }

  whenBegun(listener: () => void): void {
    this.controller.signal.addEventListener('abort', listener, { once: true });
  }

  /** Between two pages of long work. `LeftToOthers`. */
  leaveIfBegun(): void {
    if (this.hasBegun) throw new LeftToOthers();
  }
}
