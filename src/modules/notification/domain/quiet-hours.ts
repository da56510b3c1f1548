import { addDays, type Calendar, type Instant, type LocalDate, type LocalTime } from '../../../kernel/calendar';
import type { MinorUnits } from '../../../kernel/money';
import { type Notification, type NotificationType, SMS_TYPES } from './notification';

/** Hours in which SMS wait that are not urgent, in the business time zone. They may span midnight. */
export interface QuietHours {
  readonly from: LocalTime;
  readonly to: LocalTime;
}

/** Whether an SMS waits until the quiet hours are over. News of a delivery that is on its way goes at any hour. */
const WAITS: Readonly<Record<(typeof SMS_TYPES)[number], boolean>> = {
  DELIVERY_UPDATE: false,
  LOW_BALANCE: true,
};

export function waitsInQuietHours(type: NotificationType): boolean {
  return SMS_TYPES.some((smsType) => smsType === type && WAITS[smsType]);
}

/** When the quiet hours end in which an instant is. Undefined if it is in none. */
export function quietUntil(
  now: Instant,
  { from, to }: QuietHours,
  calendar: Pick<Calendar, 'dateOf' | 'timeOf' | 'instantAt'>,
): Instant | undefined {
  const time = calendar.timeOf(now);
  const spansMidnight = from > to;
  const isQuiet = spansMidnight ? time >= from || time < to : time >= from && time < to;
  if (!isQuiet) return undefined;
  const date = calendar.dateOf(now);
  const end = calendar.instantAt(spansMidnight && time >= from ? addDays(date, 1) : date, to);
  // When clocks are set back, the end of the hours can come twice. They are over after the first time.
  return end > now ? end : undefined;
}

/**
 * Whether a warning about a low balance is no longer true when its SMS is sent: the delivery that it warns of has been
 * decided, or the customer has topped up since. `balance` is what the wallet holds now, in minor units.
 */
export function isOutdated({ data }: Pick<Notification, 'data'>, today: LocalDate, balance: MinorUnits): boolean {
  const isDecided = typeof data.shortOn === 'string' && data.shortOn <= today;
  return isDecided || (typeof data.balance === 'number' && balance > data.balance);
}
