import { Injectable } from '@nestjs/common';
import { Calendar, type Instant } from '../../kernel/calendar';
import { type OrderId, orderNumberOf, type PaymentId, type UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { type PricedLine, type RequestedLine, totalOf } from '../../kernel/pricing';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { dayPartition } from '../../platform/dynamo/day-partition';
import { type AttributeChanges, type Item, update, type Write } from '../../platform/dynamo/write';
import { actorOfChange } from '../../platform/request-context';
import type { DeliverySummary, Order, PaymentSummary } from './domain/order';
import { type OrderStatus, predecessorsOf } from './domain/order.status';
import { orderTable } from './order.schema';
import { UnpaidOrders } from './unpaid-orders.service';

/** Derives the error of a failed condition from the stored order. */
export type RefusalOf = (old: Order | undefined) => Error;

/** A payment that is about to be made. `payer` is undefined for an admin, who may pay for any customer. */
export interface PaymentClaim {
  readonly orderId: OrderId;
  readonly payer?: UserId;
  readonly amount: MinorUnits;
}

/** A new status of an order's delivery. */
export interface DeliveryStatusUpdate {
  readonly orderId: OrderId;
  readonly deliveryStatus: string;
  /** The status that the order takes with it. Without it, the order keeps its own. */
  readonly orderStatus?: OrderStatus;
  /** Why the order is cancelled. */
  readonly reason?: string;
  /** The version that the order must have. Undefined: any. */
  readonly expectedVersion?: number;
  readonly refusalOf: RefusalOf;
}

/** The changes of an order after it was placed. Each is a write whose condition enforces the rule. */
@Injectable()
export class OrderTransitions {
  private readonly table: string;

  constructor(
    database: Database,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    private readonly unpaidOrders: UnpaidOrders,
  ) {
    this.table = database.tableName(orderTable);
  }

  /** Reserves an unpaid order for one gateway payment. */
  claimPayment(claim: PaymentClaim, payment: PaymentSummary, refusalOf: RefusalOf): Write {
    return this.updateOrder(claim.orderId, { set: { payment } }, payableCondition(claim), refusalOf);
  }

  /** Confirms an unpaid order with a payment that needs no gateway: by wallet or on delivery. */
  payAndConfirm(claim: PaymentClaim, payment: PaymentSummary, refusalOf: RefusalOf): Write {
    return this.endUnpaid(
      claim.orderId,
      this.withStatus('CONFIRMED', { set: { payment } }),
      payableCondition(claim),
      refusalOf,
    );
  }

  /** Confirms an order whose claimed payment has succeeded. */
  confirmPaid(orderId: OrderId, payment: PaymentSummary, refusalOf: RefusalOf): Write {
    return this.endUnpaid(
      orderId,
      this.withStatus('CONFIRMED', { set: { payment } }),
      {
        condition: '#status = :created AND payment.paymentId = :payment',
        values: { created: 'CREATED', payment: payment.paymentId },
      },
      refusalOf,
    );
  }

  /** Records the new status of the order's payment. */
  recordPaymentStatus(orderId: OrderId, paymentId: PaymentId, status: string, refusalOf: RefusalOf): Write {
    return this.updateOrder(
      orderId,
      { set: { 'payment.#status': status } },
      { condition: 'payment.paymentId = :payment', values: { payment: paymentId } },
      refusalOf,
    );
  }

  /**
   * Records the delivery of an order, with its courier, slot and address. The order must be in one of the statuses
   * `from`.
   */
  recordDelivery(
    orderId: OrderId,
    delivery: DeliverySummary,
    from: readonly OrderStatus[],
    changedFields: { deliverySlot?: Instant; address?: string },
    refusalOf: RefusalOf,
  ): Write {
    const { deliverySlot } = changedFields;
    return this.updateOrder(
      orderId,
      {
        set: {
          delivery,
          ...changedFields,
          day: deliverySlot && dayPartition(this.calendar.dateOf(deliverySlot), orderId),
        },
      },
      { condition: `#status IN (${placeholders(from)})`, values: valuesOf(from) },
      refusalOf,
    );
  }

  /** Records the new status of the order's delivery, and the status that the order takes with it, if any. */
  applyDeliveryStatus({ orderId, deliveryStatus, orderStatus, reason, ...rest }: DeliveryStatusUpdate): Write {
    const { expectedVersion, refusalOf } = rest;
    const change: AttributeChanges = { set: { 'delivery.#status': deliveryStatus } };
    const from = orderStatus ? predecessorsOf(orderStatus) : [];
    const conditions = [
      'attribute_exists(delivery)',
      ...(orderStatus ? [`#status IN (${placeholders(from)})`] : []),
      ...(expectedVersion === undefined ? [] : ['version = :expected']),
    ];
    const values = { ...valuesOf(from), ...(expectedVersion !== undefined && { expected: expectedVersion }) };
    return this.updateOrder(
      orderId,
      orderStatus ? this.withStatus(orderStatus, change, reason) : change,
      { condition: conditions.join(' AND '), values },
      refusalOf,
    );
  }

  /** Packs a confirmed order. If `expected` is given, only in that version. */
  pack(orderId: OrderId, expected: number | undefined, refusalOf: RefusalOf): Write {
    const from = predecessorsOf('PACKED');
    const versionCondition = expected === undefined ? '' : ' AND version = :expected';
    return this.updateOrder(
      orderId,
      this.withStatus('PACKED', {}),
      {
        condition: `#status IN (${placeholders(from)})${versionCondition}`,
        values: { ...valuesOf(from), ...(expected !== undefined && { expected }) },
      },
      refusalOf,
    );
  }

  /** Adds lines that were missing to a confirmed order, once, unless it has changed since it was read. */
  addLines(
    order: Order,
    { items, missing }: { readonly items: readonly PricedLine[]; readonly missing: readonly RequestedLine[] },
    refusalOf: RefusalOf,
  ): Write {
    const { orderId, version, amount } = order;
    const addedAmount = totalOf(items);
    const isComplete = missing.length === 0;
    return this.updateOrder(
      orderId,
      {
        set: {
          items: [...order.items, ...items],
          amount: amount + addedAmount,
          addedAmount,
          missing: isComplete ? undefined : missing,
        },
        remove: isComplete ? ['missing'] : [],
      },
      {
        condition: 'version = :seen AND #status = :confirmed AND attribute_not_exists(addedAmount)',
        values: { seen: version, confirmed: 'CONFIRMED' },
      },
      refusalOf,
    );
  }

  /** Changes the status of an order, unless it has changed since it was read. */
  changeStatus(
    { orderId, version }: Order,
    to: OrderStatus,
    reason: string | undefined,
    refusalOf: RefusalOf,
    set: Item = {},
  ): Write {
    return this.endUnpaid(
      orderId,
      this.withStatus(to, { set }, reason),
      { condition: 'version = :seen', values: { seen: version } },
      refusalOf,
    );
  }

  private withStatus(status: OrderStatus, change: AttributeChanges, reason?: string): AttributeChanges {
    const entry = { status, at: this.clock.now(), ...(reason && { reason }), ...actorOfChange() };
    return { ...change, set: { ...change.set, '#status': status }, appendToLists: { history: [entry] } };
  }

  /** A change after which the order no longer waits for its payment. */
  private endUnpaid(
    orderId: OrderId,
    change: AttributeChanges,
    condition: { condition: string; values: Item },
    refusalOf: RefusalOf,
  ): Write {
    const write = this.updateOrder(orderId, { ...change, remove: ['unpaid', 'payBy'] }, condition, refusalOf);
    return { ...write, afterCommit: () => this.unpaidOrders.remove(orderId) };
  }

  /** Every change also writes the order number, for orders that do not have it in the index yet. */
  private updateOrder(
    orderId: OrderId,
    change: AttributeChanges,
    { condition, values }: { condition: string; values: Item },
    refusalOf: RefusalOf,
  ): Write {
    return update(
      this.table,
      { orderId },
      { ...change, set: { ...change.set, orderNumber: orderNumberOf(orderId) }, add: { version: 1 } },
      { condition, values, names: usesStatus(change, condition) ? { status: 'status' } : {} },
      (old) => refusalOf(old as Order | undefined),
    );
  }
}

/** The order is unpaid, belongs to the payer, has the claimed amount, and has no other active payment. */
function payableCondition({ payer, amount }: PaymentClaim) {
  const rules = [
    '#status = :created',
    'amount = :amount',
    '(attribute_not_exists(payment) OR payment.#status IN (:failed, :refunded))',
    ...(payer ? ['userId = :payer'] : []),
  ];
  return {
    condition: rules.join(' AND '),
    values: { created: 'CREATED', amount, failed: 'FAILED', refunded: 'REFUNDED', ...(payer && { payer }) },
  };
}

function usesStatus({ set = {} }: AttributeChanges, condition: string): boolean {
  return condition.includes('#status') || Object.keys(set).some((name) => name.includes('#status'));
}

function placeholders(statuses: readonly OrderStatus[]): string {
  return statuses.map((_, index) => `:from${index}`).join(', ');
}

function valuesOf(statuses: readonly OrderStatus[]): Item {
  return Object.fromEntries(statuses.map((status, index) => [`from${index}`, status]));
}
