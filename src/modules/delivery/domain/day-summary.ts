import type { UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { Order, OrderStatus } from '../../order';
import { type DeliveryStatus, ORDER_EFFECTS } from './delivery.status';

export type OrderCounts = Readonly<Record<OrderStatus, number>>;
export type DeliveryCounts = Readonly<Record<DeliveryStatus, number>>;

/** How far the orders to deliver on a date are. */
export interface DaySummary {
  readonly orders: OrderCounts;
  /** Sum of all orders that are not cancelled. */
  readonly amount: MinorUnits;
  /** The deliveries of each courier, and of no courier. Without those that ended because their order was cancelled. */
  readonly couriers: ReadonlyMap<UserId | undefined, DeliveryCounts>;
}

const NO_ORDERS: OrderCounts = { CREATED: 0, CONFIRMED: 0, PACKED: 0, DISPATCHED: 0, DELIVERED: 0, CANCELLED: 0 };
const NO_DELIVERIES: DeliveryCounts = { ASSIGNED: 0, PICKED_UP: 0, IN_TRANSIT: 0, DELIVERED: 0, FAILED: 0 };

type CountedOrder = Pick<Order, 'status' | 'amount' | 'delivery' | 'history'>;

/** Adds up the orders of a day, page by page. */
export class DayTally {
  private readonly orders = { ...NO_ORDERS };
  private readonly couriers = new Map<UserId | undefined, Record<DeliveryStatus, number>>();
  private amount: MinorUnits = 0;

  add(orders: readonly CountedOrder[]): void {
    for (const order of orders) {
      this.orders[order.status]++;
      if (order.status !== 'CANCELLED') this.amount += order.amount;
      this.addDelivery(order);
    }
  }

  get summary(): DaySummary {
    return { orders: this.orders, amount: this.amount, couriers: this.couriers };
  }

  private addDelivery({ status, delivery, history }: CountedOrder): void {
    if (!delivery) return;
    const hasFailed = history.at(-1)?.reason === ORDER_EFFECTS.FAILED?.reason;
    if (status === 'CANCELLED' && !hasFailed) return;
    const counts = this.couriers.get(delivery.courierId) ?? { ...NO_DELIVERIES };
    counts[delivery.status as DeliveryStatus]++;
    this.couriers.set(delivery.courierId, counts);
  }
}
