import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import type { OrderId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { DomainError, StaleVersion, Unavailable } from '../../platform/errors';
import { Transaction } from '../../platform/transaction/transaction';
import type { Order } from './domain/order';
import { IllegalOrderTransition, OrderNotFound } from './domain/order.errors';
import type { OrderStatus } from './domain/order.status';
import { OrderCancellation } from './order-cancellation.service';
import { OrderTransitions } from './order-transitions.repository';
import { OrderService } from './order.service';

/** The result for one of several orders: the changed order, or why it was refused. */
export type StatusChangeResult = { readonly orderId: OrderId } & (
  { readonly order: Order } | { readonly error: DomainError }
);

const CONCURRENCY = 10;

/** Status changes that admins make. */
@Injectable()
export class OrderAdminService {
  private readonly logger = new Logger(OrderAdminService.name);

  constructor(
    private readonly orders: OrderService,
    private readonly cancellation: OrderCancellation,
    private readonly transitions: OrderTransitions,
    private readonly transaction: Transaction,
  ) {}

  /**
   * Packs or cancels an order, and returns it as changed. Every other status follows from a payment or a delivery, so
   * it is refused with `order.illegal_transition`. Other errors and the events are those of `pack` and
   * `OrderCancellation.cancel`.
   */
  async setStatus(orderId: OrderId, status: OrderStatus, admin: Caller, expected?: number): Promise<Order> {
    if (status === 'PACKED') return this.pack(orderId, expected);
    if (status === 'CANCELLED') return this.cancellation.cancel(orderId, admin, { expected });
    const { status: from } = await this.orders.get(orderId);
    throw new IllegalOrderTransition(from, status, 'Admins can set only PACKED and CANCELLED.');
  }

  /**
   * Packs a confirmed order, and returns it as changed. Emits `order.packed`. Errors: `order.not_found`,
   * `order.illegal_transition`, and `request.stale` if the order is no longer version `expected`.
   */
  async pack(orderId: OrderId, expected?: number): Promise<Order> {
    const { userId, amount } = await this.orders.get(orderId);
    await this.transaction.commit(
      [this.transitions.pack(orderId, expected, (now) => refusalOf(orderId, expected, now))],
      [{ type: 'order.packed', orderId, userId, amount }],
    );
    return this.orders.get(orderId);
  }

  /** Changes several orders independently of each other. Repeated ids count once. */
  async setStatuses(orderIds: readonly OrderId[], status: OrderStatus, admin: Caller): Promise<StatusChangeResult[]> {
    const limit = pLimit(CONCURRENCY);
    return Promise.all([...new Set(orderIds)].map((orderId) => limit(() => this.trySetStatus(orderId, status, admin))));
  }

  private async trySetStatus(orderId: OrderId, status: OrderStatus, admin: Caller): Promise<StatusChangeResult> {
    try {
      return { orderId, order: await this.setStatus(orderId, status, admin) };
    } catch (error) {
      if (error instanceof DomainError) return { orderId, error };
      this.logger.error({ err: error, orderId }, 'Order in bulk update failed');
      return { orderId, error: new Unavailable() };
    }
  }
}

function refusalOf(orderId: OrderId, expected: number | undefined, order: Order | undefined): Error {
  if (!order) return new OrderNotFound(orderId);
  if (expected !== undefined && order.version !== expected) return new StaleVersion();
  return new IllegalOrderTransition(order.status, 'PACKED');
}
