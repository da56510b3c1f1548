import { Clock } from '../../../src/platform/clock';

/** Real time plus an offset that a test sets. */
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
