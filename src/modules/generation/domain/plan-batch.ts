import type { ProductId, UserId } from '../../../kernel/ids';
import type { PendingSubscription } from '../../subscription';
import type { Availability } from './availability';
import { decide, type Decision, type RunContext } from './decide';

/** DynamoDB allows 100 writes in a transaction. The shard's progress and the outbox row take two of them. */
export const MAX_WRITES = 98;

/** Decisions that fit into one transaction. */
export interface Batch {
  /** The subscriptions that are decided, in order. */
  readonly subscriptions: readonly PendingSubscription[];
  /** One for each of them. */
  readonly decisions: readonly Decision[];
  /** What is available after these decisions. */
  readonly availability: Availability;
  /** Whether each order also deletes an earlier outcome record, which costs one more write. */
  readonly deletesEarlierRecord: boolean;
}

/** Decides subscriptions in order, as many as fit into one transaction. */
export function planBatch(
  pending: readonly PendingSubscription[],
  context: RunContext,
  initial: Availability,
  { deletesEarlierRecord }: Pick<Batch, 'deletesEarlierRecord'>,
): Batch {
  const availability = initial.copy();
  const decisions: Decision[] = [];
  const payers = new Set<UserId>();
  const products = new Set<ProductId>();
  let writes = 0;
  for (const one of pending) {
    const decision = decide(one, context, availability);
    writes += writeCountOf(decision, deletesEarlierRecord);
    if (decision.outcome === 'ORDERED') {
      if (decision.terms.paymentMethod === 'WALLET') payers.add(decision.subscription.userId);
      // Live stock is taken in the same transaction: one write for each product.
      if (context.shortage === 'PARTIAL') decision.items.forEach(({ productId }) => products.add(productId));
    }
    if (writes + payers.size + products.size > MAX_WRITES) break;
    if (decision.outcome === 'ORDERED') {
      availability.consume(decision.subscription.userId, decision, decision.terms.paymentMethod);
    }
    decisions.push(decision);
  }
  return { subscriptions: pending.slice(0, decisions.length), decisions, availability, deletesEarlierRecord };
}

/** The writes of one decision, without the wallet: a batch writes it once for each customer. */
function writeCountOf(decision: Decision, deletesEarlierRecord: boolean): number {
  if (decision.outcome === 'DEFERRED') return 1;
  if (decision.outcome !== 'ORDERED') return 2;
  const debits = decision.terms.paymentMethod === 'WALLET' ? 1 : 0;
  return 2 + debits + (deletesEarlierRecord ? 1 : 0);
}
