import { Injectable } from '@nestjs/common';
import type { OrderId, UserId } from '../../kernel/ids';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { readItem } from '../../platform/dynamo/read';
import { put, update, type Write } from '../../platform/dynamo/write';
import { type DeliveredOrder, type Month, monthOf, shardOfUser } from './domain/invoice';
import { AlreadyInvoiced } from './domain/invoice.errors';
import { invoicedOrderTable } from './invoice.schema';

/** A delivered order, and the invoice that it is part of. */
export interface InvoicedOrder {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly month: Month;
  /** Absent until the order becomes part of an invoice. Never changes. */
  readonly invoiceId?: string;
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

  /** Adds a delivered order without an invoice. `AlreadyInvoiced` if it is already there. */
  async add(order: OrderKey): Promise<void> {
    const { orderId } = order;
    await this.database.write(
      put(
        this.table,
        { orderId, ...pendingAttributesOf(order) },
        { condition: 'attribute_not_exists(orderId)' },
        () => new AlreadyInvoiced(),
      ),
    );
  }

  /** Makes an order part of an invoice. `AlreadyInvoiced` if it is part of another one. */
  async assign(order: OrderKey, invoiceId: string): Promise<void> {
    await this.database.write(
      update(
        this.table,
        { orderId: order.orderId },
        // An order that was delivered before this table existed has no row.
        { set: { invoiceId, ...pendingAttributesOf(order) } },
        { condition: 'attribute_not_exists(invoiceId) OR invoiceId = :invoiceId', values: { invoiceId } },
        () => new AlreadyInvoiced(),
      ),
    );
  }

  /** Takes an order off the list of pending orders, once its invoice is issued. */
  async finish(orderId: OrderId): Promise<void> {
    await this.database.write(update(this.table, { orderId }, { remove: ['pendingShard'] }));
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
export async function ignoringInvoiced(write: Promise<void>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof AlreadyInvoiced) return false;
    throw error;
  }
}
