import { Injectable } from '@nestjs/common';
import { MAX_SLOT_DAYS_AHEAD } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { collectAll } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { put } from '../../platform/dynamo/write';
import { inactiveCourierTable } from './delivery.schema';

interface Row {
  readonly courierId: UserId;
  readonly expiresAt: number;
}

/** Twice as long as a delivery can be planned ahead. After that, a courier has no open deliveries. */
const RETENTION_SECONDS = 2 * MAX_SLOT_DAYS_AHEAD * 24 * 60 * 60;
const LIST = 'ALL';
const PAGE_SIZE = 1_000;

/** Couriers who were blocked or changed their role lately. They may be active again. */
@Injectable()
export class InactiveCourierRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(inactiveCourierTable);
  }

  async add(courierId: UserId): Promise<void> {
    const expiresAt = this.nowInSeconds() + RETENTION_SECONDS;
    await this.database.write(put(this.table, { list: LIST, courierId, expiresAt }));
  }

  /** Their ids, sorted. */
  async list(): Promise<UserId[]> {
    const rows = await collectAll(PAGE_SIZE, (page) =>
      this.database.queryPage<Row>(
        {
          TableName: this.table,
          KeyConditionExpression: '#list = :list',
          ExpressionAttributeNames: { '#list': 'list' },
          ExpressionAttributeValues: { ':list': LIST },
          ConsistentRead: true,
        },
        page,
      ),
    );
    return rows.filter(({ expiresAt }) => expiresAt > this.nowInSeconds()).map(({ courierId }) => courierId);
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.realNow() / 1000);
  }
}
