import { Injectable } from '@nestjs/common';
import type { OrderId, UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { readItem } from '../../platform/dynamo/read';
import { update, type Write } from '../../platform/dynamo/write';
import type { OrderCredit } from './domain/credit';
import { type DeliveredOrder, type Month, monthOf, shardOfUser } from './domain/invoice';
import { AlreadyInvoiced, SeriesMoved } from './domain/invoice.errors';
import { invoicedOrderTable } from './invoice.schema';

/** A delivered order, and the invoice that it is part of. */
export interface InvoicedOrder {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly month: Month;
  /** Absent until the order becomes part of an invoice. Never changes once that is issued with the order. */
  readonly invoiceId?: string;
  /** Present until the invoice is issued, and from a refund until it is credited. */
  readonly pendingShard?: string;
  /** What was refunded of the order's payment in all. */
  readonly refunded?: MinorUnits;
  /** The credit notes of the order. */
  readonly credits?: readonly OrderCredit[];
}

type OrderKey = Pick<DeliveredOrder, 'orderId' | 'userId' | 'date'>;

/** Which invoice each delivered order is part of. */
@Injectable()
export class InvoicedOrderRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(invoicedOrderTable);
  }

  async find(orderId: OrderId): Promise<InvoicedOrder | undefined> {
    return this.database.get(readItem<InvoicedOrder>(this.table, { orderId }));
  }

  /** Orders by id, in the order of the ids. Undefined where there is none. */
  async findAll(orderIds: readonly OrderId[]): Promise<(InvoicedOrder | undefined)[]> {
    return this.database.batchGet(orderIds.map((orderId) => readItem<InvoicedOrder>(this.table, { orderId })));
  }

  /** Adds a delivered order without an invoice. `AlreadyInvoiced` if it is already there. */
  async add(order: OrderKey): Promise<void> {
    const { orderId } = order;
    await this.database.write(
      update(
        this.table,
        { orderId },
        { set: pendingAttributesOf(order) },
        // A refund or a request can be recorded before the delivery.
        { condition: 'attribute_not_exists(customerOrder)' },
        () => new AlreadyInvoiced(),
      ),
    );
  }

  /**
   * Makes an order part of an invoice. Returns it with what was refunded of it, or undefined if it is part of another
   * invoice.
   */
  async assign(order: DeliveredOrder, invoiceId: string): Promise<DeliveredOrder | undefined> {
    const alreadyInvoiced = new AlreadyInvoiced();
    try {
      const row = await this.database.write<InvoicedOrder>(
        update(
          this.table,
          { orderId: order.orderId },
          // An order that was delivered before this table existed has no row.
          { set: { invoiceId, ...pendingAttributesOf(order) } },
          { condition: 'attribute_not_exists(invoiceId) OR invoiceId = :invoiceId', values: { invoiceId } },
          () => alreadyInvoiced,
        ),
      );
      return { ...order, refunded: row?.refunded };
    } catch (error) {
      if (error === alreadyInvoiced) return undefined;
      throw error;
    }
  }

  /** Records what was refunded of an order in all, and makes the order pending. Does nothing if that was recorded. */
  async recordRefunded(
    { orderId, userId }: Pick<InvoicedOrder, 'orderId' | 'userId'>,
    refunded: MinorUnits,
  ): Promise<void> {
    const alreadyRecorded = new Error('The refund is already recorded');
    try {
      await this.database.write(
        update(
          this.table,
          { orderId },
          // An order whose delivery is not recorded is not listed as pending before it is.
          { set: { refunded, pendingShard: String(shardOfUser(userId)) } },
          { condition: 'attribute_not_exists(refunded) OR refunded < :refunded', values: { refunded } },
          () => alreadyRecorded,
        ),
      );
    } catch (error) {
      if (error !== alreadyRecorded) throw error;
    }
  }

  /** Adds a credit note to those that an order had when it was read. `SeriesMoved` if it has got another one since. */
  addCredit({ orderId, credits = [] }: InvoicedOrder, credit: OrderCredit): Write {
    return update(
      this.table,
      { orderId },
      { set: { credits: [...credits, credit] } },
      credits.length === 0
        ? { condition: 'attribute_exists(invoiceId) AND attribute_not_exists(credits)' }
        : { condition: 'size(credits) = :seen', values: { seen: credits.length } },
      () => new SeriesMoved(),
    );
  }

  /** Makes an order pending without an invoice again, unless it no longer is part of the one it had when it was read. */
  async release({ orderId, userId, invoiceId }: InvoicedOrder): Promise<void> {
    const alreadyReleased = new Error('The order is already released');
    try {
      await this.database.write(
        update(
          this.table,
          { orderId },
          { set: { pendingShard: String(shardOfUser(userId)) }, remove: ['invoiceId'] },
          { condition: 'invoiceId = :invoiceId', values: { invoiceId } },
          () => alreadyReleased,
        ),
      );
    } catch (error) {
      if (error !== alreadyReleased) throw error;
    }
  }

  /** Takes a settled order off the list of pending orders, unless something was refunded of it since it was read. */
  async finish({ orderId, refunded }: InvoicedOrder): Promise<void> {
    const refundedSince = new Error('The order was refunded since it was read');
    try {
      await this.database.write(
        update(
          this.table,
          { orderId },
          { remove: ['pendingShard'] },
          refunded === undefined
            ? { condition: 'attribute_not_exists(refunded)' }
            : { condition: 'refunded = :refunded', values: { refunded } },
          () => refundedSince,
        ),
      );
    } catch (error) {
      if (error !== refundedSince) throw error;
    }
  }

  /** Records a request for an invoice. `AlreadyInvoiced` if there was one since `before` (real time in ms). */
  recordRequest(orderId: OrderId, at: number, before: number): Write {
    return update(
      this.table,
      { orderId },
      { set: { requestedAt: at } },
      { condition: 'attribute_not_exists(requestedAt) OR requestedAt < :before', values: { before } },
      () => new AlreadyInvoiced(),
    );
  }

  /** The pending orders of a shard, those of one customer next to each other, beginning after a customer. */
  async pendingOfShard(shard: number, after: UserId | undefined, page: PageRequest): Promise<Page<InvoicedOrder>> {
    return this.database.queryPage(
      {
        TableName: this.table,
        IndexName: 'byPendingShard',
        KeyConditionExpression: `pendingShard = :shard${after === undefined ? '' : ' AND customerOrder > :after'}`,
        ExpressionAttributeValues: {
          ':shard': String(shard),
          // Sorts after every order of the customer.
          ...(after !== undefined && { ':after': `${after}#~` }),
        },
      },
      page,
    );
  }
}

function pendingAttributesOf({ orderId, userId, date }: OrderKey) {
  const pendingShard = String(shardOfUser(userId));
  return { userId, month: monthOf(date), pendingShard, customerOrder: `${userId}#${orderId}` };
}

/** Whether a write was made. False if the order was part of an invoice, or requested, before. */
export async function ignoringInvoiced(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof AlreadyInvoiced) return false;
    throw error;
  }
}
