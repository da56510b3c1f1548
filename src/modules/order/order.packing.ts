import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { Transaction } from '../../platform/dynamo/transaction';
import { DomainError, Stale } from '../../platform/errors';
import type { OrderId } from '../../platform/ids';
import type { Order } from './order';
import { OrderChanges } from './order.changes.repository';
import { IllegalOrderTransition } from './order.errors';
import { OrderService } from './order.service';
import { mayFollow } from './order.status';

/** What became of one order of many. */
export type Packed = { readonly orderId: OrderId } & ({ readonly order: Order } | { readonly error: DomainError });

const PACKED_AT_ONCE = 10;

/** The work of the early morning: putting orders into crates. */
@Injectable()
export class OrderPacking {
  constructor(
    private readonly orders: OrderService,
    private readonly changes: OrderChanges,
    private readonly transaction: Transaction,
  ) {}

  /**
   * Packs a confirmed order; emits `order.packed`. `order.not_found`, `order.illegal_transition`; `request.stale` when
   * it is no longer the version the caller has read.
   */
  async pack(orderId: OrderId, expected?: number): Promise<Order> {
    const order = await this.orders.get(orderId);
    if (expected !== undefined && order.version !== expected) throw new Stale();
    if (!mayFollow(order.status, 'PACKED')) throw new IllegalOrderTransition(order.status, 'PACKED');
    const { userId, amount } = order;
    await this.transaction.commit(
      [
        this.changes.move(
          order,
          'PACKED',
          undefined,
          (now) => new IllegalOrderTransition(now?.status ?? 'CREATED', 'PACKED'),
        ),
      ],
      [{ type: 'order.packed', orderId, userId, amount }],
    );
    return this.orders.get(orderId);
  }

  /** Packs many, each for itself. */
  async packAll(orderIds: readonly OrderId[]): Promise<Packed[]> {
    const limit = pLimit(PACKED_AT_ONCE);
    return Promise.all([...new Set(orderIds)].map((orderId) => limit(() => this.tryToPack(orderId))));
  }

  private async tryToPack(orderId: OrderId): Promise<Packed> {
    try {
      return { orderId, order: await this.pack(orderId) };
    } catch (error) {
      if (error instanceof DomainError) return { orderId, error };
      throw error;
    }
  }
}
