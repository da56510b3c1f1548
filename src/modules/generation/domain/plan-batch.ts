import type { ProductId, UserId } from '../../../kernel/ids';
import type { PendingSubscription } from '../../subscription';
import type { Availability } from './availability';
import { decide, type Decision, type RunContext } from './decide';

/** A transaction has room for a hundred; the shard's progress and the events take two. */
const MAX_WRITES = 98;

/** Decisions that fit into one transaction. */
export interface Batch {
  /** The subscriptions that are decided, in their order. */
  readonly subscriptions: readonly PendingSubscription[];
  /** One for each of them. */
  readonly decisions: readonly Decision[];
  /** What is available after these decisions. */
  readonly availability: Availability;
  /** Whether an order deletes an earlier record of why there was none. Costs a write for each order. */
  readonly clearsFailureRecord: boolean;
}

/** What is written beside what every order takes. */
export interface BatchOptions {
  /** Every product is a write, since orders take from the stock itself. */
  readonly usesLiveStock: boolean;
  /** An order forgets the record of why there was none. */
  readonly clearsFailureRecord: boolean;
}

/** Decides subscriptions in their order, as many as fit into one transaction. */
export function planBatch(
  pending: readonly PendingSubscription[],
  context: RunContext,
  initial: Availability,
  { usesLiveStock, clearsFailureRecord }: BatchOptions,
): Batch {
  const availability = initial.copy();
  const decisions: Decision[] = [];
  const payers = new Set<UserId>();
  const products = new Set<ProductId>();
  let writes = 0;
  for (const one of pending) {
    const decision = decide(one, context, availability);
    writes += writeCountOf(decision, clearsFailureRecord);
    if (decision.outcome === 'ORDERED') {
      if (decision.terms.paymentMethod === 'WALLET') payers.add(decision.subscription.userId);
      if (usesLiveStock) decision.items.forEach(({ productId }) => products.add(productId));
    }
    if (writes + payers.size + products.size > MAX_WRITES) break;
    if (decision.outcome === 'ORDERED') {
      availability.consume(decision.subscription.userId, decision, decision.terms.paymentMethod);
    }
    decisions.push(decision);
  }
  return { subscriptions: pending.slice(0, decisions.length), decisions, availability, clearsFailureRecord };
}

/** Its own writes; the wallet is one a person. */
function writeCountOf(decision: Decision, clearsFailureRecord: boolean): number {
  if (decision.outcome === 'WAITING') return 1;
  if (decision.outcome !== 'ORDERED') return 2;
  const debits = decision.terms.paymentMethod === 'WALLET' ? 1 : 0;
  return 2 + debits + (clearsFailureRecord ? 1 : 0);
}
