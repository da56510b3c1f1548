import { addMinutes, type Instant, millisecondsOf } from '../../../kernel/calendar';
import type { Payment } from './payment';

const MINUTE = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const MAX_INTERVAL_MINUTES = 7 * DAY_MINUTES;
/** Banks return a failed refund within 30 days. The rest is a margin. */
const REFUND_FINAL_AFTER_MINUTES = 35 * DAY_MINUTES;

/**
 * When to ask the gateway again about a refund or a dispute, in case the webhook about it is lost. The intervals grow
 * with the age, from an hour to a week. Undefined once both are final.
 */
export function nextFollowUp(
  { refund, dispute }: Pick<Payment, 'refund' | 'dispute'>,
  now: Instant,
): Instant | undefined {
  const ages: number[] = [];
  const minutesSince = (instant: Instant) => (millisecondsOf(now) - millisecondsOf(instant)) / MINUTE;
  if (refund && refund.status !== 'FAILED') {
    const age = minutesSince(refund.at);
    if (refund.status === 'PENDING' || age < REFUND_FINAL_AFTER_MINUTES) ages.push(age);
  }
  if (dispute?.status === 'OPEN') ages.push(minutesSince(dispute.openedAt));
  if (ages.length === 0) return undefined;
  return addMinutes(now, Math.min(Math.max(Math.min(...ages), HOUR_MINUTES), MAX_INTERVAL_MINUTES));
}
