import { Injectable } from '@nestjs/common';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { type Order, OrderNotFound, OrderService, OrderTransitions } from '../order';
import { CourierSelector } from './courier-selector.service';
import { DeliveryRepository } from './delivery.repository';
import {
  assertSlotAhead,
  assign,
  type Assignment,
  type Delivery,
  deliveryAssignedEvent,
  reassign,
} from './domain/delivery';
import { CourierNotFound, DeliveryChanged, DeliveryNotFound, OrderNotConfirmed } from './domain/delivery.errors';

/** Assigns couriers, slots and addresses to deliveries. The same transaction updates the order. */
@Injectable()
export class DeliveryAssignment {
  constructor(
    private readonly repository: DeliveryRepository,
    private readonly couriers: CourierSelector,
    private readonly orders: OrderService,
    private readonly transitions: OrderTransitions,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /**
   * Assigns the delivery of a confirmed or packed order. While the delivery is ASSIGNED, changes its courier, slot or
   * address. Without `courierId`, keeps the current courier or selects one. Emits `delivery.assigned` if anything
   * changes.
   *
   * Errors: `order.not_found`, `delivery.order_not_confirmed`, `delivery.illegal_transition`,
   * `delivery.courier_not_found`, `delivery.slot_not_ahead`, and with `idempotencyKey` those of the idempotency key.
   */
  async assign(orderId: OrderId, chosen: Assignment, idempotencyKey?: IdempotentRequest): Promise<Delivery> {
    return this.idempotency.run(idempotencyKey, async () => {
      const { courierId, deliverySlot } = chosen;
      assertSlotAhead(deliverySlot, this.clock.now());
      if (courierId !== undefined && !(await this.couriers.isActive(courierId))) throw new CourierNotFound(courierId);
      return retryOnConflict(DeliveryChanged, async () => {
        const order = await this.orders.get(orderId);
        return order.delivery
          ? this.changeAssignment(order, order.delivery.deliveryId, chosen, idempotencyKey)
          : this.createDelivery(order, await this.repository.previousCourierOf(order.userId), chosen, idempotencyKey);
      });
    });
  }

  /** Assigns the delivery of a confirmed order, unless it is assigned already or cancelled. */
  async assignAutomatically({ orderId, userId }: Pick<Order, 'orderId' | 'userId'>): Promise<void> {
    const [order, previousCourierId] = await this.database.batchGet([
      this.orders.readOf(orderId),
      this.repository.previousCourierReadOf(userId),
    ]);
    if (!order) throw new OrderNotFound(orderId);
    if (order.delivery) return;
    try {
      await this.createDelivery(order, previousCourierId, {});
    } catch (error) {
      // Another request assigned or cancelled the order meanwhile.
      if (!(error instanceof DeliveryChanged || error instanceof OrderNotConfirmed)) throw error;
    }
  }

  private async createDelivery(
    order: Order,
    previousCourierId: UserId | undefined,
    chosen: Assignment,
    idempotencyKey?: IdempotentRequest,
  ): Promise<Delivery> {
    if (order.status !== 'CONFIRMED' && order.status !== 'PACKED') {
      throw new OrderNotConfirmed(order.orderId, order.status);
    }
    const courierId = chosen.courierId ?? (await this.couriers.select(previousCourierId));
    const delivery = assign(order, { ...chosen, courierId }, this.clock.now());
    await this.commit(
      order,
      delivery,
      [this.repository.create(delivery), this.customerCourierWrite(delivery, previousCourierId)],
      idempotencyKey,
    );
    return delivery;
  }

  private async changeAssignment(
    order: Order,
    deliveryId: string,
    chosen: Assignment,
    idempotencyKey?: IdempotentRequest,
  ): Promise<Delivery> {
    const [delivery, previousCourierId] = await Promise.all([
      this.repository.find(deliveryId),
      this.repository.previousCourierOf(order.userId),
    ]);
    if (!delivery) throw new DeliveryNotFound(deliveryId);
    const courierId = chosen.courierId ?? delivery.courierId ?? (await this.couriers.select(previousCourierId));
    const changed = reassign(delivery, { ...chosen, courierId });
    if (changed !== delivery) {
      const writes = [
        this.repository.reassign(delivery, changed),
        this.customerCourierWrite(changed, previousCourierId),
      ];
      await this.commit(order, changed, writes, idempotencyKey);
    } else if (idempotencyKey) {
      await this.transaction.commit([this.idempotency.recordResponse(idempotencyKey, delivery)]);
    }
    return changed;
  }

  private async commit(
    order: Order,
    delivery: Delivery,
    writes: readonly (Write | undefined)[],
    idempotencyKey?: IdempotentRequest,
  ) {
    const { orderId } = order;
    const { deliveryId, status, courierId, deliverySlot, address } = delivery;
    const changedFields = {
      deliverySlot: deliverySlot === order.deliverySlot ? undefined : deliverySlot,
      address: address === order.address ? undefined : address,
    };
    await this.transaction.commit(
      [
        this.idempotency.recordResponse(idempotencyKey, delivery),
        ...writes,
        this.transitions.recordDelivery(
          orderId,
          { deliveryId, status, courierId },
          changedFields,
          (old) => new OrderNotConfirmed(orderId, old?.status ?? 'missing'),
        ),
      ],
      [deliveryAssignedEvent(delivery)],
    );
  }

  private customerCourierWrite(
    { userId, courierId }: Delivery,
    previousCourierId: string | undefined,
  ): Write | undefined {
    return courierId !== undefined && courierId !== previousCourierId
      ? this.repository.recordCustomerCourier(userId, courierId)
      : undefined;
  }
}
