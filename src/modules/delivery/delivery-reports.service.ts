import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import type { DeliveryId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { StaleVersion } from '../../platform/errors';
import { actorOfChange } from '../../platform/request-context';
import { Transaction } from '../../platform/transaction/transaction';
import { OrderCancellation, OrderService, OrderTransitions } from '../order';
import { DeliveryRepository } from './delivery.repository';
import {
  applyReport,
  type Delivery,
  deliveryUpdatedEvent,
  isApplied,
  isAppliedReportOf,
  isDuplicateReport,
  isOfOwnOrder,
  mayReport,
  orderEventOf,
} from './domain/delivery';
import { DeliveryChanged, DeliveryNotFound, OrderNotPacked, OwnDelivery } from './domain/delivery.errors';
import { isOpen, ORDER_EFFECTS, returnsStock } from './domain/delivery.status';
import { assertTimely, assertValidReport, type DeliveryReport } from './domain/report';

/** What a report did. ALREADY_APPLIED: it was applied before. UNCHANGED: the delivery already was as it says. */
export interface ReportOutcome {
  readonly result: 'APPLIED' | 'ALREADY_APPLIED' | 'UNCHANGED';
  readonly delivery: Delivery;
}

/** A delivery that was read before the report. Undefined if there is none. */
interface ReadBefore {
  readonly delivery: Delivery | undefined;
}

/** Records what couriers and admins report on deliveries, together with the changes of the orders. */
@Injectable()
export class DeliveryReports {
  constructor(
    private readonly repository: DeliveryRepository,
    private readonly orders: OrderService,
    private readonly transitions: OrderTransitions,
    private readonly cancellation: OrderCancellation,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /**
   * Records a report of the courier or an admin. The order changes in the same transaction. A repeated report changes
   * nothing. A failure before PICKED_UP returns the stock. Emits `delivery.updated`, and `order.dispatched`, `order.delivered` or `order.cancelled`.
   *
   * Errors: `delivery.not_found` (also for a courier who ordered it but does not deliver it), `delivery.own_order` for
   * one who does and reports how it ended, `delivery.illegal_transition`, `delivery.order_not_packed`, `request.stale` if it is no longer version `expected`.
   * With `at`: `delivery.report_from_future`, `delivery.report_too_old`. With `clientEventId`: `delivery.client_event_reused`.
   *
   * `read` saves the first read. If the delivery has changed since, the write fails and it is read again.
   */
  async record(
    deliveryId: DeliveryId,
    report: DeliveryReport,
    caller: Caller,
    { expected, read }: { readonly expected?: number; readonly read?: ReadBefore } = {},
  ): Promise<ReportOutcome> {
    assertValidReport(report);
    return retryOnConflict(DeliveryChanged, async (conflict) => {
      const { delivery } = read && !conflict ? read : { delivery: await this.repository.find(deliveryId) };
      const mayKnow = delivery && (mayReport(delivery, caller) || isAppliedReportOf(delivery, report, caller.userId));
      if (!mayKnow) throw new DeliveryNotFound(deliveryId);
      if (isApplied(delivery, report)) return { result: 'ALREADY_APPLIED', delivery };
      assertTimely(report, this.clock.now());
      if (isDuplicateReport(delivery, report)) return { result: 'UNCHANGED', delivery };
      if (isOfOwnOrder(delivery, caller) && !isOpen(report.status)) throw new OwnDelivery();
      if (expected !== undefined && expected !== delivery.version) throw new StaleVersion();
      return { result: 'APPLIED', delivery: await this.commit(delivery, report) };
    });
  }

  /** The version in the condition of the write also guards what the history was searched for. */
  private async commit(current: Delivery, report: DeliveryReport): Promise<Delivery> {
    const delivery = applyReport(current, report, { at: this.clock.now(), ...actorOfChange() });
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
}
