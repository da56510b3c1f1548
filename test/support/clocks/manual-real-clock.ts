import { Clock } from '../../../src/platform/clock';

/** Real time that only a test advances, so that timing does not depend on the speed of the machine. */
export class ManualRealClock extends Clock {
  private current = super.realNow();

  override realNow(): number {
    return this.current;
  }

  advance(milliseconds: number): void {
    this.current += milliseconds;
  }
}
