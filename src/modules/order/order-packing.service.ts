import { Injectable } from '@nestjs/common';
import type { OrderId } from '../../kernel/ids';
import { StaleVersion } from '../../platform/errors';
import { Transaction } from '../../platform/transaction/transaction';
import type { Order } from './domain/order';
import { IllegalOrderTransition, OrderNotFound } from './domain/order.errors';
import { OrderTransitions } from './order-transitions.repository';
import { OrderService } from './order.service';

/** The work of the early morning: putting orders into crates. */
@Injectable()
export class OrderPacking {
  constructor(
    private readonly orders: OrderService,
    private readonly transitions: OrderTransitions,
    private readonly transaction: Transaction,
  ) {}

  /**
   * Packs a confirmed order; emits `order.packed`. `order.not_found`, `order.illegal_transition`; `request.stale` when
   * it is no longer the version the caller has read.
   */
  async pack(orderId: OrderId, expected?: number): Promise<Order> {
    const { userId, amount } = await this.orders.get(orderId);
    await this.transaction.commit(
      [this.transitions.pack(orderId, expected, (now) => refusalOf(orderId, expected, now))],
      [{ type: 'order.packed', orderId, userId, amount }],
    );
    return this.orders.get(orderId);
  }
}

function refusalOf(orderId: OrderId, expected: number | undefined, order: Order | undefined): Error {
  if (!order) return new OrderNotFound(orderId);
  if (expected !== undefined && order.version !== expected) return new StaleVersion();
  return new IllegalOrderTransition(order.status, 'PACKED');
}
