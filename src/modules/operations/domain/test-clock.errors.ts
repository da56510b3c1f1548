import type { Instant } from '../../../kernel/calendar';
import { Busy, Conflict } from '../../../platform/errors';

export class ClockMovedBackwards extends Conflict {
  static override readonly code = 'clock.backwards';
  constructor(now: Instant) {
    super(`Business time is ${now} and only moves forward. DELETE /admin/clock returns to real time.`, { now });
  }
}

export class NotSettled extends Busy {
  static override readonly code = 'service.not_settled';
  override readonly retryAfterSeconds = 1;
  constructor(busyPart: string) {
    super(`Background work is not finished (${busyPart}). Try again in a moment.`);
  }
}
