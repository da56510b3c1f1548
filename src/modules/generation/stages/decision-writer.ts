import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../../events/event-map';
import { addMinutes } from '../../../kernel/calendar';
import type { OrderId, UserId } from '../../../kernel/ids';
import type { Write } from '../../../platform/dynamo/write';
import { type Order, OrderService, subscriptionOrder, subscriptionPaymentIdOf } from '../../order';
import { CUTOFF_GRACE_MINUTES, SubscriptionService } from '../../subscription';
import { type Movement, type Wallet, WalletMovements } from '../../wallet';
import { type Decision, isUndecidable, type RunContext } from '../domain/decide';
import type { RunAttempt, ShardProgress } from '../domain/run';
import { OutcomeRepository } from '../outcome.repository';
import { RunSchedule } from '../run-schedule';
import { StockReservationRepository } from '../stock-reservation.repository';

/** What is written and told of some decisions, all in one transaction. */
export interface DecisionWrites {
  readonly writes: readonly Write[];
  readonly events: readonly DomainEvent[];
}

/** What the customer has chosen, what is told by the order, and what is not decided yet. */
const OUTCOMES_WITHOUT_EVENT: ReadonlySet<string> = new Set(['PAUSED', 'SKIPPED', 'ORDERED', 'WAITING']);

type PricedDecision = Extract<Decision, { outcome: 'ORDERED' | 'SHORT_BALANCE' }>;

/** How decisions are written down: the order or the record of why there is none, and that the date is decided. */
@Injectable()
export class DecisionWriter {
  constructor(
    private readonly subscriptions: SubscriptionService,
    private readonly outcomes: OutcomeRepository,
    private readonly reservations: StockReservationRepository,
    private readonly orders: OrderService,
    private readonly wallets: WalletMovements,
    private readonly schedule: RunSchedule,
  ) {}

  /**
   * Each person's wallet moves once for all their decisions, from where it was seen. An order forgets the record of why
   * there was none, where there may be one.
   */
  prepare(
    run: RunAttempt,
    context: RunContext,
    decisions: readonly Decision[],
    wallets: ReadonlyMap<UserId, Wallet>,
    clearsFailureRecord: boolean,
  ): DecisionWrites {
    const writes: Write[] = [];
    const events: DomainEvent[] = [];
    const orderIds: OrderId[] = [];
    const movements = new Map<UserId, Movement[]>();
    for (const decision of decisions) {
      writes.push(...this.writesOf(run, context, decision, clearsFailureRecord));
      const event = this.eventOf(run, context, decision);
      if (event) events.push(event);
      if (decision.outcome !== 'ORDERED') continue;
      const order = orderOf(decision, context);
      writes.push(this.orders.createSubscriptionOrder(order));
      orderIds.push(order.orderId);
      if (order.payment?.method !== 'WALLET') continue;
      movements.set(order.userId, [...(movements.get(order.userId) ?? []), debitOf(order)]);
    }
    for (const [userId, debits] of movements) {
      const walletWrites = this.wallets.postingOf(userId, debits, wallets.get(userId));
      writes.push(...walletWrites.writes);
      events.push(...walletWrites.events);
    }
    if (orderIds.length === 0) return { writes, events };
    const { date } = run;
    return { writes, events: [{ type: 'subscription.orders_generated', date, orderIds }, ...events] };
  }

  /** All but the order itself. */
  private writesOf(run: RunAttempt, { date }: RunContext, decision: Decision, clearsFailureRecord: boolean): Write[] {
    const { subscription, outcome } = decision;
    const { subscriptionId, userId } = subscription;
    if (outcome === 'WAITING') return [this.reservations.defer(run, subscription)];
    const generatedWrite = this.subscriptions.markGenerated(subscription, date);
    if (outcome === 'ORDERED') {
      return clearsFailureRecord ? [generatedWrite, this.outcomes.delete(subscriptionId, date)] : [generatedWrite];
    }
    const outcomeWrite = this.outcomes.save({ subscriptionId, userId, date, outcome, ...reasonFieldsOf(decision) });
    // What could not be decided may be yet.
    return isUndecidable(decision) ? [outcomeWrite] : [generatedWrite, outcomeWrite];
  }

  private eventOf({ date, round }: RunAttempt, { now }: RunContext, decision: Decision): DomainEvent | undefined {
    const { subscription, outcome } = decision;
    // A fault is told once, though it is come back to.
    if (OUTCOMES_WITHOUT_EVENT.has(outcome) || (isUndecidable(decision) && round > 1)) return undefined;
    const { subscriptionId, userId } = subscription;
    const retryAt = this.schedule.retryAt(date);
    const canRetry =
      outcome === 'SHORT_BALANCE' &&
      now < retryAt &&
      addMinutes(retryAt, CUTOFF_GRACE_MINUTES) <= decision.deliverySlot;
    const skipped = { subscriptionId, userId, date, reason: outcome };
    return { type: 'subscription.occurrence_skipped', ...skipped, ...(canRetry && { retryAt }) };
  }
}

/** What progress is made with some decisions: what they take, and how they count. */
export function progressAfter(progress: ShardProgress, decisions: readonly Decision[]): ShardProgress {
  const left = { ...progress.left };
  const counts = { ...progress.counts };
  let { faults } = progress;
  for (const decision of decisions) {
    if (decision.outcome === 'WAITING') continue;
    if (isUndecidable(decision)) faults++;
    else counts[decision.outcome]++;
    if (decision.outcome !== 'ORDERED') continue;
    for (const { productId, qty } of decision.items) left[productId] = (left[productId] ?? 0) - qty;
  }
  return { ...progress, left, counts, faults, version: progress.version + 1 };
}

/** The debit of an order that a subscription has made. */
export function debitOf({ orderId, amount }: Order): Movement {
  return { type: 'PAYMENT', amount: -amount, reason: `Order ${orderId}`, sourceId: subscriptionPaymentIdOf(orderId) };
}

function orderOf({ subscription, terms, items, missing, deliverySlot }: PricedDecision, { date, now }: RunContext) {
  const { subscriptionId, userId } = subscription;
  const { address, paymentMethod } = terms;
  return subscriptionOrder({ subscriptionId, userId, date, items, missing, deliverySlot, address, paymentMethod }, now);
}

function reasonFieldsOf(decision: Decision) {
  if (decision.outcome === 'SHORT_BALANCE') {
    const { items, missing, amount, deliverySlot, terms } = decision;
    return { items, missing, amount, deliverySlot, address: terms.address };
  }
  if (decision.outcome === 'MISSED') return { missing: decision.missing, fault: decision.fault };
  return 'missing' in decision ? { missing: decision.missing } : {};
}
