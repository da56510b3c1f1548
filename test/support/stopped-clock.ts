import { Clock } from '../../src/platform/clock';

/** Real time that stands still until a test makes it pass: what waits for a later moment waits, however slow the machine. */
export class StoppedClock extends Clock {
  private at = super.realNow();

  override realNow(): number {
    return this.at;
  }

  pass(milliseconds: number): void {
    this.at += milliseconds;
  }
}
