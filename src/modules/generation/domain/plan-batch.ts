import type { ProductId, UserId } from '../../../kernel/ids';
import type { Subscription } from '../../subscription';
import type { Availability } from './availability';
import { decide, type Decision, type RunContext } from './decide';

/** A transaction has room for a hundred; the shard's progress and the events take two. */
const MAX_WRITES = 98;

/** What is decided together, since it fits into one transaction. */
export interface Batch {
  readonly decisions: readonly Decision[];
  /** How many subscriptions were looked at for it. */
  readonly consumed: number;
  /** What there is afterwards. */
  readonly availability: Availability;
  /** Whether an order forgets the record of why there was none: a write more, for which there is room. */
  readonly clearsFailureRecord: boolean;
}

/** What is written beside what every order takes. */
export interface BatchOptions {
  /** Every product is a write, since orders take from the stock itself. */
  readonly usesLiveStock: boolean;
  /** An order forgets the record of why there was none. */
  readonly clearsFailureRecord: boolean;
}

/** Decides one subscription after the other, as many as fit. */
export function planBatch(
  subscriptions: readonly Subscription[],
  context: RunContext,
  initial: Availability,
  { usesLiveStock, clearsFailureRecord }: BatchOptions,
): Batch {
  const availability = initial.copy();
  const decisions: Decision[] = [];
  const payers = new Set<UserId>();
  const products = new Set<ProductId>();
  let writes = 0;
  let consumed = 0;
  for (const subscription of subscriptions) {
    const decision = decideOrFail(subscription, context, availability);
    if (decision) {
      writes += writeCountOf(decision, clearsFailureRecord);
      if (decision.outcome === 'ORDERED') {
        if (decision.terms.paymentMethod === 'WALLET') payers.add(subscription.userId);
        if (usesLiveStock) decision.items.forEach(({ productId }) => products.add(productId));
      }
      if (writes + payers.size + products.size > MAX_WRITES) break;
      if (decision.outcome === 'ORDERED')
        availability.consume(subscription.userId, decision, decision.terms.paymentMethod);
      decisions.push(decision);
    }
    consumed++;
  }
  return { decisions, consumed, availability, clearsFailureRecord };
}

/** A subscription that makes the rules stumble costs itself, and nobody else. */
function decideOrFail(
  subscription: Subscription,
  context: RunContext,
  availability: Availability,
): Decision | undefined {
  try {
    return decide(subscription, context, availability);
  } catch (error) {
    return undecidable(subscription, error);
  }
}

/** What cannot be decided, and why. */
export function undecidable(subscription: Subscription, error: unknown): Decision {
  return { subscription, outcome: 'MISSED', missing: [], fault: faultMessageOf(error) };
}

export function faultMessageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown';
}

/** Its own writes; the wallet is one a person. */
function writeCountOf(decision: Decision, clearsFailureRecord: boolean): number {
  if (decision.outcome === 'WAITING') return 1;
  if (decision.outcome !== 'ORDERED') return 2;
  const debits = decision.terms.paymentMethod === 'WALLET' ? 1 : 0;
  return 2 + debits + (clearsFailureRecord ? 1 : 0);
}
