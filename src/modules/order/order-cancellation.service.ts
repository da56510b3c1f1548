import { Injectable, Logger } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import type { CancellationReason, OrderCancelled } from '../../events/order.events';
import { addMinutes } from '../../kernel/calendar';
import type { OrderId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { StaleVersion } from '../../platform/errors';
import { actorOfChange } from '../../platform/request-context';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { ProductService } from '../product';
import type { DeliverySummary, Order } from './domain/order';
import { IllegalOrderTransition } from './domain/order.errors';
import { canBeCancelled, type Canceller } from './domain/order.status';
import { OrderTransitions } from './order-transitions.repository';
import { OrderRepository, UNPAID_SHARDS } from './order.repository';
import { OrderService } from './order.service';

/** What a hook adds to the transaction that cancels an order. `delivery` replaces the order's delivery summary. */
export interface CancellationEffects {
  readonly delivery?: DeliverySummary;
  readonly writes: readonly Write[];
  readonly events: readonly DomainEvent[];
}
export type CancellationHook = (order: Order) => CancellationEffects;

/** The order changed between the read and the write. */
class OrderChanged extends Error {}

/** Extra time for an unpaid order with a pending gateway payment, in minutes. */
const PENDING_PAYMENT_GRACE_MINUTES = 60;
const PAGE_SIZE = 50;

/** Cancels orders, and expires those that are not paid in time. */
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
   * Adds a hook that contributes to the transaction of every cancellation. The delivery module registers one, because
   * it imports this module and not the other way round.
   */
  onCancel(hook: CancellationHook): void {
    this.hooks.push(hook);
  }

  /**
   * Cancels an order and returns it as changed. One transaction returns the stock, ends the delivery, and emits
   * `order.cancelled`, which makes the payment module refund the payment. Customers may cancel until the order is
   * packed, admins until it is dispatched. `reason` is the customer's own text; it stays with the order.
   *
   * Errors: `order.not_found` (also for other people's orders), `order.illegal_transition`, `request.stale` if the
   * order is no longer version `expected`, `service.unavailable` if it keeps changing, and with `idempotencyKey` those
   * of the idempotency key.
   */
  async cancel(
    orderId: OrderId,
    caller: Caller,
    {
      reason,
      expected,
      idempotencyKey,
    }: { reason?: string; expected?: number; idempotencyKey?: IdempotentRequest } = {},
  ): Promise<Order> {
    return this.idempotency.run(idempotencyKey, async () => {
      const order = await this.orders.getOwned(orderId, caller);
      const by = caller.role === 'ADMIN' ? 'ADMIN' : 'CUSTOMER';
      return this.cancelWithRetry(order, by, { remark: reason, expected, idempotencyKey });
    });
  }

  /** The writes that return the goods of an order to stock. */
  stockReturnsOf({ items }: Order): Write[] {
    return items.map((item) => this.products.returnStock(item));
  }

  /**
   * Cancels the orders whose payment window has closed, as `cancel` does. An order with a pending payment gets an hour
   * more. Orders that fail are logged and skipped. Several tasks may run this at the same time.
   */
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
      this.logger.error({ err: error, orderId }, 'Unpaid order not cancelled');
    }
  }

  private async cancelWithRetry(
    initial: Order,
    by: Canceller,
    {
      remark,
      expected,
      idempotencyKey,
    }: { remark?: string; expected?: number; idempotencyKey?: IdempotentRequest } = {},
  ): Promise<Order> {
    return retryOnConflict(OrderChanged, async (conflict) => {
      const order = conflict ? await this.orders.get(initial.orderId) : initial;
      if (expected !== undefined && order.version !== expected) throw new StaleVersion();
      if (!canBeCancelled(order, by) || (by === 'PAYMENT_WINDOW' && !this.isExpired(order))) {
        throw new IllegalOrderTransition(order.status, 'CANCELLED', hintFor(order, by));
      }
      return this.commit(order, REASONS[by], remark, idempotencyKey);
    });
  }

  /** `remark` may be the customer's text, which stays in the order's history. Events carry only the code `reason`. */
  private async commit(
    order: Order,
    reason: CancellationReason,
    remark: string = reason,
    idempotencyKey?: IdempotentRequest,
  ): Promise<Order> {
    const effects = this.hooks.map((hook) => hook(order));
    const delivery = effects.find((effect) => effect.delivery)?.delivery;
    const cancelled: Order = {
      ...order,
      status: 'CANCELLED',
      history: [...order.history, { status: 'CANCELLED', at: this.clock.now(), reason: remark, ...actorOfChange() }],
      delivery: delivery ?? order.delivery,
      payBy: undefined,
      version: order.version + 1,
    };
    await this.transaction.commit(
      [
        this.idempotency.recordResponse(idempotencyKey, cancelled),
        this.transitions.changeStatus(order, 'CANCELLED', remark, () => new OrderChanged(), { delivery }),
        ...this.stockReturnsOf(order),
        ...effects.flatMap(({ writes }) => writes),
      ],
      [orderCancelledEvent(order, reason), ...effects.flatMap(({ events }) => events)],
    );
    return cancelled;
  }
}

const REASONS: Record<Canceller, CancellationReason> = {
  CUSTOMER: 'CANCELLED_BY_CUSTOMER',
  ADMIN: 'CANCELLED_BY_DAIRY',
  PAYMENT_WINDOW: 'PAYMENT_WINDOW_EXPIRED',
};

const HINTS: Record<Canceller, string> = {
  CUSTOMER: 'Customers can cancel until the order is packed. Call the dairy.',
  ADMIN: 'Admins can cancel until the order is dispatched. After that, report the delivery as FAILED.',
  PAYMENT_WINDOW: '',
};
const SUBSCRIPTION_ORDER_HINT =
  'Orders of a subscription cannot be cancelled after the cutoff. Call the dairy, or skip a later date: ' +
  'POST /subscription/skip.';

/** Tells the caller what to do instead. */
function hintFor({ subscriptionId }: Order, by: Canceller): string {
  return by === 'CUSTOMER' && subscriptionId !== undefined ? SUBSCRIPTION_ORDER_HINT : HINTS[by];
}

function orderCancelledEvent({ orderId, userId, amount }: Order, reason: CancellationReason): OrderCancelled {
  return { type: 'order.cancelled', orderId, userId, amount, reason, moneyBack: true };
}
