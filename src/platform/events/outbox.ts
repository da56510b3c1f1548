import { Inject, Injectable } from '@nestjs/common';
import { firstEventIdAt, newEventId } from '../../kernel/ids';
import { random } from '../../kernel/random';
import { Batcher } from '../batcher';
import { Clock } from '../clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import type { Page, PageRequest } from '../dynamo/cursor';
import { Database } from '../dynamo/database';
import { readItem } from '../dynamo/read';
import { declareTable } from '../dynamo/table';
import { type Item, put, remove, update, type Write } from '../dynamo/write';
import { currentContext } from '../request-context';
import { currentTraceparent } from '../telemetry/tracing';
import type { PublishedEvent, RegisteredEvent } from './event';

export const outboxTable = declareTable('Outbox', {
  shard: { type: String, hashKey: true },
  outboxId: { type: String, rangeKey: true },
});

/** A subscriber that failed for an event. */
export interface SubscriberFailure {
  readonly eventId: string;
  readonly subscriber: string;
  readonly error: string;
}

/** The events of one transaction. The row exists until every subscriber has succeeded. */
export interface OutboxRow {
  readonly shard: string;
  readonly outboxId: string;
  readonly events: readonly PublishedEvent[];
  /** Number of attempts, counted when they start, so that an attempt that crashes the process counts too. */
  readonly attempts: number;
  /** Subscribers that failed in the last attempt. Only they run again. Absent before the first attempt. */
  readonly failed?: readonly SubscriberFailure[];
  /**
   * When the sweep may take the row. Until then, the process that committed or leased it delivers it. Real time in ms.
   */
  readonly nextAttemptAt: number;
}

export const OUTBOX_SHARDS = ['0', '1', '2', '3', '4', '5', '6', '7'] as const;
const PARKED = 'parked';

/** Whether a row is parked. It stays parked until an admin retries it. */
export function isParked({ shard }: OutboxRow): boolean {
  return shard === PARKED;
}

const DELETE_BATCH_SIZE = 25;
const BATCH_WINDOW_MILLISECONDS = 50;

/** Stores events in the transaction of the change they report, so an event exists if and only if the change does. */
@Injectable()
export class Outbox {
  private readonly table: string;
  private readonly deletions: Batcher<OutboxRow>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {
    this.table = database.tableName(outboxTable);
    this.deletions = new Batcher((rows) => this.deleteBatch(rows), {
      maxSize: DELETE_BATCH_SIZE,
      windowMilliseconds: BATCH_WINDOW_MILLISECONDS,
    });
  }

  /** Adds the id, the time and the request of an event, and the person who made the request. */
  withMetadata<E extends RegisteredEvent>(event: E): PublishedEvent<E> {
    const { requestId = newEventId(), by } = currentContext() ?? {};
    const occurredAt = this.clock.now();
    return { ...event, eventId: newEventId(), occurredAt, requestId, by, trace: currentTraceparent() };
  }

  createRow(events: readonly RegisteredEvent[]): OutboxRow {
    return this.createRowOfPublished(events.map((event) => this.withMetadata(event)));
  }

  /** A row for events that already have their metadata, optionally only for the subscribers that failed. */
  createRowOfPublished(events: readonly PublishedEvent[], failed?: readonly SubscriberFailure[]): OutboxRow {
    const shard = OUTBOX_SHARDS[Math.floor(random() * OUTBOX_SHARDS.length)] ?? '0';
    const nextAttemptAt = this.clock.realNow() + this.config.outboxSweepAfterSeconds * 1_000;
    return { shard, outboxId: events[0]?.eventId ?? newEventId(), events, attempts: 1, failed, nextAttemptAt };
  }

  insert(row: OutboxRow): Write {
    return put(this.table, row);
  }

  /** Deletes a row whose subscribers have all succeeded. Deletions within 50 ms share a batch. */
  async complete(row: OutboxRow): Promise<void> {
    await this.deletions.add(row);
  }

  /** The oldest rows of a shard, or the parked ones. */
  listShard(shard: string, page: PageRequest): Promise<Page<OutboxRow>> {
    return this.queryShard('#shard = :shard', { ':shard': shard }, page);
  }

  /** The rows of a shard whose first event is older than a moment (real time, milliseconds). */
  listOlder(shard: string, createdBefore: number, page: PageRequest): Promise<Page<OutboxRow>> {
    const values = { ':shard': shard, ':bound': firstEventIdAt(createdBefore) };
    return this.queryShard('#shard = :shard AND outboxId < :bound', values, page);
  }

  private queryShard(condition: string, values: Item, page: PageRequest): Promise<Page<OutboxRow>> {
    return this.database.queryPage<OutboxRow>(
      {
        TableName: this.table,
        KeyConditionExpression: condition,
        ExpressionAttributeNames: { '#shard': 'shard' },
        ExpressionAttributeValues: values,
        ConsistentRead: true,
      },
      page,
    );
  }

  listParked(page: PageRequest): Promise<Page<OutboxRow>> {
    return this.listShard(PARKED, page);
  }

  /** The parked rows among the given ones. */
  async findParked(outboxIds: readonly string[]): Promise<OutboxRow[]> {
    const rows = await this.database.batchGet(
      outboxIds.map((outboxId) => readItem<OutboxRow>(this.table, { shard: PARKED, outboxId })),
    );
    return rows.filter((row) => row !== undefined);
  }

  /** Leases a due row. Undefined if another process took it first. */
  async lease(row: OutboxRow, milliseconds: number): Promise<OutboxRow | undefined> {
    return this.updateIfUnchanged(row, {
      attempts: row.attempts + 1,
      nextAttemptAt: this.clock.realNow() + milliseconds,
    });
  }

  /** Stores when the failed subscribers run again. Returns the stored row, or undefined if another process took it. */
  async postpone(
    row: OutboxRow,
    failed: readonly SubscriberFailure[],
    milliseconds: number,
  ): Promise<OutboxRow | undefined> {
    return this.updateIfUnchanged(row, { failed, nextAttemptAt: this.clock.realNow() + milliseconds });
  }

  /** Postpones a row without counting an attempt. */
  async defer(row: OutboxRow, milliseconds: number): Promise<void> {
    await this.updateIfUnchanged(row, { nextAttemptAt: this.clock.realNow() + milliseconds });
  }

  /** Stores events for the subscribers that failed, to be retried. */
  async store(events: readonly PublishedEvent[], failed: readonly SubscriberFailure[]): Promise<void> {
    await this.database.write(this.insert(this.createRowOfPublished(events, failed)));
  }

  /** Parks an event for one subscriber, after its retries outside the outbox were used up. Idempotent. */
  async parkEvent(event: PublishedEvent, failure: SubscriberFailure): Promise<OutboxRow> {
    const row = { ...this.createRowOfPublished([event], [failure]), shard: PARKED };
    await this.database.write(this.insert(row));
    return row;
  }

  /** Parks a row after its last attempt. Admins can list and retry parked rows. */
  async park(row: OutboxRow, failed: readonly SubscriberFailure[]): Promise<void> {
    await this.moveRow(row, { ...row, shard: PARKED, failed });
  }

  /**
   * Makes a parked row due again for the subscribers that failed, and returns it. Undefined if another request did so
   * first.
   */
  async unpark(row: OutboxRow): Promise<OutboxRow | undefined> {
    const newRow = this.createRowOfPublished(row.events, row.failed);
    const due = { ...newRow, attempts: 0, nextAttemptAt: this.clock.realNow() };
    return (await this.moveRow(row, due)) ? due : undefined;
  }

  /** False if the row is no longer there. */
  private async moveRow(from: OutboxRow, to: OutboxRow): Promise<boolean> {
    const rowMissing = new Error('Another process moved the row');
    const key = { shard: from.shard, outboxId: from.outboxId };
    const exists = { condition: 'attribute_exists(outboxId)' };
    try {
      await this.database.transact([remove(this.table, key, exists, () => rowMissing), put(this.table, to)]);
      return true;
    } catch (error) {
      if (error === rowMissing) return false;
      throw error;
    }
  }

  private async updateIfUnchanged(row: OutboxRow, attributes: Partial<OutboxRow>): Promise<OutboxRow | undefined> {
    const rowTaken = new Error('Another process changed the row');
    try {
      return await this.database.write<OutboxRow>(
        update(
          this.table,
          { shard: row.shard, outboxId: row.outboxId },
          { set: attributes },
          { condition: 'nextAttemptAt = :seen', values: { seen: row.nextAttemptAt } },
          () => rowTaken,
        ),
      );
    } catch (error) {
      if (error === rowTaken) return undefined;
      throw error;
    }
  }

  private async deleteBatch(rows: readonly OutboxRow[]): Promise<(Error | undefined)[]> {
    const keys = rows.map(({ shard, outboxId }) => ({ shard, outboxId }));
    const remaining = new Set((await this.database.batchDelete(this.table, keys)).map(({ outboxId }) => outboxId));
    return rows.map(({ outboxId }) => (remaining.has(outboxId) ? new Error('The row was not deleted') : undefined));
  }
}
