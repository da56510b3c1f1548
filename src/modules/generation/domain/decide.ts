import type { Instant, LocalDate, LocalTime } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import { isPriced, type PricedLine, priceLine, type RequestedLine, totalOf } from '../../../kernel/pricing';
import type { PaymentMethod, PendingOccurrence, PendingSubscription, Subscription, Terms } from '../../subscription';
import type { Allocation, Availability } from './availability';

/**
 * What happens if stock is short. DEFER: orders take reserved stock, and a subscription that needs a scarce product
 * is decided after all others. PARTIAL: orders take live stock and leave out the product.
 */
export type ShortagePolicy = 'DEFER' | 'PARTIAL';

export interface RunContext {
  readonly date: LocalDate;
  readonly now: Instant;
  /** The instant of a delivery slot on the date. */
  readonly slotAt: (slot: LocalTime) => Instant;
  readonly shortage: ShortagePolicy;
}

/** The decision on a subscription that was pending on a date. */
export type Decision = { readonly subscription: Subscription } & (
  | { readonly outcome: 'PAUSED' | 'SKIPPED' | 'BLOCKED' }
  | { readonly outcome: 'MISSED'; readonly missing: readonly Line[]; readonly fault?: string }
  | (Allocation & { readonly terms: Terms; readonly deliverySlot: Instant })
);

/**
 * Decides a subscription on a date, given what is available. Both the run and the preview use it. Never throws: if a
 * rule throws, only that subscription is undecidable.
 */
export function decide(
  { subscription, occurrence }: PendingSubscription,
  context: RunContext,
  availability: Availability,
): Decision {
  if (occurrence.outcome === 'UNDECIDABLE') return undecidable(subscription, occurrence.error);
  if (occurrence.outcome !== 'DUE') return { subscription, outcome: occurrence.outcome };
  try {
    return decideDue(subscription, occurrence, context, availability);
  } catch (error) {
    return undecidable(subscription, error);
  }
}

function decideDue(
  subscription: Subscription,
  { items, terms }: Extract<PendingOccurrence, { outcome: 'DUE' }>,
  context: RunContext,
  availability: Availability,
): Decision {
  const deliverySlot = context.slotAt(terms.deliverySlot);
  if (deliverySlot < context.now) return { subscription, outcome: 'MISSED', missing: items };
  const payer = { userId: subscription.userId, paymentMethod: terms.paymentMethod };
  return { subscription, terms, deliverySlot, ...allocate(items, payer, availability, context.shortage) };
}

/** The decision if a rule throws for a subscription. `fault` says why. */
function undecidable(subscription: Subscription, error: unknown): Decision {
  return { subscription, outcome: 'MISSED', missing: [], fault: faultMessageOf(error) };
}

export function isUndecidable(decision: Decision): boolean {
  return decision.outcome === 'MISSED' && decision.fault !== undefined;
}

export function faultMessageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown';
}

/**
 * Allocates available stock to the requested lines, if the wallet covers them. A line is allocated in full or not at all,
 * and one that has a price keeps it. Missing lines are priced too, unless the product is withdrawn.
 */
export function allocate(
  requested: readonly RequestedLine[],
  { userId, paymentMethod }: { readonly userId: UserId; readonly paymentMethod: PaymentMethod },
  availability: Availability,
  shortage: ShortagePolicy,
): Allocation {
  const items: PricedLine[] = [];
  const missing: RequestedLine[] = [];
  let isOutOfStock = false;
  for (const line of requested) {
    const product = availability.productOf(line.productId);
    const isOnSale = product !== undefined && product !== 'WITHDRAWN';
    const priced = isPriced(line) || !isOnSale ? line : priceLine(line, product);
    if (isOnSale && product.left >= line.qty) items.push(priced as PricedLine);
    else {
      if (product !== 'WITHDRAWN' && shortage === 'DEFER') return { outcome: 'DEFERRED' };
      isOutOfStock ||= product !== 'WITHDRAWN';
      missing.push(priced);
    }
  }
  if (items.length === 0) return { outcome: isOutOfStock ? 'OUT_OF_STOCK' : 'PRODUCT_WITHDRAWN', missing };
  const amount = totalOf(items);
  const canPay = paymentMethod !== 'WALLET' || availability.balanceOf(userId) >= amount;
  return { outcome: canPay ? 'ORDERED' : 'SHORT_BALANCE', items, missing, amount };
}
