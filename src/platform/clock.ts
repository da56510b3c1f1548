import { type Instant, instantOf, millisecondsOf } from '../kernel/calendar';

/**
 * The one source of time. Business rules ask `now()`, which can be moved forward outside production;
 * tokens, throttles, leases and signatures ask `realNow()`, which cannot.
 */
export class Clock {
  private offset = 0;

  now(): Instant {
    return instantOf(Date.now() + this.offset);
  }

  /** Real time, in milliseconds. */
  realNow(): number {
    return Date.now();
  }

  /** How far business time runs ahead of real time, in milliseconds. */
  get offsetMilliseconds(): number {
    return this.offset;
  }

  setOffset(milliseconds: number): void {
    this.offset = milliseconds;
  }

  /** The offset that would make it `instant` now. */
  offsetTo(instant: Instant): number {
    return millisecondsOf(instant) - Date.now();
  }
}
