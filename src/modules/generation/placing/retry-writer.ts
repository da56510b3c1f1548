import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { namedLineOf, type PricedLine, totalOf } from '../../../kernel/pricing';
import type { Write } from '../../../platform/dynamo/write';
import { type Order, OrderService, OrderTransitions, subscriptionOrder } from '../../order';
import { ProductService } from '../../product';
import { SubscriptionService } from '../../subscription';
import { addedLinesDebitOf, type Wallet, WalletMovements } from '../../wallet';
import type { RecoveredLines, RetryDecision } from '../domain/decide-retry';
import { RetryConflict } from '../domain/generation.errors';
import type { OutcomeRecord } from '../domain/outcome-record';
import type { Run } from '../domain/run';
import { OutcomeRepository } from '../outcome.repository';
import { RunRepository } from '../run.repository';
import { type Changes, debitOf } from './decision-writer';

/** Turns the decisions of a retry into writes and events. They fail with `CustomerBlocked` for a blocked customer. */
@Injectable()
export class RetryWriter {
  constructor(
    private readonly outcomes: OutcomeRepository,
    private readonly runs: RunRepository,
    private readonly orders: OrderService,
    private readonly transitions: OrderTransitions,
    private readonly products: ProductService,
    private readonly movements: WalletMovements,
    private readonly subscriptions: SubscriptionService,
  ) {}

  /** The record becomes an order, gets another outcome, or becomes final. */
  changesOf(run: Run, record: OutcomeRecord, decision: RetryDecision, wallet: Wallet, now: Instant): Changes {
    if (decision.outcome === 'UNCHANGED') return { writes: [this.outcomes.finalize(record)], events: [] };
    if (decision.outcome === 'ORDERED') return this.order(run, record, decision, wallet, now);
    const { subscriptionId, userId, date } = record;
    const { outcome, missing } = decision;
    return {
      writes: [
        this.outcomes.replaceOutcome(record, { outcome, missing, decidedAt: now }),
        this.runs.changeOutcome(run, record.outcome, outcome),
      ],
      events: [
        {
          type: 'subscription.occurrence_skipped',
          ...{ subscriptionId, userId, date },
          reason: outcome,
          isAnnounced: true,
        },
      ],
    };
  }

  /** The record of a customer who has been blocked since the run. As in the run, no product is the reason. */
  blockedChangesOf(run: Run, record: OutcomeRecord): Changes {
    const outcome = 'BLOCKED';
    return {
      writes: [
        this.outcomes.replaceOutcome(record, { outcome, missing: [] }),
        this.runs.changeOutcome(run, record.outcome, outcome),
      ],
      events: [],
    };
  }

  /** Adds recovered lines to an order. They are paid as the order was. */
  additionChangesOf(order: Order, { items, missing }: RecoveredLines, wallet: Wallet): Changes {
    const { orderId, userId, subscriptionId, payment } = order;
    const amount = totalOf(items);
    const ids = { orderId, userId, subscriptionId, amount };
    const isPaid = payment?.method === 'WALLET' && amount > 0;
    const debit = isPaid ? [addedLinesDebitOf({ orderId, paymentId: payment.paymentId, amount })] : [];
    const posting = this.movements.postingOf(userId, debit, wallet);
    return {
      writes: [
        this.transitions.addLines(order, { items, missing }, () => new RetryConflict()),
        ...this.supplyWrites(userId, items),
        ...posting.writes,
      ],
      events: [
        {
          type: 'order.lines_added',
          ...ids,
          items: items.map(namedLineOf),
          isAnnounced: true,
        },
        ...(isPaid
          ? [
              {
                type: 'payment.succeeded',
                orderId,
                userId,
                amount,
                paymentId: payment.paymentId,
                method: 'WALLET',
              } as const,
            ]
          : []),
        ...posting.events,
      ],
    };
  }

  private order(run: Run, record: OutcomeRecord, { items, missing }: RecoveredLines, wallet: Wallet, now: Instant) {
    const { subscriptionId, userId, date, deliverySlot = '', address = '', paymentMethod = 'WALLET' } = record;
    const draft = { subscriptionId, userId, date, items, missing, deliverySlot, address, paymentMethod };
    const order = subscriptionOrder(draft, now);
    const posting = this.movements.postingOf(userId, paymentMethod === 'WALLET' ? [debitOf(order)] : [], wallet);
    return {
      writes: [
        this.outcomes.replaceByOrder(record),
        this.runs.changeOutcome(run, record.outcome, 'ORDERED'),
        this.orders.createSubscriptionOrder(order),
        ...this.supplyWrites(userId, items),
        ...posting.writes,
      ],
      events: [{ type: 'subscription.orders_generated', date, orderIds: [order.orderId] } as const, ...posting.events],
    };
  }

  /** Takes the stock at the prices of the run, for a customer who is not blocked. */
  private supplyWrites(userId: UserId, items: readonly PricedLine[]): Write[] {
    return [
      this.subscriptions.requireNotBlocked(userId),
      ...items.map((item) => this.products.takeStockAtAnyPrice(item)),
    ];
  }
}
