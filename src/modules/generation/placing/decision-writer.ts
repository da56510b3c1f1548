import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../../events/event-map';
import type { OrderId, UserId } from '../../../kernel/ids';
import type { Write } from '../../../platform/dynamo/write';
import { type Order, OrderService, subscriptionOrder, subscriptionPaymentIdOf } from '../../order';
import { SubscriptionService } from '../../subscription';
import { type Movement, orderDebitOf, type Wallet, WalletMovements } from '../../wallet';
import { type Decision, isUndecidable, type RunContext } from '../domain/decide';
import { reasonFieldsOf } from '../domain/outcome-record';
import type { Batch } from '../domain/plan-batch';
import type { RunPass } from '../domain/run';
import { skipReasonOf } from '../domain/skip-reason';
import { OutcomeRepository } from '../outcome.repository';
import { RunSchedule } from '../run-schedule';
import { StockReservationRepository } from '../stock-reservation.repository';

/** Writes and events that are committed together. */
export interface Changes {
  readonly writes: readonly Write[];
  readonly events: readonly DomainEvent[];
}

type OrderDecision = Extract<Decision, { outcome: 'ORDERED' | 'SHORT_BALANCE' }>;

/** Turns decisions into writes and events: the order or the record of why there is none, and the date as generated. */
@Injectable()
export class DecisionWriter {
  constructor(
    private readonly subscriptions: SubscriptionService,
    private readonly outcomes: OutcomeRepository,
    private readonly reservations: StockReservationRepository,
    private readonly orders: OrderService,
    private readonly movements: WalletMovements,
    private readonly schedule: RunSchedule,
  ) {}

  /** The changes of a batch, without the stock it takes. Each wallet is written once for all orders it pays for. */
  changesOf(
    pass: RunPass,
    context: RunContext,
    { decisions, deletesEarlierRecord }: Pick<Batch, 'decisions' | 'deletesEarlierRecord'>,
    wallets: ReadonlyMap<UserId, Wallet>,
  ): Changes {
    const writes: Write[] = [];
    const events: DomainEvent[] = [];
    const orderIds: OrderId[] = [];
    const debits = new Map<UserId, Movement[]>();
    for (const decision of decisions) {
      writes.push(...this.writesOf(pass, context, decision, deletesEarlierRecord));
      const event = this.eventOf(pass, context, decision);
      if (event) events.push(event);
      if (decision.outcome !== 'ORDERED') continue;
      const order = orderOf(decision, context);
      writes.push(this.orders.createSubscriptionOrder(order));
      orderIds.push(order.orderId);
      if (order.payment?.method !== 'WALLET') continue;
      debits.set(order.userId, [...(debits.get(order.userId) ?? []), debitOf(order)]);
    }
    for (const [userId, movements] of debits) {
      const posting = this.movements.postingOf(userId, movements, wallets.get(userId));
      writes.push(...posting.writes);
      events.push(...posting.events);
    }
    if (orderIds.length === 0) return { writes, events };
    return { writes, events: [{ type: 'subscription.orders_generated', date: pass.date, orderIds }, ...events] };
  }

  /** All writes of a decision except the order and its payment. */
  private writesOf(
    pass: RunPass,
    { date, now }: RunContext,
    decision: Decision,
    deletesEarlierRecord: boolean,
  ): Write[] {
    const { subscription, outcome } = decision;
    const { subscriptionId, userId } = subscription;
    if (outcome === 'DEFERRED') return [this.reservations.defer(pass, subscription)];
    const generated = this.subscriptions.markGenerated(subscription, date);
    if (outcome === 'ORDERED') {
      return deletesEarlierRecord ? [generated, this.outcomes.delete(subscriptionId, date)] : [generated];
    }
    const decidedAt = isRepeated(decision, pass.round) ? undefined : now;
    const record = this.outcomes.save({
      ...{ subscriptionId, userId, date, outcome, decidedAt },
      ...reasonFieldsOf(decision),
    });
    // A repeated run may still decide it, so the date is not marked as generated.
    return isUndecidable(decision) ? [record] : [generated, record];
  }

  private eventOf({ date, round }: RunPass, { now }: RunContext, decision: Decision): DomainEvent | undefined {
    const { subscription, outcome } = decision;
    const reason = skipReasonOf(outcome);
    if (reason === undefined || isRepeated(decision, round)) return undefined;
    const { subscriptionId, userId } = subscription;
    const canRetry = outcome === 'SHORT_BALANCE' || outcome === 'OUT_OF_STOCK';
    const retryAt = canRetry
      ? this.schedule.announcedRetryOf({ date, deliverySlot: decision.deliverySlot }, now)
      : undefined;
    const skipped = { subscriptionId, userId, date, reason, isAnnounced: true } as const;
    return { type: 'subscription.occurrence_skipped', ...skipped, ...(retryAt && { retryAt }) };
  }
}

/** An earlier pass has already announced it. */
function isRepeated(decision: Decision, round: number): boolean {
  return isUndecidable(decision) && round > 1;
}

/** The debit of a subscription's order that is paid from the wallet. */
export function debitOf({ orderId, amount }: Order): Movement {
  return orderDebitOf({ orderId, amount, paymentId: subscriptionPaymentIdOf(orderId) });
}

function orderOf(
  { subscription, terms, items, missing, deliverySlot }: OrderDecision,
  { date, now }: RunContext,
): Order {
  const { subscriptionId, userId } = subscription;
  const { address, paymentMethod } = terms;
  return subscriptionOrder({ subscriptionId, userId, date, items, missing, deliverySlot, address, paymentMethod }, now);
}
