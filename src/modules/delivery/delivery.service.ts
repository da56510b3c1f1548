import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import type { DeliveryId, OrderId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { StaleVersion } from '../../platform/errors';
import { actorOfChange } from '../../platform/request-context';
import { Transaction } from '../../platform/transaction/transaction';
import { type CancellationEffects, type Order, OrderCancellation, OrderService, OrderTransitions } from '../order';
import { DeliveryRepository } from './delivery.repository';
import {
  applyReport,
  assertValidReport,
  type Delivery,
  type DeliveryReport,
  deliveryUpdatedEvent,
  failureReasonOf,
  isDuplicateReport,
  orderEventOf,
} from './domain/delivery';
import { DeliveryChanged, DeliveryNotFound, OrderNotPacked, OwnDelivery } from './domain/delivery.errors';
import { type DeliveryStatus, isCustomerFault, isOpen, ORDER_EFFECTS, returnsStock } from './domain/delivery.status';
import { deliveryIdOf } from './domain/ids';

/** Shows deliveries and records their progress, together with that of their orders. */
@Injectable()
export class DeliveryService implements OnModuleInit {
  constructor(
    private readonly repository: DeliveryRepository,
    private readonly orders: OrderService,
    private readonly transitions: OrderTransitions,
    private readonly cancellation: OrderCancellation,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
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

  /**
   * Records a report of the courier or an admin. The order changes in the same transaction. A repeated report changes
   * nothing. A failure before PICKED_UP returns the stock. Emits `delivery.updated`, and `order.dispatched`, `order.delivered` or `order.cancelled`.
   *
   * Errors: `delivery.not_found` (also for a courier who ordered it but does not deliver it), `delivery.own_order` for
   * one who does and reports how it ended, `delivery.illegal_transition`, `delivery.order_not_packed`, `request.stale` if it is no longer version `expected`.
   */
  async report(
    deliveryId: DeliveryId,
    deliveryReport: DeliveryReport,
    caller: Caller,
    expected?: number,
  ): Promise<Delivery> {
    assertValidReport(deliveryReport);
    return retryOnConflict(DeliveryChanged, async () => {
      const delivery = await this.repository.find(deliveryId);
      if (!delivery || !mayReport(delivery, caller)) throw new DeliveryNotFound(deliveryId);
      if (isDuplicateReport(delivery, deliveryReport)) return delivery;
      if (isOfOwnOrder(delivery, caller) && !isOpen(deliveryReport.status)) throw new OwnDelivery();
      if (expected !== undefined && expected !== delivery.version) throw new StaleVersion();
      return this.commit(delivery, deliveryReport);
    });
  }

  private async commit(current: Delivery, deliveryReport: DeliveryReport): Promise<Delivery> {
    const delivery = applyReport(current, deliveryReport, { at: this.clock.now(), ...actorOfChange() });
    const { orderId, status } = delivery;
    const effect = ORDER_EFFECTS[status];
    const orderEvent = orderEventOf(delivery);
    // The lines of the order are needed only here, and may change until a courier picks it up.
    const unsold = returnsStock(current.status, status) ? await this.orders.get(orderId) : undefined;
    const events: DomainEvent[] = [deliveryUpdatedEvent(delivery), ...(orderEvent ? [orderEvent] : [])];
    await this.transaction.commit(
      [
        this.repository.changeStatus(current, delivery),
        this.transitions.applyDeliveryStatus({
          orderId,
          deliveryStatus: status,
          orderStatus: effect?.orderStatus,
          reason: effect?.reason,
          expectedVersion: unsold?.version,
          refusalOf: (order) => {
            if (unsold && order?.version !== unsold.version) return new DeliveryChanged();
            if (order?.status === 'CONFIRMED') return new OrderNotPacked(orderId);
            return new Error(
              `Order ${orderId} (${order?.status}) is inconsistent with its delivery (${current.status})`,
            );
          },
        }),
        ...(unsold ? this.cancellation.stockReturnsOf(unsold) : []),
      ],
      events,
    );
    return delivery;
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

function isOfOwnOrder(delivery: Delivery, { userId, role }: Caller): boolean {
  return role === 'COURIER' && delivery.userId === userId;
}

/** Whether a caller may report on a delivery: its courier or an admin, not its customer. */
function mayReport({ courierId }: Delivery, { userId, role }: Caller): boolean {
  return role === 'ADMIN' || (role === 'COURIER' && courierId === userId);
}
