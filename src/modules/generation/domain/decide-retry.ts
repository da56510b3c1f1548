import type { Instant } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { isPriced, type PricedLine, type RequestedLine } from '../../../kernel/pricing';
import type { PaymentMethod } from '../../subscription';
import type { Availability } from './availability';
import { allocate } from './decide';
import type { OutcomeRecord } from './outcome-record';

/** Lines that can be supplied now, and those that cannot. */
export interface RecoveredLines {
  readonly items: readonly PricedLine[];
  readonly missing: readonly RequestedLine[];
}

/** The decision on a record at the retry. UNCHANGED: the outcome of the run stays. */
export type RetryDecision =
  | ({ readonly outcome: 'ORDERED' } & RecoveredLines)
  | { readonly outcome: 'OUT_OF_STOCK' | 'PRODUCT_WITHDRAWN'; readonly missing: readonly RequestedLine[] }
  | { readonly outcome: 'UNCHANGED' };

/** An order with lines that were out of stock. */
export interface IncompleteOrder {
  readonly userId: UserId;
  readonly deliverySlot: Instant;
  readonly missing?: readonly RequestedLine[];
  readonly payment?: { readonly method: string };
}

const UNCHANGED = { outcome: 'UNCHANGED' } as const;

/**
 * Decides once more on a subscription without an order, at the prices of the run and from the current stock: for all
 * its lines, else without those that were out of stock in the run. If the wallet covers neither, or the slot has passed,
 * nothing changes. A product that has sold out since the run is the reason only for customers who could have paid.
 */
export function decideRetry(record: OutcomeRecord, availability: Availability, now: Instant): RetryDecision {
  const { outcome, userId, items = [], missing = [], amount = 0, deliverySlot = '', paymentMethod = 'WALLET' } = record;
  if (deliverySlot < now) return UNCHANGED;
  const payer = { userId, paymentMethod };
  const wanted = [...items, ...missing];
  const recovered = recoverLines(wanted, payer, availability) ?? recoverLines(items, payer, availability);
  if (recovered) return { outcome: 'ORDERED', items: recovered, missing: without(recovered, wanted) };
  const allocation = allocate(items, payer, availability, 'PARTIAL');
  const couldPay = outcome === 'SHORT_BALANCE' && availability.balanceOf(userId) >= amount;
  const isUnavailable = allocation.outcome === 'OUT_OF_STOCK' || allocation.outcome === 'PRODUCT_WITHDRAWN';
  return couldPay && isUnavailable ? { outcome: allocation.outcome, missing: wanted } : UNCHANGED;
}

/** The lines that can be added to an order; undefined if there are none, or the wallet does not cover them. */
export function decideAddition(
  { userId, deliverySlot, missing = [], payment }: IncompleteOrder,
  availability: Availability,
  now: Instant,
): RecoveredLines | undefined {
  if (deliverySlot < now) return undefined;
  const paymentMethod: PaymentMethod = payment?.method === 'COD' ? 'COD' : 'WALLET';
  const items = recoverLines(missing, { userId, paymentMethod }, availability);
  return items && { items, missing: without(items, missing) };
}

/** Whether the run has priced a missing line. It has not priced a withdrawn product. */
export function canBeRecovered({ missing = [] }: Pick<IncompleteOrder, 'missing'>): boolean {
  return missing.some(isPriced);
}

function recoverLines(
  lines: readonly RequestedLine[],
  payer: { readonly userId: UserId; readonly paymentMethod: PaymentMethod },
  availability: Availability,
): readonly PricedLine[] | undefined {
  const allocation = allocate(lines.filter(isPriced), payer, availability, 'PARTIAL');
  return allocation.outcome === 'ORDERED' ? allocation.items : undefined;
}

function without(items: readonly PricedLine[], lines: readonly RequestedLine[]): readonly RequestedLine[] {
  return lines.filter(({ productId }) => !items.some((item) => item.productId === productId));
}
