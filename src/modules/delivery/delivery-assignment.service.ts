import { Injectable } from '@nestjs/common';
import type { DeliveryEvent } from '../../events/delivery.events';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { actorOfChange } from '../../platform/request-context';
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
import { orderStatusesDuring } from './domain/delivery.status';
import { deliveryIdOf } from './domain/ids';
import type { CourierChoice, UsualCourier } from './domain/usual-courier';

/** What an admin chooses. With `permanent`, the courier becomes the customer's usual one. */
export interface ChosenAssignment extends Assignment {
  readonly permanent?: boolean;
}

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
   * address. Once it is PICKED_UP or IN_TRANSIT, changes only its courier, and it keeps its status. Without
   * `courierId`, keeps the current courier if active, or selects one, but never the customer. Emits `delivery.assigned` if anything changes.
   *
   * Errors: `order.not_found`, `delivery.order_not_confirmed`, `delivery.illegal_transition`,
   * `delivery.courier_not_found`, `delivery.slot_not_ahead`, and with `idempotencyKey` those of the idempotency key.
   */
  async assign(orderId: OrderId, chosen: ChosenAssignment, idempotencyKey?: IdempotentRequest): Promise<Delivery> {
    return this.idempotency.run(idempotencyKey, async () => {
      assertSlotAhead(chosen.deliverySlot, this.clock.now());
      await this.assertActive(chosen.courierId);
      return this.assignChecked(orderId, chosen, idempotencyKey);
    });
  }

  /** `delivery.courier_not_found` unless the courier is active. */
  async assertActive(courierId: UserId | undefined): Promise<void> {
    if (courierId !== undefined && !(await this.couriers.isActive(courierId))) throw new CourierNotFound(courierId);
  }

  /** As `assign`, for a courier and a slot that were checked. */
  async assignChecked(
    orderId: OrderId,
    chosen: ChosenAssignment,
    idempotencyKey?: IdempotentRequest,
  ): Promise<Delivery> {
    return retryOnConflict(DeliveryChanged, async () => {
      const order = await this.orders.get(orderId);
      const [delivery, usual] = await this.database.batchGet([
        order.delivery && this.repository.readOf(order.delivery.deliveryId),
        chosen.courierId === undefined ? this.repository.usualCourierReadOf(order.userId) : undefined,
      ]);
      if (order.delivery && !delivery) throw new DeliveryNotFound(order.delivery.deliveryId);
      const choice = await this.courierFor(order.userId, chosen, delivery, usual);
      return delivery
        ? this.changeDelivery(order, delivery, chosen, choice, usual, idempotencyKey)
        : this.createDelivery(order, chosen, choice, usual, idempotencyKey);
    });
  }

  /** Assigns the delivery of a confirmed order, unless it is assigned already or cancelled. */
  async assignAutomatically({ orderId, userId }: Pick<Order, 'orderId' | 'userId'>): Promise<void> {
    try {
      await retryOnConflict(DeliveryChanged, async () => {
        const [order, usual] = await this.database.batchGet([
          this.orders.readOf(orderId),
          this.repository.usualCourierReadOf(userId),
        ]);
        if (!order) throw new OrderNotFound(orderId);
        if (order.delivery) return;
        await this.createDelivery(order, {}, await this.couriers.select(userId, usual), usual);
      });
    } catch (error) {
      // The order was cancelled meanwhile.
      if (!(error instanceof OrderNotConfirmed)) throw error;
    }
  }

  /**
   * Selects a courier for the delivery of an order, if it is still ASSIGNED to `from` (undefined: to no courier).
   * `fallback` is taken if no other courier is known to be active. Changes nothing if there is none.
   */
  async reassignAutomatically(orderId: OrderId, from: UserId | undefined, fallback?: UserId): Promise<void> {
    await retryOnConflict(DeliveryChanged, async () => {
      const [order, delivery] = await this.database.batchGet([
        this.orders.readOf(orderId),
        this.repository.readOf(deliveryIdOf(orderId)),
      ]);
      if (!order || delivery?.status !== 'ASSIGNED' || delivery.courierId !== from) return;
      const usual = await this.database.get(this.repository.usualCourierReadOf(order.userId));
      const choice = await this.couriers.select(order.userId, usual);
      const courierId = choice.courierId ?? (fallback === order.userId ? undefined : fallback);
      await this.changeDelivery(order, delivery, {}, { ...choice, courierId }, usual);
    });
  }

  /** The chosen courier, else the current one if active, else a selected one. */
  private async courierFor(
    customerId: UserId,
    { courierId, permanent }: ChosenAssignment,
    current: Delivery | undefined,
    usual: UsualCourier | undefined,
  ): Promise<CourierChoice> {
    if (courierId !== undefined) return { courierId, ...(permanent && { usual: { courierId } }) };
    const kept = current?.courierId === customerId ? undefined : current?.courierId;
    if (kept !== undefined && (await this.couriers.isActive(kept))) return {};
    return this.couriers.select(customerId, usual);
  }

  private async createDelivery(
    order: Order,
    chosen: ChosenAssignment,
    choice: CourierChoice,
    usual: UsualCourier | undefined,
    idempotencyKey?: IdempotentRequest,
  ): Promise<Delivery> {
    if (order.status !== 'CONFIRMED' && order.status !== 'PACKED') {
      throw new OrderNotConfirmed(order.orderId, order.status);
    }
    const origin = { at: this.clock.now(), ...actorOfChange() };
    const delivery = assign(order, { ...chosen, courierId: choice.courierId }, origin);
    const writes = [this.repository.create(delivery), this.usualCourierWrite(order.userId, chosen, choice, usual)];
    const events = [deliveryAssignedEvent(delivery, undefined), ...usualCourierEvents(order, chosen)];
    await this.commit(order, delivery, writes, events, idempotencyKey);
    return delivery;
  }

  private async changeDelivery(
    order: Order,
    delivery: Delivery,
    chosen: ChosenAssignment,
    choice: CourierChoice,
    usual: UsualCourier | undefined,
    idempotencyKey?: IdempotentRequest,
  ): Promise<Delivery> {
    const { deliverySlot, address } = chosen;
    const changed = reassign(delivery, { deliverySlot, address, courierId: choice.courierId });
    const usualCourierWrite = this.usualCourierWrite(order.userId, chosen, choice, usual);
    if (changed !== delivery) {
      const writes = [this.repository.reassign(delivery, changed), usualCourierWrite];
      const events = [deliveryAssignedEvent(changed, delivery), ...usualCourierEvents(order, chosen)];
      await this.commit(order, changed, writes, events, idempotencyKey);
    } else if (usualCourierWrite || idempotencyKey) {
      await this.transaction.commit(
        [this.idempotency.recordResponse(idempotencyKey, delivery), usualCourierWrite],
        usualCourierEvents(order, chosen),
      );
    }
    return changed;
  }

  private async commit(
    order: Order,
    delivery: Delivery,
    writes: readonly (Write | undefined)[],
    events: readonly DeliveryEvent[],
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
          orderStatusesDuring(status),
          changedFields,
          (old) => new OrderNotConfirmed(orderId, old?.status ?? 'missing'),
        ),
      ],
      events,
    );
  }

  /** An admin's choice takes precedence. An automatic one is repeated if another one was stored meanwhile. */
  private usualCourierWrite(
    userId: UserId,
    { permanent }: ChosenAssignment,
    choice: CourierChoice,
    seen: UsualCourier | undefined,
  ): Write | undefined {
    if (!choice.usual) return undefined;
    return permanent
      ? this.repository.setUsualCourier(userId, choice.usual)
      : this.repository.storeUsualCourier(userId, choice.usual, seen);
  }
}

/** Only an admin's choice of the usual courier is an event. */
function usualCourierEvents({ userId }: Order, { permanent, courierId }: ChosenAssignment): DeliveryEvent[] {
  if (!permanent || courierId === undefined) return [];
  return [{ type: 'delivery.usual_courier_chosen', userId, courierId }];
}
