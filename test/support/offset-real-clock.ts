import { Clock } from '../../src/platform/clock';

/** Real time that runs on, and can be moved ahead for a while. */
export class OffsetRealClock extends Clock {
  private advancedBy = 0;

  override realNow(): number {
    return super.realNow() + this.advancedBy;
  }

  advance(milliseconds: number): void {
    this.advancedBy += milliseconds;
  }

  reset(): void {
    this.advancedBy = 0;
  }
}
