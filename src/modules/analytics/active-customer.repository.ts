import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate, millisecondsOf } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { put, type Write } from '../../platform/dynamo/write';
import { activeCustomerTable } from './analytics.schema';
import { AlreadyCounted } from './domain/analytics.errors';

/** Longer than a message can be in a queue and its dead-letter queue. */
const RETENTION_DAYS = 60;

/** The customers with an order on a date. */
@Injectable()
export class ActiveCustomerRepository {
  private readonly table: string;

  constructor(database: Database) {
    this.table = database.tableName(activeCustomerTable);
  }

  /** `AlreadyCounted` if the customer already has an order on the date. */
  add(date: LocalDate, userId: UserId): Write {
    const expiresAt = Math.floor(millisecondsOf(`${addDays(date, RETENTION_DAYS)}T00:00:00Z`) / 1_000);
    return put(
      this.table,
      { userId, date, expiresAt },
      { condition: 'attribute_not_exists(userId)' },
      () => new AlreadyCounted(),
    );
  }

  readOf(date: LocalDate, userId: UserId): Read<object | undefined> {
    return readItem(this.table, { userId, date });
  }
}
