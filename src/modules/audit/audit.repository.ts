import { Inject, Injectable } from '@nestjs/common';
import { Calendar, type Instant, type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { shardOf, type UserId } from '../../kernel/ids';
import { Database, type Query } from '../../platform/dynamo/database';
import { dayPartition, dayPartitions } from '../../platform/dynamo/day-partition';
import { readItem } from '../../platform/dynamo/read';
import { put } from '../../platform/dynamo/write';
import { auditLogTable } from './audit.schema';
import { AUDIT_SETTINGS, type AuditSettings } from './audit.settings';
import type { AuditEntry } from './domain/audit-entry';

export interface EntryKey {
  readonly day: string;
  /** `at#entryId`: sorts entries by time. */
  readonly moment: string;
}

export type StoredEntry = AuditEntry & EntryKey;

/** Both ends included. */
export interface MomentRange {
  readonly first: string;
  readonly last: string;
}

const ACTOR_SHARDS = 8;

class AlreadyRecorded extends Error {}

/** Stores the audit log. It has no method that changes or deletes an entry. */
@Injectable()
export class AuditRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly calendar: Calendar,
    @Inject(AUDIT_SETTINGS) private readonly settings: AuditSettings,
  ) {
    this.table = database.tableName(auditLogTable);
  }

  /** Adds an entry, sorted by `sortedAt`. False if it is already there. */
  async add(entry: AuditEntry, sortedAt: Instant): Promise<boolean> {
    const { entryId, at, by } = entry;
    const expiresAt = Math.floor(millisecondsOf(at) / 1_000) + this.settings.keptDays * 24 * 60 * 60;
    const item = {
      ...entry,
      day: dayPartition(this.calendar.dateOf(sortedAt), entryId),
      moment: `${sortedAt}#${entryId}`,
      actorShard: by && `${by}#${shardOf(entryId, ACTOR_SHARDS)}`,
      expiresAt,
    };
    const condition = { condition: 'attribute_not_exists(moment)' };
    try {
      await this.database.write(put(this.table, item, condition, () => new AlreadyRecorded()));
      return true;
    } catch (error) {
      if (error instanceof AlreadyRecorded) return false;
      throw error;
    }
  }

  /** The newest entries of a date, at most `limit`, newest first. */
  async newestOfDate(date: LocalDate, range: MomentRange, limit: number): Promise<StoredEntry[]> {
    return this.newest<StoredEntry>({ attribute: 'day', values: dayPartitions(date) }, range, limit);
  }

  /** The keys of the newest entries of an actor, at most `limit`, newest first. The index lags behind. */
  async newestKeysByActor(actor: UserId, range: MomentRange, limit: number): Promise<EntryKey[]> {
    const values = Array.from({ length: ACTOR_SHARDS }, (_, shard) => `${actor}#${shard}`);
    return this.newest<EntryKey>({ attribute: 'actorShard', values, index: 'byActor' }, range, limit);
  }

  /** The keys of the newest entries about a subject, at most `limit`, newest first. The index lags behind. */
  async newestKeysBySubject(subject: string, range: MomentRange, limit: number): Promise<EntryKey[]> {
    return this.newest<EntryKey>({ attribute: 'subject', values: [subject], index: 'bySubject' }, range, limit);
  }

  async findAll(keys: readonly EntryKey[]): Promise<StoredEntry[]> {
    const reads = keys.map(({ day, moment }) => readItem<StoredEntry>(this.table, { day, moment }));
    const entries = await this.database.batchGet(reads, { consistent: false });
    return entries.filter((entry) => entry !== undefined);
  }

  /** Reads `limit` items of every partition, because any of them may have the newest ones. */
  private async newest<T extends EntryKey>(
    { attribute, values, index }: { attribute: string; values: readonly string[]; index?: string },
    { first, last }: MomentRange,
    limit: number,
  ): Promise<T[]> {
    const queryOf = (partition: string): Query => ({
      TableName: this.table,
      IndexName: index,
      KeyConditionExpression: '#partition = :partition AND moment BETWEEN :first AND :last',
      ExpressionAttributeNames: { '#partition': attribute },
      ExpressionAttributeValues: { ':partition': partition, ':first': first, ':last': last },
      ScanIndexForward: false,
    });
    const pages = await Promise.all(values.map((value) => this.database.queryPage<T>(queryOf(value), { limit })));
    return pages
      .flatMap(({ items }) => items)
      .sort((one, other) => (one.moment < other.moment ? 1 : -1))
      .slice(0, limit);
  }
}
