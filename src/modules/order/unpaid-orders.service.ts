import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { addMinutes, latestSlotAt } from '../../kernel/calendar';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import type { Order } from './domain/order';
import { TooManyUnpaidOrders } from './domain/order.errors';
import { OrderRepository } from './order.repository';
import { ORDER_SETTINGS, type OrderSettings } from './order.settings';

const MAX_REMEMBERED = 20_000;
const PAGE_SIZE = 50;
/** Longer than the longest payment window: the slot of an unpaid order may have passed. */
const LOOKBACK_MINUTES = 2 * 24 * 60;

/**
 * Limits the unpaid orders of a customer, because they hold stock that others could buy. This process remembers whose
 * orders it has placed and are not paid yet, so that the orders of all other customers need no extra read. Simultaneous
 * requests, and requests to other ECS tasks, may exceed the limit by a few.
 */
@Injectable()
export class UnpaidOrders {
  private readonly countOf = new Map<UserId, number>();
  private readonly customerOf = new LRUCache<OrderId, UserId>({
    max: MAX_REMEMBERED,
    dispose: (userId) => this.count(userId, -1),
  });

  constructor(
    private readonly repository: OrderRepository,
    private readonly clock: Clock,
    @Inject(ORDER_SETTINGS) private readonly settings: OrderSettings,
  ) {}

  /** `order.too_many_unpaid` if the customer has as many unpaid orders as allowed. */
  async checkLimit(userId: UserId): Promise<void> {
    if (!this.countOf.has(userId)) return;
    const { unpaidOrdersMax } = this.settings;
    const unpaid = await this.findUnpaid(userId, unpaidOrdersMax);
    if (unpaid.length >= unpaidOrdersMax) throw new TooManyUnpaidOrders(unpaidOrdersMax);
    if (unpaid.length === 0) this.countOf.delete(userId);
  }

  /** Remembers an order that was placed. */
  add({ userId, orderId }: Pick<Order, 'userId' | 'orderId'>): void {
    this.count(userId, 1);
    this.customerOf.set(orderId, userId);
  }

  /** Forgets an order that was paid or cancelled. */
  remove(orderId: OrderId): void {
    this.customerOf.delete(orderId);
  }

  private count(userId: UserId, change: 1 | -1): void {
    const count = (this.countOf.get(userId) ?? 0) + change;
    if (count > 0) this.countOf.set(userId, count);
    else this.countOf.delete(userId);
  }

  private async findUnpaid(userId: UserId, atMost: number): Promise<Order[]> {
    const now = this.clock.now();
    const unpaid: Order[] = [];
    const pages = iteratePages(PAGE_SIZE, (page) =>
      this.repository.findByUser(userId, addMinutes(now, -LOOKBACK_MINUTES), latestSlotAt(now), page),
    );
    for await (const orders of pages) {
      unpaid.push(...orders.filter(({ status }) => status === 'CREATED'));
      if (unpaid.length >= atMost) break;
    }
    return unpaid;
  }
}
