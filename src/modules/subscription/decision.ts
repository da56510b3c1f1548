import type { Instant, LocalDate, LocalTime } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import type { PricedLine } from './forecast';
import type { Means, Offer, Serving } from './means';
import { type Occurrence, occurrence } from './occurrence';
import type { Line, PaymentMethod, Subscription, Terms } from './subscription';

/** Whoever wants what is not there: waits until all others are served, or goes without. */
export type Shortage = 'WAIT' | 'GO_WITHOUT';

export interface Evening {
  readonly date: LocalDate;
  readonly now: Instant;
  /** The moment of a delivery slot on the date. */
  readonly slotAt: (slot: LocalTime) => Instant;
  readonly shortage: Shortage;
}

/** What somebody wants; what was priced before keeps its price. */
export type Wanted = Line | PricedLine;

/** What becomes of a subscription on a date on which something was to come. */
export type Decision = { readonly subscription: Subscription } & (
  | { readonly outcome: 'PAUSED' | 'SKIPPED' }
  | { readonly outcome: 'MISSED'; readonly missing: readonly Line[]; readonly fault?: string }
  | (Serving & { readonly terms: Terms; readonly deliverySlot: Instant })
);

/** What a subscription says of a date that is not decided yet; undefined when nothing is to be decided. */
export function dueOn(subscription: Subscription, date: LocalDate): Occurrence | 'UNREADABLE' | undefined {
  if (subscription.generatedThrough >= date) return undefined;
  try {
    const due = occurrence(subscription, date);
    return due.outcome === 'NOT_DUE' || due.outcome === 'ENDED' ? undefined : due;
  } catch {
    return 'UNREADABLE';
  }
}

/**
 * What becomes of a subscription on a date, given what there is; undefined when nothing was to come, or when it is
 * decided already. Generation and its preview decide by this alone.
 */
export function decide(subscription: Subscription, evening: Evening, means: Means): Decision | undefined {
  if (subscription.generatedThrough >= evening.date) return undefined;
  const due = occurrence(subscription, evening.date);
  if (due.outcome === 'NOT_DUE' || due.outcome === 'ENDED') return undefined;
  if (due.outcome !== 'DUE') return { subscription, outcome: due.outcome };
  const { items, terms } = due;
  const deliverySlot = evening.slotAt(terms.deliverySlot);
  if (deliverySlot < evening.now) return { subscription, outcome: 'MISSED', missing: items };
  const payer = { userId: subscription.userId, paymentMethod: terms.paymentMethod };
  return { subscription, terms, deliverySlot, ...serve(items, payer, means, evening.shortage) };
}

/** Serves what is wanted as far as it is there, if that can be paid. Of a product all comes that is wanted, or nothing. */
export function serve(
  wanted: readonly Wanted[],
  { userId, paymentMethod }: { readonly userId: UserId; readonly paymentMethod: PaymentMethod },
  means: Means,
  shortage: Shortage,
): Serving {
  const items: PricedLine[] = [];
  const missing: Line[] = [];
  let isShort = false;
  for (const line of wanted) {
    const { productId, qty } = line;
    const offer = means.offerOf(productId);
    if (offer !== 'WITHDRAWN' && offer && offer.left >= qty) items.push(priced(line, offer));
    else {
      if (offer !== 'WITHDRAWN' && shortage === 'WAIT') return { outcome: 'WAITING' };
      isShort ||= offer !== 'WITHDRAWN';
      missing.push({ productId, qty });
    }
  }
  if (items.length === 0) return { outcome: isShort ? 'OUT_OF_STOCK' : 'PRODUCT_WITHDRAWN', missing };
  const amount = items.reduce((sum, { lineTotal }) => sum + lineTotal, 0);
  const canPay = paymentMethod !== 'WALLET' || means.balanceOf(userId) >= amount;
  return { outcome: canPay ? 'ORDERED' : 'SHORT_BALANCE', items, missing, amount };
}

function priced(line: Wanted, { name, price, unit }: Offer): PricedLine {
  return 'price' in line
    ? line
    : { productId: line.productId, name, qty: line.qty, price, lineTotal: price * line.qty, unit };
}
