import type { Instant, LocalDate, LocalTime } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import type { Line } from '../../../kernel/lines';
import { type PricedLine, priceLine, totalOf } from '../../../kernel/pricing';
import { type Occurrence, occurrenceOn, type PaymentMethod, type Subscription, type Terms } from '../../subscription';
import type { Allocation, Availability } from './availability';

/** Whoever wants what is not there: waits until all others are served, or goes without. */
export type ShortagePolicy = 'WAIT' | 'GO_WITHOUT';

export interface RunContext {
  readonly date: LocalDate;
  readonly now: Instant;
  /** The moment of a delivery slot on the date. */
  readonly slotAt: (slot: LocalTime) => Instant;
  readonly shortage: ShortagePolicy;
}

/** What somebody wants; what was priced before keeps its price. */
export type RequestedLine = Line | PricedLine;

/** What becomes of a subscription on a date on which something was to come. */
export type Decision = { readonly subscription: Subscription } & (
  | { readonly outcome: 'PAUSED' | 'SKIPPED' }
  | { readonly outcome: 'MISSED'; readonly missing: readonly Line[]; readonly fault?: string }
  | (Allocation & { readonly terms: Terms; readonly deliverySlot: Instant })
);

/** What a subscription says of a date that is not decided yet; undefined when nothing is to be decided. */
export function pendingOccurrence(subscription: Subscription, date: LocalDate): Occurrence | 'UNREADABLE' | undefined {
  if (subscription.generatedThrough >= date) return undefined;
  try {
    const due = occurrenceOn(subscription, date);
    return due.outcome === 'NOT_DUE' || due.outcome === 'ENDED' ? undefined : due;
  } catch {
    return 'UNREADABLE';
  }
}

/**
 * What becomes of a subscription on a date, given what there is; undefined when nothing was to come, or when it is
 * decided already. Generation and its preview decide by this alone.
 */
export function decide(
  subscription: Subscription,
  context: RunContext,
  availability: Availability,
): Decision | undefined {
  if (subscription.generatedThrough >= context.date) return undefined;
  const due = occurrenceOn(subscription, context.date);
  if (due.outcome === 'NOT_DUE' || due.outcome === 'ENDED') return undefined;
  if (due.outcome !== 'DUE') return { subscription, outcome: due.outcome };
  const { items, terms } = due;
  const deliverySlot = context.slotAt(terms.deliverySlot);
  if (deliverySlot < context.now) return { subscription, outcome: 'MISSED', missing: items };
  const payer = { userId: subscription.userId, paymentMethod: terms.paymentMethod };
  return { subscription, terms, deliverySlot, ...allocate(items, payer, availability, context.shortage) };
}

/** Serves what is wanted as far as it is there, if that can be paid. Of a product all comes that is wanted, or nothing. */
export function allocate(
  requested: readonly RequestedLine[],
  { userId, paymentMethod }: { readonly userId: UserId; readonly paymentMethod: PaymentMethod },
  availability: Availability,
  shortage: ShortagePolicy,
): Allocation {
  const items: PricedLine[] = [];
  const missing: Line[] = [];
  let isOutOfStock = false;
  for (const line of requested) {
    const { productId, qty } = line;
    const product = availability.productOf(productId);
    if (product !== 'WITHDRAWN' && product && product.left >= qty)
      items.push('price' in line ? line : priceLine(line, product));
    else {
      if (product !== 'WITHDRAWN' && shortage === 'WAIT') return { outcome: 'WAITING' };
      isOutOfStock ||= product !== 'WITHDRAWN';
      missing.push({ productId, qty });
    }
  }
  if (items.length === 0) return { outcome: isOutOfStock ? 'OUT_OF_STOCK' : 'PRODUCT_WITHDRAWN', missing };
  const amount = totalOf(items);
  const canPay = paymentMethod !== 'WALLET' || availability.balanceOf(userId) >= amount;
  return { outcome: canPay ? 'ORDERED' : 'SHORT_BALANCE', items, missing, amount };
}
