import { Clock } from '../../src/platform/clock';

/** Real time that runs on, and can be moved ahead for a while. */
export class MovableClock extends Clock {
  private moved = 0;

  override realNow(): number {
    return super.realNow() + this.moved;
  }

  pass(milliseconds: number): void {
    this.moved += milliseconds;
  }

  comeBack(): void {
    this.moved = 0;
  }
}
