import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import type { OrderId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { DomainError, Unavailable } from '../../platform/errors';
import type { Order } from './domain/order';
import { IllegalOrderTransition } from './domain/order.errors';
import type { OrderStatus } from './domain/order.status';
import { OrderCancellation } from './order-cancellation.service';
import { OrderPacking } from './order-packing.service';
import { OrderService } from './order.service';

/** What became of one order of many. */
export type StatusChangeResult = { readonly orderId: OrderId } & (
  { readonly order: Order } | { readonly error: DomainError }
);

const CONCURRENCY = 10;

/** What the dairy does to orders by hand. */
@Injectable()
export class OrderAdminService {
  private readonly logger = new Logger(OrderAdminService.name);

  constructor(
    private readonly orders: OrderService,
    private readonly packing: OrderPacking,
    private readonly cancellation: OrderCancellation,
  ) {}

  /**
   * Packs or cancels an order; every other status follows from a payment or a delivery: `order.illegal_transition`.
   * `order.not_found`; `request.stale` when it is no longer the version `expected`.
   */
  async setStatus(orderId: OrderId, status: OrderStatus, admin: Caller, expected?: number): Promise<Order> {
    if (status === 'PACKED') return this.packing.pack(orderId, expected);
    if (status === 'CANCELLED') return this.cancellation.cancel(orderId, admin, { expected });
    const { status: from } = await this.orders.get(orderId);
    throw new IllegalOrderTransition(from, status, 'By hand it becomes PACKED or CANCELLED, nothing else.');
  }

  /** The same for many, each for itself; equal ids are one. */
  async setStatuses(orderIds: readonly OrderId[], status: OrderStatus, admin: Caller): Promise<StatusChangeResult[]> {
    const limit = pLimit(CONCURRENCY);
    return Promise.all([...new Set(orderIds)].map((orderId) => limit(() => this.trySetStatus(orderId, status, admin))));
  }

  private async trySetStatus(orderId: OrderId, status: OrderStatus, admin: Caller): Promise<StatusChangeResult> {
    try {
      return { orderId, order: await this.setStatus(orderId, status, admin) };
    } catch (error) {
      if (error instanceof DomainError) return { orderId, error };
      this.logger.error({ err: error, orderId }, 'One order of many could not be changed');
      return { orderId, error: new Unavailable() };
    }
  }
}
