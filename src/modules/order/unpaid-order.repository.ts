import { Injectable } from '@nestjs/common';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { EXPIRES_AT } from '../../platform/dynamo/table';
import { type Item, put, update, type Write } from '../../platform/dynamo/write';
import { unpaidOrdersTable } from './order.schema';

/** Longer than any order can be unpaid. */
const RETENTION_SECONDS = 3 * 86_400;

/** The list of a customer's unpaid orders has no room, or has changed. */
export class NoRoomListed extends Error {
  constructor(readonly listed: ReadonlySet<OrderId> | undefined) {
    super('The order cannot be added to the unpaid orders of its customer');
  }
}

/**
 * A list per customer that names orders which were unpaid when it was last rewritten. Every order that a customer places
 * while another one is unpaid changes it, so that two cannot take the last place. See ADR 28.
 */
@Injectable()
export class UnpaidOrderRepository {
  private readonly table: string;

  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(unpaidOrdersTable);
  }

  /** Adds orders to a list that then has at most `max`; there may be none yet. `NoRoomListed`. */
  add(userId: UserId, orderIds: readonly OrderId[], max: number): Write {
    return update(
      this.table,
      { userId },
      { set: { [EXPIRES_AT]: this.expiresAt() }, add: { orderIds: new Set(orderIds) } },
      {
        condition: 'attribute_not_exists(userId) OR size(orderIds) <= :room',
        values: { room: max - orderIds.length },
      },
      (old) => new NoRoomListed(listOf(old)),
    );
  }

  /** Replaces the list, if it still is the one that was seen. `NoRoomListed`. */
  replace(userId: UserId, seen: ReadonlySet<OrderId> | undefined, orderIds: readonly OrderId[]): Write {
    return put(
      this.table,
      { userId, orderIds: new Set(orderIds), [EXPIRES_AT]: this.expiresAt() },
      seen ? { condition: 'orderIds = :seen', values: { seen } } : { condition: 'attribute_not_exists(userId)' },
      (old) => new NoRoomListed(listOf(old)),
    );
  }

  private expiresAt(): number {
    return Math.ceil(this.clock.realNow() / 1_000) + RETENTION_SECONDS;
  }
}

function listOf(item: Item | undefined): ReadonlySet<OrderId> | undefined {
  return item?.orderIds as ReadonlySet<OrderId> | undefined;
}
