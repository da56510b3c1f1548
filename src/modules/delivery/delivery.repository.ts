import { Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { DeliveryId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { dayPartition } from '../../platform/dynamo/day-partition';
import { mapRead, type Read, readItem } from '../../platform/dynamo/read';
import { put, update, type Write } from '../../platform/dynamo/write';
import { customerCourierTable, deliveryTable } from './delivery.schema';
import type { Delivery } from './domain/delivery';
import { DeliveryChanged } from './domain/delivery.errors';
import { type DeliveryStatus, ORDER_CANCELLED } from './domain/delivery.status';

/** Stores deliveries, and the last courier of each customer. */
@Injectable()
export class DeliveryRepository {
  private readonly table: string;
  private readonly customerCouriers: string;

  constructor(
    private readonly database: Database,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(deliveryTable);
    this.customerCouriers = database.tableName(customerCourierTable);
  }

  async find(deliveryId: DeliveryId): Promise<Delivery | undefined> {
    return this.database.get(readItem<Delivery>(this.table, { deliveryId }));
  }

  async previousCourierOf(userId: UserId): Promise<UserId | undefined> {
    return this.database.get(this.previousCourierReadOf(userId));
  }

  /** The read of a customer's last courier, to batch with other reads. Undefined if there is none. */
  previousCourierReadOf(userId: UserId): Read<UserId | undefined> {
    const read = readItem<{ readonly courierId: UserId }>(this.customerCouriers, { userId });
    return mapRead(read, (stored) => stored?.courierId);
  }

  /** The write that creates the delivery of an order. `DeliveryChanged` if it exists. */
  create(delivery: Delivery): Write {
    const item = { ...delivery, day: this.dayOf(delivery) };
    return put(this.table, item, { condition: 'attribute_not_exists(deliveryId)' }, () => new DeliveryChanged());
  }

  /** The write that changes the courier, slot and address of a delivery. `DeliveryChanged` if it has changed. */
  reassign(current: Delivery, { courierId, deliverySlot, address, ...rest }: Delivery): Write {
    const day = this.dayOf({ deliverySlot, ...rest });
    return this.change(current, { set: { courierId, deliverySlot, address, day } });
  }

  /** The write that moves a delivery to its next status. `DeliveryChanged` if it has changed. */
  changeStatus(current: Delivery, { status, history }: Delivery): Write {
    return this.change(current, { set: { status }, appendToLists: { history: history.slice(current.history.length) } });
  }

  /** The write that ends the delivery of an order that is being cancelled, together with the write to the order. */
  fail(deliveryId: DeliveryId, currentStatus: DeliveryStatus): Write {
    const entry = { status: 'FAILED', at: this.clock.now(), reason: ORDER_CANCELLED };
    return update(
      this.table,
      { deliveryId },
      { set: { status: 'FAILED' }, appendToLists: { history: [entry] }, add: { version: 1 } },
      { condition: '#status = :seen', values: { seen: currentStatus } },
      () => new DeliveryChanged(),
    );
  }

  /** The write that records a customer's last courier. */
  recordCustomerCourier(userId: UserId, courierId: UserId): Write {
    return put(
      this.customerCouriers,
      { userId, courierId },
      {},
      () => new Error('The condition of a write without a condition failed'),
    );
  }

  private change({ deliveryId, version }: Delivery, change: Parameters<typeof update>[2]): Write {
    return update(
      this.table,
      { deliveryId },
      { ...change, add: { version: 1 } },
      { condition: 'version = :seen', values: { seen: version } },
      () => new DeliveryChanged(),
    );
  }

  private dayOf({ deliverySlot, orderId }: Pick<Delivery, 'deliverySlot' | 'orderId'>): string {
    return dayPartition(this.calendar.dateOf(deliverySlot), orderId);
  }
}
