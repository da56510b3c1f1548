import { Injectable } from '@nestjs/common';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { type Order, OrderChanges, OrderService } from '../order';
import { CourierChoice } from './courier.choice';
import { assign, type Assignment, checkSlot, type Delivery, deliveryAssigned, reassign } from './delivery';
import { CourierNotFound, DeliveryChanged, DeliveryNotFound, OrderNotConfirmed } from './delivery.errors';
import { DeliveryRepository } from './delivery.repository';

/** Who brings an order, when and where to; the order says the same, by the same transaction. */
@Injectable()
export class DeliveryAssignment {
  constructor(
    private readonly repository: DeliveryRepository,
    private readonly couriers: CourierChoice,
    private readonly orders: OrderService,
    private readonly changes: OrderChanges,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /**
   * Assigns the delivery of a confirmed order, or while it is ASSIGNED changes its courier, slot or address; without a
   * courier the present one stays, else one is chosen. Emits `delivery.assigned`. `order.not_found`,
   * `delivery.order_not_confirmed`, `delivery.illegal_transition`, `delivery.courier_not_found`,
   * `delivery.slot_not_ahead`.
   */
  async assign(orderId: OrderId, chosen: Assignment, once?: IdempotentRequest): Promise<Delivery> {
    return this.idempotency.run(once, async () => {
      const { courierId, deliverySlot } = chosen;
      checkSlot(deliverySlot, this.clock.now());
      if (courierId !== undefined && !(await this.couriers.isAtWork(courierId))) throw new CourierNotFound(courierId);
      return retryOnConflict(DeliveryChanged, async () => {
        const order = await this.orders.get(orderId);
        return order.delivery
          ? this.change(order, order.delivery.deliveryId, chosen, once)
          : this.begin(order, await this.repository.lastCourierOf(order.userId), chosen, once);
      });
    });
  }

  /** Assigns a confirmed order that nobody has assigned yet; of any other there is nothing to do. */
  async assignByItself({ orderId, userId }: Pick<Order, 'orderId' | 'userId'>): Promise<void> {
    const reads = [this.orders.readOf(orderId), this.repository.roundOf(userId)];
    const [orderItem, round] = await this.database.batchGet(reads);
    const order = this.orders.orderOf(orderId, orderItem);
    if (order.delivery) return;
    try {
      await this.begin(order, this.repository.courierOf(round), {});
    } catch (error) {
      // Assigned or cancelled meanwhile.
      if (!(error instanceof DeliveryChanged || error instanceof OrderNotConfirmed)) throw error;
    }
  }

  private async begin(
    order: Order,
    last: UserId | undefined,
    chosen: Assignment,
    once?: IdempotentRequest,
  ): Promise<Delivery> {
    if (order.status !== 'CONFIRMED' && order.status !== 'PACKED') {
      throw new OrderNotConfirmed(order.orderId, order.status);
    }
    const courierId = chosen.courierId ?? (await this.couriers.of(last));
    const delivery = assign(order, { ...chosen, courierId }, this.clock.now());
    await this.commit(order, delivery, [this.repository.create(delivery), this.round(delivery, last)], once);
    return delivery;
  }

  private async change(
    order: Order,
    deliveryId: string,
    chosen: Assignment,
    once?: IdempotentRequest,
  ): Promise<Delivery> {
    const [delivery, last] = await Promise.all([
      this.repository.find(deliveryId),
      this.repository.lastCourierOf(order.userId),
    ]);
    if (!delivery) throw new DeliveryNotFound(deliveryId);
    const courierId = chosen.courierId ?? delivery.courierId ?? (await this.couriers.of(last));
    const changed = reassign(delivery, { ...chosen, courierId });
    if (changed !== delivery) {
      const writes = [this.repository.reassign(delivery, changed), this.round(changed, last)];
      await this.commit(order, changed, writes, once);
    } else if (once) {
      await this.transaction.commit([this.idempotency.recordResponse(once, delivery)]);
    }
    return changed;
  }

  private async commit(
    order: Order,
    delivery: Delivery,
    writes: readonly (Write | undefined)[],
    once?: IdempotentRequest,
  ) {
    const { orderId } = order;
    const { deliveryId, status, courierId, deliverySlot, address } = delivery;
    const moved = {
      deliverySlot: deliverySlot === order.deliverySlot ? undefined : deliverySlot,
      address: address === order.address ? undefined : address,
    };
    await this.transaction.commit(
      [
        this.idempotency.recordResponse(once, delivery),
        ...writes,
        this.changes.noteDelivery(
          orderId,
          { deliveryId, status, courierId },
          moved,
          (old) => new OrderNotConfirmed(orderId, old?.status ?? 'gone'),
        ),
      ],
      [deliveryAssigned(delivery)],
    );
  }

  private round({ userId, courierId }: Delivery, last: string | undefined): Write | undefined {
    return courierId !== undefined && courierId !== last ? this.repository.remember(userId, courierId) : undefined;
  }
}
