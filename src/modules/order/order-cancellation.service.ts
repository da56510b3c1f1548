import { Injectable, Logger } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import type { OrderCancelled } from '../../events/order.events';
import { addMinutes } from '../../kernel/calendar';
import type { OrderId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import type { Write } from '../../platform/dynamo/write';
import { StaleVersion, Unavailable } from '../../platform/errors';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { ProductService } from '../product';
import type { DeliverySummary, Order } from './domain/order';
import { IllegalOrderTransition } from './domain/order.errors';
import { canBeCancelled, type Canceller } from './domain/order.status';
import { OrderTransitions } from './order-transitions.repository';
import { OrderRepository, UNPAID_SHARDS } from './order.repository';
import { OrderService } from './order.service';

/** What else changes in the transaction that cancels an order: the new delivery, the writes and events of it. */
export interface CancellationEffects {
  readonly delivery?: DeliverySummary;
  readonly writes: readonly Write[];
  readonly events: readonly DomainEvent[];
}
export type CancellationHook = (order: Order) => CancellationEffects;

/** Somebody changed the order between reading and writing it. */
class OrderChanged extends Unavailable {}

const MAX_ATTEMPTS = 5;
/** How long a pending gateway payment keeps an unpaid order alive, in minutes. */
const PENDING_PAYMENT_GRACE_MINUTES = 60;
const PAGE_SIZE = 50;

/** The ends of orders that are not delivered. */
@Injectable()
export class OrderCancellation {
  private readonly logger = new Logger(OrderCancellation.name);
  private readonly hooks: CancellationHook[] = [];

  constructor(
    private readonly orders: OrderService,
    private readonly repository: OrderRepository,
    private readonly transitions: OrderTransitions,
    private readonly products: ProductService,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /**
   * Registers what must change together with a cancelled order. The delivery module knows the order, not the other way
   * round; so it brings its part of the transaction here.
   */
  onCancel(hook: CancellationHook): void {
    this.hooks.push(hook);
  }

  /**
   * Cancels an order: stock goes back, its delivery ends, and `order.cancelled` has the money returned. Customers may
   * until it is packed, admins until it leaves: `order.illegal_transition`; `order.not_found` for other people's;
   * `request.stale` when it is no longer the version `expected`.
   */
  async cancel(
    orderId: OrderId,
    caller: Caller,
    { reason, expected, once }: { reason?: string; expected?: number; once?: IdempotentRequest } = {},
  ): Promise<Order> {
    return this.idempotency.run(once, async () => {
      const order = await this.orders.getOwned(orderId, caller);
      const by = caller.role === 'ADMIN' ? 'ADMIN' : 'CUSTOMER';
      return this.cancelWithRetry(order, by, { remark: reason, expected, once });
    });
  }

  /** Cancels the orders whose payment window has closed; several tasks may do it at once. */
  async expireUnpaid(): Promise<void> {
    for (let shard = 0; shard < UNPAID_SHARDS; shard++) {
      const overdue = iteratePages(PAGE_SIZE, (page) => this.repository.findOverdue(shard, this.clock.now(), page));
      for await (const orders of overdue) {
        for (const order of orders.filter((candidate) => this.isExpired(candidate))) await this.expire(order);
      }
    }
  }

  private isExpired({ status, payBy, payment }: Order): boolean {
    if (status !== 'CREATED' || payBy === undefined) return false;
    const graceMinutes = payment?.status === 'PENDING' ? PENDING_PAYMENT_GRACE_MINUTES : 0;
    return addMinutes(payBy, graceMinutes) <= this.clock.now();
  }

  private async expire({ orderId }: Order): Promise<void> {
    try {
      await this.cancelWithRetry(await this.orders.get(orderId), 'PAYMENT_WINDOW');
    } catch (error) {
      if (error instanceof IllegalOrderTransition) return;
      this.logger.error({ err: error, orderId }, 'An unpaid order could not be cancelled');
    }
  }

  private async cancelWithRetry(
    initial: Order,
    by: Canceller,
    { remark, expected, once }: { remark?: string; expected?: number; once?: IdempotentRequest } = {},
  ): Promise<Order> {
    for (let attempt = 1, order = initial; ; attempt++, order = await this.orders.get(order.orderId)) {
      if (expected !== undefined && order.version !== expected) throw new StaleVersion();
      if (!canBeCancelled(order, by) || (by === 'PAYMENT_WINDOW' && !this.isExpired(order))) {
        throw new IllegalOrderTransition(order.status, 'CANCELLED', hintFor(order, by));
      }
      try {
        return await this.commit(order, REASONS[by], remark, once);
      } catch (error) {
        if (!(error instanceof OrderChanged) || attempt === MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** The customer's own words stay with the order; events carry the reason's code only. */
  private async commit(order: Order, reason: string, remark = reason, once?: IdempotentRequest): Promise<Order> {
    const effects = this.hooks.map((follower) => follower(order));
    const delivery = effects.find((follow) => follow.delivery)?.delivery;
    const cancelled: Order = {
      ...order,
      status: 'CANCELLED',
      history: [...order.history, { status: 'CANCELLED', at: this.clock.now(), reason: remark }],
      delivery: delivery ?? order.delivery,
      payBy: undefined,
      version: order.version + 1,
    };
    await this.transaction.commit(
      [
        this.idempotency.recordResponse(once, cancelled),
        this.transitions.changeStatus(order, 'CANCELLED', remark, () => new OrderChanged(), { delivery }),
        ...order.items.map((item) => this.products.returnStock(item)),
        ...effects.flatMap(({ writes }) => writes),
      ],
      [orderCancelledEvent(order, reason), ...effects.flatMap(({ events }) => events)],
    );
    return cancelled;
  }
}

const REASONS: Record<Canceller, string> = {
  CUSTOMER: 'CANCELLED_BY_CUSTOMER',
  ADMIN: 'CANCELLED_BY_DAIRY',
  PAYMENT_WINDOW: 'PAYMENT_WINDOW_EXPIRED',
};

const HINTS: Record<Canceller, string> = {
  CUSTOMER: 'It can be cancelled until it is packed: call the dairy.',
  ADMIN: 'It can be cancelled until it leaves; then the courier reports the delivery as FAILED.',
  PAYMENT_WINDOW: '',
};
const SUBSCRIPTION_ORDER_HINT =
  'It was ordered by your subscription, and the time to change this date is over: call the dairy, ' +
  'or skip a date to come at POST /subscription/skip.';

/** The way out. */
function hintFor({ subscriptionId }: Order, by: Canceller): string {
  return by === 'CUSTOMER' && subscriptionId !== undefined ? SUBSCRIPTION_ORDER_HINT : HINTS[by];
}

function orderCancelledEvent({ orderId, userId, amount }: Order, reason: string): OrderCancelled {
  return { type: 'order.cancelled', orderId, userId, amount, reason, moneyBack: true };
}
