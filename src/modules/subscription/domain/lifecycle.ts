import { addDays, type Instant, type LocalDate } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { sumEqualProducts } from '../../../kernel/lines';
import { checkEndDate } from './change-terms';
import { checkLineLimits } from './delivery-lines';
import { normalized } from './frequency';
import { newSubscriptionId } from './ids';
import { nextDueDate } from './occurrence';
import { runningPause } from './pauses';
import { type ChangeWindow, RETENTION_DAYS, type Subscription, type Terms } from './subscription';
import { CutoffPassed, SubscriptionEnded } from './subscription.errors';

export const SUBSCRIPTION_STATUSES = ['ACTIVE', 'PAUSED', 'ENDED', 'CANCELLED'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What somebody subscribes to. */
export interface SubscriptionDraft extends Omit<Terms, 'from' | 'anchor'> {
  readonly userId: UserId;
  readonly startDate: LocalDate;
  readonly endDate?: LocalDate;
}

/** A subscription as it stands today. */
export interface SubscriptionView extends Subscription {
  readonly status: SubscriptionStatus;
  /** The next date to come that is not closed yet; undefined when nothing comes any more, or until it is resumed. */
  readonly nextDeliveryDate?: LocalDate;
}

/** Begins a subscription, or says why it cannot begin like that. */
export function subscribe(
  { userId, startDate, endDate, ...draftTerms }: SubscriptionDraft,
  { firstOpenDate }: Pick<ChangeWindow, 'firstOpenDate'>,
  now: Instant,
): Subscription {
  if (startDate < firstOpenDate) throw new CutoffPassed(firstOpenDate);
  checkEndDate(startDate, endDate);
  const items = sumEqualProducts(draftTerms.items);
  checkLineLimits(items, draftTerms.frequency);
  const terms = {
    ...draftTerms,
    from: startDate,
    anchor: startDate,
    items,
    frequency: normalized(draftTerms.frequency),
  };
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
export function cancel(subscription: Subscription, { firstOpenDate }: ChangeWindow): Subscription {
  return { ...subscription, cancelledFrom: firstOpenDate };
}

/** Refuses to change what has no date left that could be changed. */
export function checkNotEnded(subscription: Subscription, window: ChangeWindow): void {
  const { endDate, cancelledFrom } = subscription;
  if (cancelledFrom !== undefined) throw new SubscriptionEnded('CANCELLED', cancelledFrom);
  if (endDate !== undefined && addDays(endDate, 1) < window.firstOpenDate) {
    throw new SubscriptionEnded('ENDED', addDays(endDate, 1));
  }
}

/** Its status and next date. PAUSED from when a pause reaches the first open date until its last day is over. */
export function withStatus(subscription: Subscription, window: ChangeWindow): SubscriptionView {
  return {
    ...subscription,
    status: statusOf(subscription, window),
    nextDeliveryDate: nextDueDate(subscription, window.firstOpenDate),
  };
}

/** Without what is over for so long that no date is computed from it any more. */
export function pruneHistory(subscription: Subscription, { today }: Pick<ChangeWindow, 'today'>): Subscription {
  const oldestKept = addDays(today, -RETENTION_DAYS);
  return {
    ...subscription,
    terms: subscription.terms.filter((_, index, { [index + 1]: next }) => next === undefined || next.from > oldestKept),
    pauses: subscription.pauses.filter(({ to }) => to === undefined || to >= oldestKept),
    exceptions: subscription.exceptions.filter(({ date }) => date >= oldestKept),
  };
}

function statusOf({ cancelledFrom, endDate, pauses }: Subscription, window: ChangeWindow): SubscriptionStatus {
  if (cancelledFrom !== undefined) return 'CANCELLED';
  if (endDate !== undefined && endDate < window.today) return 'ENDED';
  return runningPause(pauses, window) ? 'PAUSED' : 'ACTIVE';
}
