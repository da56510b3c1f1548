import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { Inject, Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { DomainEvent, Emitted } from '../../events/event-map';
import { Clock } from '../clock';
import { CONFIG, type Config } from '../config';
import { currentContext } from '../context';
import type { Page, PageRequest } from '../dynamo/cursor';
import { Database } from '../dynamo/database';
import { declareTable } from '../dynamo/table';
import { put, remove, update, type Write } from '../dynamo/write';
import { jitter, newEventId } from '../ids';
import { traceparent } from '../telemetry/tracing';

export const outboxTable = declareTable('Outbox', {
  shard: { type: String, hashKey: true },
  outboxId: { type: String, rangeKey: true },
});

export type { DomainEvent };

/** A subscriber that has not taken an event yet. */
export interface Failure {
  readonly eventId: string;
  readonly subscriber: string;
  readonly error: string;
}

/** The events of one transaction, until every subscriber has taken them. */
export interface OutboxRow {
  readonly shard: string;
  readonly outboxId: string;
  readonly events: readonly Emitted[];
  /** How often it was offered, counted when an attempt begins: one that kills its process counts too. */
  readonly attempts: number;
  /** Who failed at the last attempt; only they run again. Absent before the first. */
  readonly failed?: readonly Failure[];
  /** Until then whoever committed or leased it is at it; then the sweep takes it. Real time in milliseconds. */
  readonly nextAttemptAt: number;
}

export const OUTBOX_SHARDS = ['0', '1', '2', '3', '4', '5', '6', '7'] as const;
const PARKED = 'parked';

/** Whether a row was given up, until somebody sends it on its way again. */
export function isParked({ shard }: OutboxRow): boolean {
  return shard === PARKED;
}

const DELETES_AT_ONCE = 25;
const GATHER_MILLISECONDS = 50;

/** Keeps the promise that an event exists exactly when its change was committed. */
@Injectable()
export class Outbox {
  private readonly table: string;
  private readonly deletes: DataLoader<OutboxRow, true, OutboxRow>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.table = database.tableName(outboxTable);
    this.deletes = new DataLoader((rows) => this.deleteAll(rows), {
      cache: false,
      maxBatchSize: DELETES_AT_ONCE,
      batchScheduleFn: (run) => setTimeout(run, GATHER_MILLISECONDS),
    });
  }

  /** Gives an event its identity: from here on it is a fact with an id, a time and a cause. */
  stamp<E extends DomainEvent>(event: E): Emitted<E> {
    const requestId = currentContext()?.requestId ?? newEventId();
    return { ...event, eventId: newEventId(), occurredAt: this.clock.now(), requestId, trace: traceparent() };
  }

  rowOf(events: readonly DomainEvent[]): OutboxRow {
    return this.rowOfEmitted(events.map((event) => this.stamp(event)));
  }

  /** A row for events that exist already, perhaps with those who did not take them. */
  rowOfEmitted(events: readonly Emitted[], failed?: readonly Failure[]): OutboxRow {
    const shard = OUTBOX_SHARDS[Math.floor(jitter() * OUTBOX_SHARDS.length)] ?? '0';
    const nextAttemptAt = this.clock.real() + this.config.outboxSweepAfterSeconds * 1_000;
    return { shard, outboxId: events[0]?.eventId ?? newEventId(), events, attempts: 1, failed, nextAttemptAt };
  }

  write(row: OutboxRow): Write {
    return put(this.table, row);
  }

  /** Every subscriber has it: forget the row. Deletes of the same few milliseconds travel together. */
  async done(row: OutboxRow): Promise<void> {
    await this.deletes.load(row);
  }

  /** The oldest rows of a shard, or the parked ones. */
  page(shard: string, page: PageRequest): Promise<Page<OutboxRow>> {
    return this.database.page<OutboxRow>(
      {
        TableName: this.table,
        KeyConditionExpression: '#shard = :shard',
        ExpressionAttributeNames: { '#shard': 'shard' },
        ExpressionAttributeValues: { ':shard': shard },
        ConsistentRead: true,
      },
      page,
    );
  }

  parked(page: PageRequest): Promise<Page<OutboxRow>> {
    return this.page(PARKED, page);
  }

  /** Those of some rows that are parked. */
  async findParked(outboxIds: readonly string[]): Promise<OutboxRow[]> {
    const rows = await this.database.batchGet(
      outboxIds.map((outboxId) => ({ table: this.table, key: { shard: PARKED, outboxId } })),
    );
    return rows.filter((row) => row !== undefined) as unknown as OutboxRow[];
  }

  /** Takes a row that is due for a while; undefined when somebody else took it first. */
  async lease(row: OutboxRow, milliseconds: number): Promise<OutboxRow | undefined> {
    return this.change(row, { attempts: row.attempts + 1, nextAttemptAt: this.clock.real() + milliseconds });
  }

  /** Leaves a row to the sweep, to be offered once more to those who failed. */
  async postpone(row: OutboxRow, failed: readonly Failure[], milliseconds: number): Promise<void> {
    await this.change(row, { failed, nextAttemptAt: this.clock.real() + milliseconds });
  }

  /** Leaves a row as it is until later; this is no attempt. */
  async defer(row: OutboxRow, milliseconds: number): Promise<void> {
    await this.change(row, { nextAttemptAt: this.clock.real() + milliseconds });
  }

  /** Puts an event aside that was tried elsewhere, for one subscriber, where it is seen and can be retried; twice is once. */
  async parkOne(event: Emitted, failed: Failure): Promise<OutboxRow> {
    const row = { ...this.rowOfEmitted([event], [failed]), shard: PARKED };
    await this.database.write(this.write(row));
    return row;
  }

  /** Puts a row aside after its last attempt, where it is seen and can be retried. */
  async park(row: OutboxRow, failed: readonly Failure[]): Promise<void> {
    await this.move(row, { ...row, shard: PARKED, failed });
  }

  /** Brings a parked row back, due at once, for those who failed; false when somebody else has done so. */
  async unpark(row: OutboxRow): Promise<boolean> {
    const fresh = this.rowOfEmitted(row.events, row.failed);
    return this.move(row, { ...fresh, attempts: 0, nextAttemptAt: this.clock.real() });
  }

  /** False when it is no longer there. */
  private async move(from: OutboxRow, to: OutboxRow): Promise<boolean> {
    const gone = new Error('Somebody else has moved the row');
    const key = { shard: from.shard, outboxId: from.outboxId };
    const exists = { condition: 'attribute_exists(outboxId)' };
    try {
      await this.database.transact([remove(this.table, key, exists, () => gone), put(this.table, to)]);
      return true;
    } catch (error) {
      if (error === gone) return false;
      throw error;
    }
  }

  private async change(row: OutboxRow, set: Partial<OutboxRow>): Promise<OutboxRow | undefined> {
    const lost = new Error('Somebody else has the row');
    try {
      return await this.database.write<OutboxRow>(
        update(
          this.table,
          { shard: row.shard, outboxId: row.outboxId },
          { set },
          { condition: 'nextAttemptAt = :seen', values: { seen: row.nextAttemptAt } },
          () => lost,
        ),
      );
    } catch (error) {
      if (error === lost) return undefined;
      throw error;
    }
  }

  private async deleteAll(rows: readonly OutboxRow[]): Promise<(true | Error)[]> {
    const requests = rows.map(({ shard, outboxId }) => ({ DeleteRequest: { Key: { shard, outboxId } } }));
    const { UnprocessedItems: left } = await this.database.document.send(
      new BatchWriteCommand({ RequestItems: { [this.table]: requests } }),
    );
    const unprocessed = new Set(left?.[this.table]?.map(({ DeleteRequest }) => DeleteRequest?.Key?.outboxId as string));
    return rows.map(({ outboxId }) => (unprocessed.has(outboxId) ? new Error('The row was not deleted') : true));
  }
}
