import { Injectable } from '@nestjs/common';
import { type Instant, millisecondsOf } from '../../kernel/calendar';
import { shardOf } from '../../kernel/ids';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { EXPIRES_AT } from '../../platform/dynamo/table';
import { put, remove } from '../../platform/dynamo/write';
import type { Notification } from './domain/notification';
import { deferredMessagesTable } from './notification.schema';

/** Enough partitions to store an evening of messages within a minute. */
const SHARD_COUNT = 4;
/** If no scheduler runs for this long, the messages are of no use any more. */
const RETENTION_SECONDS = 7 * 86_400;

export const SHARDS: readonly string[] = Array.from({ length: SHARD_COUNT }, (_, shard) => `${shard}`);

/** A message that waits, and where it is stored. */
export interface DeferredMessage {
  readonly shard: string;
  readonly due: string;
  readonly notification: Notification;
}

/** SMS that wait until the quiet hours are over. */
@Injectable()
export class DeferredMessageRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(deferredMessagesTable);
  }

  /** Stores a message until an instant. The same message again replaces it. */
  async add(notification: Notification, dueAt: Instant): Promise<void> {
    const { eventId } = notification;
    const key = { shard: `${shardOf(eventId, SHARD_COUNT)}`, due: `${dueAt}#${eventId}` };
    const expiresAt = Math.ceil(millisecondsOf(dueAt) / 1_000) + RETENTION_SECONDS;
    await this.database.write(put(this.table, { ...key, notification, [EXPIRES_AT]: expiresAt }));
  }

  /** The messages of a shard that are due, oldest first. */
  async listDue(shard: string, now: Instant, page: PageRequest): Promise<Page<DeferredMessage>> {
    return this.database.queryPage<DeferredMessage>(
      {
        TableName: this.table,
        KeyConditionExpression: '#shard = :shard AND due < :end',
        ExpressionAttributeNames: { '#shard': 'shard' },
        // Sorts after each message that is due now.
        ExpressionAttributeValues: { ':shard': shard, ':end': `${now}~` },
      },
      page,
    );
  }

  async delete({ shard, due }: DeferredMessage): Promise<void> {
    await this.database.write(remove(this.table, { shard, due }));
  }
}
