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
 * Decides once more on an order that the wallet did not cover, at the prices of the run and from the current stock. The
 * outcome stays SHORT_BALANCE if the slot has passed or the wallet still does not cover the order. It becomes
 * OUT_OF_STOCK or PRODUCT_WITHDRAWN only if the wallet covers it now.
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
