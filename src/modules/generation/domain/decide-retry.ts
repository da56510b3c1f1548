import type { Instant } from '../../../kernel/calendar';
import type { Line } from '../../../kernel/lines';
import type { PricedLine } from '../../../kernel/pricing';
import type { Availability } from './availability';
import { allocate } from './decide';
import type { OutcomeRecord } from './outcome-record';

/** The decision on a SHORT_BALANCE record at the retry. It is final. */
export type RetryDecision =
  | { readonly outcome: 'ORDERED'; readonly items: readonly PricedLine[]; readonly missing: readonly Line[] }
  | { readonly outcome: 'OUT_OF_STOCK' | 'PRODUCT_WITHDRAWN'; readonly missing: readonly Line[] }
  | { readonly outcome: 'SHORT_BALANCE' };

/**
 * Decides once more on a subscription whose wallet did not cover its order, at the prices of the run and from the
 * current stock. It stays SHORT_BALANCE if its slot has passed or the wallet still does not cover it. A product that
 * has sold out since then is the reason only for customers who could have paid.
 */
export function decideRetry(record: OutcomeRecord, availability: Availability, now: Instant): RetryDecision {
  const { userId, items = [], amount = 0, missing = [], deliverySlot = '' } = record;
  if (deliverySlot < now) return { outcome: 'SHORT_BALANCE' };
  const allocation = allocate(items, { userId, paymentMethod: 'WALLET' }, availability, 'PARTIAL');
  if (allocation.outcome === 'ORDERED') {
    return { outcome: 'ORDERED', items: allocation.items, missing: [...missing, ...allocation.missing] };
  }
  const couldPay = availability.balanceOf(userId) >= amount;
  if (couldPay && (allocation.outcome === 'OUT_OF_STOCK' || allocation.outcome === 'PRODUCT_WITHDRAWN')) {
    return { outcome: allocation.outcome, missing: [...missing, ...allocation.missing] };
  }
  return { outcome: 'SHORT_BALANCE' };
}
