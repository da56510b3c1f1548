import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import { addMinutes } from '../../kernel/calendar';
import { type OrderId, subscriptionPaymentIdOf, type UserId } from '../../kernel/ids';
import type { Write } from '../../platform/dynamo/write';
import { type Order, OrderService, subscriptionOrder } from '../order';
import { type Movement, type Wallet, WalletMovements } from '../wallet';
import { AllotmentRepository } from './allotment.repository';
import type { Decision, Evening } from './decision';
import { GRACE_MINUTES, type Progress, type Round } from './generation';
import { GenerationTimes } from './generation.times';
import { OccurrenceRepository } from './occurrence.repository';
import { SubscriptionRepository } from './subscription.repository';

/** What is written and told of some decisions, all in one transaction. */
export interface Recording {
  readonly writes: readonly Write[];
  readonly events: readonly DomainEvent[];
}

/** What the customer has chosen, what is told by the order, and what is not decided yet. */
const NOT_TOLD: ReadonlySet<string> = new Set(['PAUSED', 'SKIPPED', 'ORDERED', 'WAITING']);

type Ordered = Extract<Decision, { outcome: 'ORDERED' | 'SHORT_BALANCE' }>;

/** How decisions are written down: the order or the record of why there is none, and that the date is decided. */
@Injectable()
export class DecisionRecords {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly occurrences: OccurrenceRepository,
    private readonly allotments: AllotmentRepository,
    private readonly orders: OrderService,
    private readonly wallets: WalletMovements,
    private readonly times: GenerationTimes,
  ) {}

  /**
   * Each person's wallet moves once for all their decisions, from where it was seen. An order forgets the record of why
   * there was none, where there may be one.
   */
  of(
    run: Round,
    evening: Evening,
    decisions: readonly Decision[],
    seen: ReadonlyMap<UserId, Wallet>,
    forgets: boolean,
  ): Recording {
    const writes: Write[] = [];
    const events: DomainEvent[] = [];
    const orderIds: OrderId[] = [];
    const movements = new Map<UserId, Movement[]>();
    for (const decision of decisions) {
      writes.push(...this.writesOf(run, evening, decision, forgets));
      const told = this.eventOf(run, evening, decision);
      if (told) events.push(told);
      if (decision.outcome !== 'ORDERED') continue;
      const order = orderOf(decision, evening);
      writes.push(this.orders.createSubscriptionOrder(order));
      orderIds.push(order.orderId);
      if (order.payment?.method !== 'WALLET') continue;
      movements.set(order.userId, [...(movements.get(order.userId) ?? []), debitOf(order)]);
    }
    for (const [userId, debits] of movements) {
      const moving = this.wallets.postingOf(userId, debits, seen.get(userId));
      writes.push(...moving.writes);
      events.push(...moving.events);
    }
    if (orderIds.length === 0) return { writes, events };
    const { date } = run;
    return { writes, events: [{ type: 'subscription.orders_generated', date, orderIds }, ...events] };
  }

  /** All but the order itself. */
  private writesOf(run: Round, { date }: Evening, decision: Decision, forgets: boolean): Write[] {
    const { subscription, outcome } = decision;
    const { subscriptionId, userId } = subscription;
    if (outcome === 'WAITING') return [this.allotments.wait(run, subscription)];
    const decided = this.subscriptions.decide(subscription, date);
    if (outcome === 'ORDERED') {
      return forgets ? [decided, this.occurrences.forget(subscriptionId, date)] : [decided];
    }
    const record = this.occurrences.record({ subscriptionId, userId, date, outcome, ...reasonOf(decision) });
    // What could not be decided may be yet.
    return isFault(decision) ? [record] : [decided, record];
  }

  private eventOf({ date, round }: Round, { now }: Evening, decision: Decision): DomainEvent | undefined {
    const { subscription, outcome } = decision;
    // A fault is told once, though it is come back to.
    if (NOT_TOLD.has(outcome) || (isFault(decision) && round > 1)) return undefined;
    const { subscriptionId, userId } = subscription;
    const retryAt = this.times.retryAt(date);
    const canRetry =
      outcome === 'SHORT_BALANCE' && now < retryAt && addMinutes(retryAt, GRACE_MINUTES) <= decision.deliverySlot;
    const facts = { subscriptionId, userId, date, reason: outcome };
    return { type: 'subscription.occurrence_skipped', ...facts, ...(canRetry && { retryAt }) };
  }
}

/** What progress is made with some decisions: what they take, and how they count. */
export function advanced(progress: Progress, decisions: readonly Decision[]): Progress {
  const left = { ...progress.left };
  const counts = { ...progress.counts };
  let { faults } = progress;
  for (const decision of decisions) {
    if (decision.outcome === 'WAITING') continue;
    if (isFault(decision)) faults++;
    else counts[decision.outcome]++;
    if (decision.outcome !== 'ORDERED') continue;
    for (const { productId, qty } of decision.items) left[productId] = (left[productId] ?? 0) - qty;
  }
  return { ...progress, left, counts, faults, version: progress.version + 1 };
}

function isFault(decision: Decision): boolean {
  return decision.outcome === 'MISSED' && decision.fault !== undefined;
}

/** The debit of an order that a subscription has made. */
export function debitOf({ orderId, amount }: Order): Movement {
  return { type: 'PAYMENT', amount: -amount, reason: `Order ${orderId}`, sourceId: subscriptionPaymentIdOf(orderId) };
}

function orderOf({ subscription, terms, items, missing, deliverySlot }: Ordered, { date, now }: Evening) {
  const { subscriptionId, userId } = subscription;
  const { address, paymentMethod } = terms;
  return subscriptionOrder({ subscriptionId, userId, date, items, missing, deliverySlot, address, paymentMethod }, now);
}

function reasonOf(decision: Decision) {
  if (decision.outcome === 'SHORT_BALANCE') {
    const { items, missing, amount, deliverySlot, terms } = decision;
    return { items, missing, amount, deliverySlot, address: terms.address };
  }
  if (decision.outcome === 'MISSED') return { missing: decision.missing, fault: decision.fault };
  return 'missing' in decision ? { missing: decision.missing } : {};
}
