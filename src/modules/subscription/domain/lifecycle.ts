import { addDays, type Instant, type LocalDate } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { sumEqualProducts } from '../../../kernel/lines';
import { checkEndDate } from './change-terms';
import { checkLineLimits } from './delivery-lines';
import { normalized } from './frequency';
import { newSubscriptionId } from './ids';
import { nextDueDate } from './occurrence';
import { runningPause } from './pauses';
import { type ChangeWindow, type Pause, RETENTION_DAYS, type Subscription, type Terms } from './subscription';
import { CutoffPassed, SubscriptionEnded } from './subscription.errors';

export const SUBSCRIPTION_STATUSES = ['ACTIVE', 'PAUSED', 'ENDED', 'CANCELLED'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** A subscription before it is created. */
export interface SubscriptionDraft extends Omit<Terms, 'from' | 'anchor'> {
  readonly userId: UserId;
  readonly startDate: LocalDate;
  readonly endDate?: LocalDate;
}

/** A subscription with its computed status and next delivery. */
export interface SubscriptionView extends Subscription {
  readonly status: SubscriptionStatus;
  /** The next open date with a delivery. Undefined if there is none, also during a pause without an end. */
  readonly nextDeliveryDate?: LocalDate;
}

/** Creates a subscription. `subscription.cutoff_passed` if `startDate` is closed; `request.invalid`. */
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

/** Cancels a subscription from the first open date on. */
export function cancel(subscription: Subscription, { firstOpenDate }: ChangeWindow): Subscription {
  return { ...subscription, cancelledFrom: firstOpenDate };
}

/** Refuses changes to a subscription that has no open date left. */
export function checkNotEnded(subscription: Subscription, window: ChangeWindow): void {
  const { endDate, cancelledFrom } = subscription;
  if (cancelledFrom !== undefined) throw new SubscriptionEnded('CANCELLED', cancelledFrom);
  if (endDate !== undefined && addDays(endDate, 1) < window.firstOpenDate) {
    throw new SubscriptionEnded('ENDED', addDays(endDate, 1));
  }
}

/**
 * Adds the status and the date of the next delivery. The status is PAUSED from the moment when a pause includes the
 * first open date until the last day of the pause is over.
 */
export function withStatus(subscription: Subscription, window: ChangeWindow): SubscriptionView {
  return {
    ...subscription,
    status: statusOf(subscription, window),
    nextDeliveryDate: nextDueDate(subscription, window.firstOpenDate),
  };
}

/** Removes terms, pauses, blocks and overrides that ended before the dates that can still be computed (`RETENTION_DAYS`). */
export function pruneHistory(subscription: Subscription, { today }: Pick<ChangeWindow, 'today'>): Subscription {
  const oldestKept = addDays(today, -RETENTION_DAYS);
  const isKept = ({ to }: Pause) => to === undefined || to >= oldestKept;
  return {
    ...subscription,
    terms: subscription.terms.filter((_, index, { [index + 1]: next }) => next === undefined || next.from > oldestKept),
    pauses: subscription.pauses.filter(isKept),
    ...(subscription.blocks && { blocks: subscription.blocks.filter(isKept) }),
    exceptions: subscription.exceptions.filter(({ date }) => date >= oldestKept),
  };
}

function statusOf({ cancelledFrom, endDate, pauses }: Subscription, window: ChangeWindow): SubscriptionStatus {
  if (cancelledFrom !== undefined) return 'CANCELLED';
  if (endDate !== undefined && endDate < window.today) return 'ENDED';
  return runningPause(pauses, window) ? 'PAUSED' : 'ACTIVE';
}
