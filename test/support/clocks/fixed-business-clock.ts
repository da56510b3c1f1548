import type { Instant } from '../../../src/kernel/calendar';
import { Clock } from '../../../src/platform/clock';

/** Business time as a test sets it. Real time is not affected. */
export class FixedBusinessClock extends Clock {
  constructor(private current: Instant) {
    super();
  }

  override now(): Instant {
    return this.current;
  }

  set(at: Instant): void {
    this.current = at;
  }
}
