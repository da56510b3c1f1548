import { Clock } from '../../src/platform/clock';

/** Real time that stands still until a test makes it pass: what waits for a later moment waits, however slow the machine. */
export class ManualRealClock extends Clock {
  private current = super.realNow();

  override realNow(): number {
    return this.current;
  }

  advance(milliseconds: number): void {
    this.current += milliseconds;
  }
}
