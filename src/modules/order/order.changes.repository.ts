import { Injectable } from '@nestjs/common';
import { Calendar, type Instant } from '../../kernel/calendar';
import type { OrderId, PaymentId, UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { dayPartition } from '../../platform/dynamo/day-partition';
import { type AttributeChanges, type Item, update, type Write } from '../../platform/dynamo/write';
import type { DeliverySummary, Order, PaymentSummary } from './order';
import { orderTable } from './order.schema';
import { before, type OrderStatus } from './order.status';

/** What a condition that failed means, told from the order as it is. */
export type Refused = (old: Order | undefined) => Error;

/** A payment that is about to be made: by whom, of how much. An admin may pay for anybody. */
export interface Paying {
  readonly orderId: OrderId;
  readonly payer?: UserId;
  readonly amount: MinorUnits;
}

/** What happens to an order after it was placed: each a write whose condition is the rule. */
@Injectable()
export class OrderChanges {
  private readonly table: string;

  constructor(
    database: Database,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(orderTable);
  }

  /** Reserves an unpaid order for one gateway payment. */
  claimPayment(paying: Paying, payment: PaymentSummary, refused: Refused): Write {
    return this.change(paying.orderId, { set: { payment } }, payable(paying), refused);
  }

  /** Confirms an unpaid order that pays in one go: by wallet, or on delivery. */
  payAndConfirm(paying: Paying, payment: PaymentSummary, refused: Refused): Write {
    return this.change(
      paying.orderId,
      this.becoming('CONFIRMED', { set: { payment }, remove: ['unpaid', 'payBy'] }),
      payable(paying),
      refused,
    );
  }

  /** Confirms an order whose claimed payment has succeeded. */
  confirmPaid(orderId: OrderId, payment: PaymentSummary, refused: Refused): Write {
    return this.change(
      orderId,
      this.becoming('CONFIRMED', { set: { payment }, remove: ['unpaid', 'payBy'] }),
      {
        condition: '#status = :created AND payment.paymentId = :payment',
        values: { created: 'CREATED', payment: payment.paymentId },
      },
      refused,
    );
  }

  /** Notes how a payment of the order stands now. */
  notePayment(orderId: OrderId, paymentId: PaymentId, status: string, refused: Refused): Write {
    return this.change(
      orderId,
      { set: { 'payment.#status': status } },
      { condition: 'payment.paymentId = :payment', values: { payment: paymentId } },
      refused,
    );
  }

  /** Notes the delivery of a confirmed order: a new one, or its new courier, slot or address. */
  noteDelivery(
    orderId: OrderId,
    delivery: DeliverySummary,
    moved: { deliverySlot?: Instant; address?: string },
    refused: Refused,
  ): Write {
    const { deliverySlot } = moved;
    return this.change(
      orderId,
      { set: { delivery, ...moved, day: deliverySlot && dayPartition(this.calendar.dateOf(deliverySlot), orderId) } },
      {
        condition: '#status IN (:confirmed, :packed)',
        values: { confirmed: 'CONFIRMED', packed: 'PACKED' },
      },
      refused,
    );
  }

  /** Follows its delivery, and where the delivery's status asks for it, changes its own. */
  followDelivery(
    orderId: OrderId,
    status: string,
    to: OrderStatus | undefined,
    reason: string | undefined,
    refused: Refused,
  ) {
    const change: AttributeChanges = { set: { 'delivery.#status': status } };
    const from = to ? before(to) : [];
    return this.change(
      orderId,
      to ? this.becoming(to, change, reason) : change,
      {
        condition: ['attribute_exists(delivery)', ...(to ? [`#status IN (${placeholders(from)})`] : [])].join(' AND '),
        values: valuesOf(from),
      },
      refused,
    );
  }

  /** Packs an order; only as the caller has read it, when they name a version. */
  pack(orderId: OrderId, expected: number | undefined, refused: Refused): Write {
    const from = before('PACKED');
    const isSeen = expected === undefined ? '' : ' AND version = :expected';
    return this.change(
      orderId,
      this.becoming('PACKED', {}),
      {
        condition: `#status IN (${placeholders(from)})${isSeen}`,
        values: { ...valuesOf(from), ...(expected !== undefined && { expected }) },
      },
      refused,
    );
  }

  /** Changes the status of an order as it was read. */
  move(
    { orderId, version }: Order,
    to: OrderStatus,
    reason: string | undefined,
    refused: Refused,
    set: Item = {},
  ): Write {
    return this.change(
      orderId,
      this.becoming(to, { set, remove: ['unpaid', 'payBy'] }, reason),
      { condition: 'version = :seen', values: { seen: version } },
      refused,
    );
  }

  private becoming(status: OrderStatus, change: AttributeChanges, reason?: string): AttributeChanges {
    const entry = { status, at: this.clock.now(), ...(reason && { reason }) };
    return { ...change, set: { ...change.set, '#status': status }, appendToLists: { history: [entry] } };
  }

  private change(
    orderId: OrderId,
    change: AttributeChanges,
    { condition, values }: { condition: string; values: Item },
    refused: Refused,
  ): Write {
    return update(
      this.table,
      { orderId },
      { ...change, add: { version: 1 } },
      { condition, values, names: usesStatus(change, condition) ? { status: 'status' } : {} },
      (old) => refused(old as Order | undefined),
    );
  }
}

/** Unpaid, by the right person, the right amount, and no other payment under way. */
function payable({ payer, amount }: Paying) {
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
