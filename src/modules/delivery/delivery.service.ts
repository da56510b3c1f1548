import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DeliveryId, OrderId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { type CancellationEffects, type Order, OrderCancellation } from '../order';
import { DeliveryRepository } from './delivery.repository';
import { type Delivery, failureReasonOf, mayReport } from './domain/delivery';
import { DeliveryNotFound } from './domain/delivery.errors';
import { type DeliveryStatus, isCustomerFault } from './domain/delivery.status';
import { deliveryIdOf } from './domain/ids';

/** Shows deliveries, and ends those of cancelled orders. */
@Injectable()
export class DeliveryService implements OnModuleInit {
  constructor(
    private readonly repository: DeliveryRepository,
    private readonly cancellation: OrderCancellation,
  ) {}

  onModuleInit(): void {
    this.cancellation.onCancel((order) => this.cancellationEffectsOf(order));
  }

  /** A delivery, for its customer, its courier or an admin. `delivery.not_found` for anyone else. */
  async get(deliveryId: DeliveryId, caller: Caller): Promise<Delivery> {
    const delivery = await this.repository.find(deliveryId);
    if (!delivery || !(delivery.userId === caller.userId || mayReport(delivery, caller))) {
      throw new DeliveryNotFound(deliveryId);
    }
    return delivery;
  }

  /** Whether the delivery of an order failed because of the customer, so that the payment is not refunded. */
  async hasFailedByCustomerFault(orderId: OrderId): Promise<boolean> {
    const delivery = await this.repository.find(deliveryIdOf(orderId));
    return delivery?.status === 'FAILED' && isCustomerFault(failureReasonOf(delivery));
  }

  /** The changes of a delivery when its order is cancelled. */
  private cancellationEffectsOf({ orderId, userId, deliverySlot, delivery }: Order): CancellationEffects {
    if (!delivery) return { writes: [], events: [] };
    const { deliveryId, courierId } = delivery;
    const facts = { deliveryId, orderId, userId, courierId, deliverySlot };
    return {
      delivery: { ...delivery, status: 'FAILED' },
      writes: [this.repository.fail(deliveryId, delivery.status as DeliveryStatus)],
      events: [{ type: 'delivery.updated', ...facts, status: 'FAILED', reason: 'ORDER_CANCELLED' }],
    };
  }
}
