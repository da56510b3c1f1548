import { addDays, type Instant, type LocalDate } from '../../kernel/calendar';
import { newSubscriptionId, type UserId } from '../../kernel/ids';
import { plain } from './frequency';
import { checkQuantities, sumEqualProducts } from './items';
import { nextDueDate } from './occurrence';
import { runningPause } from './pauses';
import { type Days, DAYS_REMEMBERED, type Subscription, type Terms } from './subscription';
import { CutoffPassed, SubscriptionEnded } from './subscription.errors';
import { checkEnd } from './terms';

export const STATUSES = ['ACTIVE', 'PAUSED', 'ENDED', 'CANCELLED'] as const;
export type SubscriptionStatus = (typeof STATUSES)[number];

/** What somebody subscribes to. */
export interface Draft extends Omit<Terms, 'from' | 'anchor'> {
  readonly userId: UserId;
  readonly startDate: LocalDate;
  readonly endDate?: LocalDate;
}

/** A subscription as it stands today. */
export interface StandingSubscription extends Subscription {
  readonly status: SubscriptionStatus;
  /** The next date to come that is not closed yet; undefined when nothing comes any more, or until it is resumed. */
  readonly nextDeliveryDate?: LocalDate;
}

/** Begins a subscription, or says why it cannot begin like that. */
export function subscribe(
  { userId, startDate, endDate, ...wished }: Draft,
  { firstOpenDate }: Pick<Days, 'firstOpenDate'>,
  now: Instant,
): Subscription {
  if (startDate < firstOpenDate) throw new CutoffPassed(firstOpenDate);
  checkEnd(startDate, endDate);
  const items = sumEqualProducts(wished.items);
  checkQuantities(items, wished.frequency);
  const terms = { ...wished, from: startDate, anchor: startDate, items, frequency: plain(wished.frequency) };
  return {
    subscriptionId: newSubscriptionId(userId),
    userId,
    startDate,
    endDate,
    terms: [terms],
    pauses: [],
    exceptions: [],
    generatedThrough: addDays(firstOpenDate, -1),
    createdAt: now,
    version: 1,
  };
}

/** From the first open date on nothing comes any more. */
export function cancel(subscription: Subscription, { firstOpenDate }: Days): Subscription {
  return { ...subscription, cancelledFrom: firstOpenDate };
}

/** Refuses to change what has no date left that could be changed. */
export function checkOpen(subscription: Subscription, days: Days): void {
  const { endDate, cancelledFrom } = subscription;
  if (cancelledFrom !== undefined) throw new SubscriptionEnded('CANCELLED', cancelledFrom);
  if (endDate !== undefined && addDays(endDate, 1) < days.firstOpenDate) {
    throw new SubscriptionEnded('ENDED', addDays(endDate, 1));
  }
}

/** Its status and next date. PAUSED from when a pause reaches the first open date until its last day is over. */
export function standing(subscription: Subscription, days: Days): StandingSubscription {
  return {
    ...subscription,
    status: statusOf(subscription, days),
    nextDeliveryDate: nextDueDate(subscription, days.firstOpenDate),
  };
}

/** Without what is over for so long that no date is computed from it any more. */
export function pruned(subscription: Subscription, { today }: Pick<Days, 'today'>): Subscription {
  const first = addDays(today, -DAYS_REMEMBERED);
  return {
    ...subscription,
    terms: subscription.terms.filter((_, index, { [index + 1]: next }) => next === undefined || next.from > first),
    pauses: subscription.pauses.filter(({ to }) => to === undefined || to >= first),
    exceptions: subscription.exceptions.filter(({ date }) => date >= first),
  };
}

function statusOf({ cancelledFrom, endDate, pauses }: Subscription, days: Days): SubscriptionStatus {
  if (cancelledFrom !== undefined) return 'CANCELLED';
  if (endDate !== undefined && endDate < days.today) return 'ENDED';
  return runningPause(pauses, days) ? 'PAUSED' : 'ACTIVE';
}
