import type { ProductId, UserId } from '../../kernel/ids';
import { decide, type Decision, type Evening } from './decision';
import type { Means } from './means';
import type { Subscription } from './subscription';

/** A transaction has room for a hundred; the shard's progress and the events take two. */
const WRITES_AT_MOST = 98;

/** What is decided together, since it fits into one transaction. */
export interface Batch {
  readonly decisions: readonly Decision[];
  /** How many subscriptions were looked at for it. */
  readonly seen: number;
  /** What there is afterwards. */
  readonly means: Means;
  /** Whether an order forgets the record of why there was none: a write more, for which there is room. */
  readonly forgets: boolean;
}

/** What is written beside what every order takes. */
export interface Extra {
  /** Every product is a write, since orders take from the stock itself. */
  readonly takesStock: boolean;
  /** An order forgets the record of why there was none. */
  readonly forgets: boolean;
}

/** Decides one subscription after the other, as many as fit. */
export function draw(
  subscriptions: readonly Subscription[],
  evening: Evening,
  before: Means,
  { takesStock, forgets }: Extra,
): Batch {
  const means = before.copy();
  const decisions: Decision[] = [];
  const payers = new Set<UserId>();
  const products = new Set<ProductId>();
  let writes = 0;
  let seen = 0;
  for (const subscription of subscriptions) {
    const decision = decided(subscription, evening, means);
    if (decision) {
      writes += writesOf(decision, forgets);
      if (decision.outcome === 'ORDERED') {
        if (decision.terms.paymentMethod === 'WALLET') payers.add(subscription.userId);
        if (takesStock) decision.items.forEach(({ productId }) => products.add(productId));
      }
      if (writes + payers.size + products.size > WRITES_AT_MOST) break;
      if (decision.outcome === 'ORDERED') means.take(subscription.userId, decision, decision.terms.paymentMethod);
      decisions.push(decision);
    }
    seen++;
  }
  return { decisions, seen, means, forgets };
}

/** A subscription that makes the rules stumble costs itself, and nobody else. */
function decided(subscription: Subscription, evening: Evening, means: Means): Decision | undefined {
  try {
    return decide(subscription, evening, means);
  } catch (error) {
    return faulty(subscription, error);
  }
}

/** What cannot be decided, and why. */
export function faulty(subscription: Subscription, error: unknown): Decision {
  return { subscription, outcome: 'MISSED', missing: [], fault: faultOf(error) };
}

export function faultOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown';
}

/** Its own writes; the wallet is one a person. */
function writesOf(decision: Decision, forgets: boolean): number {
  if (decision.outcome === 'WAITING') return 1;
  if (decision.outcome !== 'ORDERED') return 2;
  const paid = decision.terms.paymentMethod === 'WALLET' ? 1 : 0;
  return 2 + paid + (forgets ? 1 : 0);
}
