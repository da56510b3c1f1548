import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { addMinutes, type Instant, latestSlotAt } from '../../kernel/calendar';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { KeyedMutex } from '../../platform/keyed-mutex';
import type { Order } from './domain/order';
import { TooManyUnpaidOrders } from './domain/order.errors';
import { OrderRepository } from './order.repository';
import { ORDER_SETTINGS, type OrderSettings } from './order.settings';
import { NoRoomListed, UnpaidOrderRepository } from './unpaid-order.repository';

const MAX_REMEMBERED = 20_000;
const PAGE_SIZE = 50;
/** Longer than the longest payment window: the slot of an unpaid order may have passed. */
const LOOKBACK_MINUTES = 2 * 24 * 60;
/** How long after its payment window an order may still be unpaid. Another ECS task may have cancelled it. */
const REMEMBERED_MINUTES = 75;

/** The write that counts an order as unpaid. Undefined if it needs none. */
export type CountOrder = (orderId: OrderId) => Write | undefined;

interface UnpaidOrder {
  readonly orderId: OrderId;
  readonly userId: UserId;
  /** Whether the list of the customer contains it. */
  listed: boolean;
  readonly until: Instant;
}

/**
 * Limits the unpaid orders of a customer, because they hold stock that others could buy.
 *
 * This process remembers the unpaid orders that it has placed, and places those of one customer one after another. The
 * first is written without a count, so a purchase costs nothing more. Every further one is added to the list of the
 * customer by its own transaction, together with the first, if the list has room. If it has none, the orders are read
 * and the list is written again. So the limit is exact at one ECS task. Each other task can let one more order pass, its
 * first. See ADR 28.
 */
@Injectable()
export class UnpaidOrders {
  private readonly mutex = new KeyedMutex();
  private readonly ordersOf = new Map<UserId, Map<OrderId, UnpaidOrder>>();
  private readonly remembered = new LRUCache<OrderId, UnpaidOrder>({
    max: MAX_REMEMBERED,
    dispose: (order) => this.removeFromCustomer(order),
  });

  constructor(
    private readonly orders: OrderRepository,
    private readonly lists: UnpaidOrderRepository,
    private readonly clock: Clock,
    @Inject(ORDER_SETTINGS) private readonly settings: OrderSettings,
  ) {}

  /**
   * Places an unpaid order. `place` commits the write of its argument with the order, and runs again if the list of the
   * customer has changed meanwhile. `order.too_many_unpaid` if the customer has as many unpaid orders as allowed.
   */
  async limit(userId: UserId, place: (count: CountOrder) => Promise<Order>): Promise<Order> {
    return this.mutex.run(userId, async () => {
      const known = this.rememberedOf(userId);
      const order =
        known.length === 0
          ? await place(() => undefined)
          : await retryOnConflict(NoRoomListed, async (conflict) => place(await this.countOrder(userId, conflict)));
      for (const unpaid of known) unpaid.listed = true;
      this.remember(order, known.length > 0);
      return order;
    });
  }

  /** Forgets an order that was paid or cancelled. */
  remove(orderId: OrderId): void {
    this.remembered.delete(orderId);
  }

  private async countOrder(userId: UserId, conflict: NoRoomListed | undefined): Promise<CountOrder> {
    const { unpaidOrdersMax: max } = this.settings;
    const known = this.rememberedOf(userId);
    const unlisted = known.filter(({ listed }) => !listed).map(({ orderId }) => orderId);
    if (!conflict && known.length < max) return (orderId) => this.lists.add(userId, [...unlisted, orderId], max);
    const listed = conflict?.listed;
    const unpaid = await this.findUnpaid(userId, [...(listed ?? []), ...known.map(({ orderId }) => orderId)]);
    if (unpaid.length >= max) throw new TooManyUnpaidOrders(max);
    // Without a conflict, the list is unknown. If there is one, this write fails, and the next attempt has seen it.
    return (orderId) => this.lists.replace(userId, listed, [...unpaid, orderId]);
  }

  /**
   * The customer's unpaid orders, `candidates` among them; not all if they are as many as allowed. The index lags behind, so the
   * candidates are read by their ids.
   */
  private async findUnpaid(userId: UserId, candidates: readonly OrderId[]): Promise<OrderId[]> {
    const { unpaidOrdersMax: max } = this.settings;
    const found = new Set<OrderId>();
    const read = (orders: readonly (Order | undefined)[]) => {
      for (const order of orders) {
        if (order?.status === 'CREATED') found.add(order.orderId);
        else if (order) this.remove(order.orderId);
      }
      return found.size >= max;
    };
    if (read(await this.orders.findAll([...new Set(candidates)]))) return [...found];
    const now = this.clock.now();
    const pages = iteratePages(PAGE_SIZE, (page) =>
      this.orders.findByUser(userId, addMinutes(now, -LOOKBACK_MINUTES), latestSlotAt(now), page),
    );
    for await (const orders of pages) if (read(orders)) break;
    return [...found];
  }

  private rememberedOf(userId: UserId): UnpaidOrder[] {
    const now = this.clock.now();
    const orders = [...(this.ordersOf.get(userId)?.values() ?? [])];
    for (const { orderId, until } of orders) if (until <= now) this.remove(orderId);
    return orders.filter(({ until }) => until > now);
  }

  private remember({ orderId, userId, payBy, createdAt }: Order, listed: boolean): void {
    const order = { orderId, userId, listed, until: addMinutes(payBy ?? createdAt, REMEMBERED_MINUTES) };
    this.remembered.set(orderId, order);
    const orders = this.ordersOf.get(userId);
    if (orders) orders.set(orderId, order);
    else this.ordersOf.set(userId, new Map([[orderId, order]]));
  }

  private removeFromCustomer({ orderId, userId }: UnpaidOrder): void {
    const orders = this.ordersOf.get(userId);
    orders?.delete(orderId);
    if (orders?.size === 0) this.ordersOf.delete(userId);
  }
}
