import { Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import { type DeliveryId, shardOf, type UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { dayPartition } from '../../platform/dynamo/day-partition';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type Condition, put, update, type Write } from '../../platform/dynamo/write';
import { actorOfChange } from '../../platform/request-context';
import { customerCourierTable, deliveryTable } from './delivery.schema';
import type { Delivery } from './domain/delivery';
import { DeliveryChanged } from './domain/delivery.errors';
import { type DeliveryStatus, isOpen, ORDER_CANCELLED } from './domain/delivery.status';
import type { UsualCourier } from './domain/usual-courier';

export const UNASSIGNED_SHARDS = 4;

/** Stores deliveries, and the usual courier of each customer. */
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

  readOf(deliveryId: DeliveryId): Read<Delivery | undefined> {
    return readItem<Delivery>(this.table, { deliveryId });
  }

  async find(deliveryId: DeliveryId): Promise<Delivery | undefined> {
    return this.database.get(this.readOf(deliveryId));
  }

  /** The read of a customer's usual courier, to batch with other reads. Undefined if there is none. */
  usualCourierReadOf(userId: UserId): Read<UsualCourier | undefined> {
    return readItem<UsualCourier>(this.customerCouriers, { userId });
  }

  /** The write that creates the delivery of an order. `DeliveryChanged` if it exists. */
  create(delivery: Delivery): Write {
    const unassigned = delivery.courierId === undefined ? unassignedShardOf(delivery) : undefined;
    const item = { ...delivery, day: this.dayOf(delivery), unassigned };
    return put(this.table, item, { condition: 'attribute_not_exists(deliveryId)' }, () => new DeliveryChanged());
  }

  /** The write that changes the courier, slot and address of a delivery. `DeliveryChanged` if it has changed. */
  reassign(current: Delivery, { courierId, deliverySlot, address, ...rest }: Delivery): Write {
    const day = this.dayOf({ deliverySlot, ...rest });
    const remove = courierId === undefined ? [] : ['unassigned'];
    return this.change(current, { set: { courierId, deliverySlot, address, day }, remove });
  }

  /** The write that moves a delivery to its next status. `DeliveryChanged` if it has changed. */
  changeStatus(current: Delivery, { status, history }: Delivery): Write {
    const appendToLists = { history: history.slice(current.history.length) };
    return this.change(current, { set: { status }, appendToLists, remove: isOpen(status) ? [] : ['unassigned'] });
  }

  /** The write that ends the delivery of an order that is being cancelled, together with the write to the order. */
  fail(deliveryId: DeliveryId, currentStatus: DeliveryStatus): Write {
    const entry = { status: 'FAILED', at: this.clock.now(), reason: ORDER_CANCELLED, ...actorOfChange() };
    return update(
      this.table,
      { deliveryId },
      { set: { status: 'FAILED' }, appendToLists: { history: [entry] }, add: { version: 1 }, remove: ['unassigned'] },
      { condition: '#status = :seen', values: { seen: currentStatus } },
      () => new DeliveryChanged(),
    );
  }

  /** The write that sets a customer's usual courier, without a condition. */
  setUsualCourier(userId: UserId, usual: UsualCourier): Write {
    return put(this.customerCouriers, { userId, ...usual });
  }

  /** The write that replaces a customer's usual courier. `DeliveryChanged` if it is not `seen` any more. */
  storeUsualCourier(userId: UserId, usual: UsualCourier, seen: UsualCourier | undefined): Write {
    return put(this.customerCouriers, { userId, ...usual }, isStill(seen), () => new DeliveryChanged());
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

/** Spreads the deliveries that wait for a courier over the partitions of their index. */
function unassignedShardOf({ orderId }: Delivery): string {
  return String(shardOf(orderId, UNASSIGNED_SHARDS));
}

function isStill(seen: UsualCourier | undefined): Condition {
  if (!seen) return { condition: 'attribute_not_exists(userId)' };
  const { courierId, substituteId } = seen;
  const isSameSubstitute =
    substituteId === undefined ? 'attribute_not_exists(substituteId)' : 'substituteId = :substitute';
  return {
    condition: `courierId = :courier AND ${isSameSubstitute}`,
    values: { courier: courierId, ...(substituteId !== undefined && { substitute: substituteId }) },
  };
}
