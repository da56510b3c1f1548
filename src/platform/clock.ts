import { type Instant, instantOf, millisecondsOf } from '../kernel/calendar';

/**
 * The only source of time. Business rules use `now()`, which the test clock can move outside production. Tokens,
 * throttles, leases and signatures use `realNow()`, which cannot be moved.
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

  /** Business time minus real time, in milliseconds. */
  get offsetMilliseconds(): number {
    return this.offset;
  }

  setOffset(milliseconds: number): void {
    this.offset = milliseconds;
  }

  /** The offset, in milliseconds, that makes `now()` return `instant`. */
  offsetTo(instant: Instant): number {
    return millisecondsOf(instant) - Date.now();
  }
}

/** An instant as the AWS clients expect it. */
export function javaScriptDateOf(instant: Instant): Date {
  return new Date(millisecondsOf(instant));
}
