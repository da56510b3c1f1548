import type { LocalTime } from '../../../kernel/calendar';
import type { ProductId } from '../../../kernel/ids';
import type { PendingSubscription } from '../../subscription';
import type { RunContext } from './decide';

/** Adds the units that deliveries on a date need to `demand`, unless their slot has passed. */
export function addDemand(
  subscriptions: readonly PendingSubscription[],
  context: RunContext,
  demand: Record<ProductId, number>,
): void {
  for (const { occurrence } of subscriptions) {
    if (occurrence.outcome !== 'DUE' || hasPassed(occurrence.terms.deliverySlot, context)) continue;
    for (const { productId, qty } of occurrence.items) demand[productId] = (demand[productId] ?? 0) + qty;
  }
}

/** An invalid slot counts as passed, because its subscription will be undecidable. */
function hasPassed(slot: LocalTime, { slotAt, now }: RunContext): boolean {
  try {
    return slotAt(slot) < now;
  } catch {
    return true;
  }
}
