import type { Instant } from '../../src/kernel/calendar';
import { Clock } from '../../src/platform/clock';

/** Business time that is what a test says, to the second; real time goes on. */
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
