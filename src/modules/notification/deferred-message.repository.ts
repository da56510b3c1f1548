import { Injectable } from '@nestjs/common';
import { type Instant, millisecondsOf } from '../../kernel/calendar';
import { newEventId, shardOf } from '../../kernel/ids';
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
  /** Differs each time the message is stored. */
  readonly storedAs: string;
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
    await this.database.write(
      put(this.table, { ...key, storedAs: newEventId(), notification, [EXPIRES_AT]: expiresAt }),
    );
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

  /** Deletes a message, unless another task has stored it again since it was read. */
  async delete({ shard, due, storedAs }: DeferredMessage): Promise<void> {
    const unchanged = { condition: 'storedAs = :storedAs', values: { storedAs } };
    try {
      await this.database.write(remove(this.table, { shard, due }, unchanged, () => new StoredAgain()));
    } catch (error) {
      if (!(error instanceof StoredAgain)) throw error;
    }
  }
}

class StoredAgain extends Error {}
