import { Injectable } from '@nestjs/common';
import { type Instant, type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { Database } from '../../platform/dynamo/database';
import { mapRead, type Read, readItem } from '../../platform/dynamo/read';
import { EXPIRES_AT } from '../../platform/dynamo/table';
import { put, type Write } from '../../platform/dynamo/write';
import type { IssuedManifest } from './domain/amendment';
import type { ManifestKey } from './domain/manifest';
import { ManifestChanged } from './domain/manifest.errors';
import { manifestDateTable, manifestTable } from './manifest.schema';

/** Longer than a date can be requested. */
const DAYS_KEPT = 120;
const DAY_SECONDS = 24 * 60 * 60;

/** Stores the numbers of manifests, and which dates have been generated. */
@Injectable()
export class ManifestRepository {
  private readonly manifests: string;
  private readonly dates: string;

  constructor(database: Database) {
    this.manifests = database.tableName(manifestTable);
    this.dates = database.tableName(manifestDateTable);
  }

  /** The last number of a manifest. Undefined if it has none. */
  readOf({ courierId, date }: ManifestKey): Read<IssuedManifest | undefined> {
    return readItem<IssuedManifest>(this.manifests, { courierId, date });
  }

  /** Whether the orders of a date have been generated. */
  isGeneratedReadOf(date: LocalDate): Read<boolean> {
    return mapRead(readItem(this.dates, { date }), (row) => row !== undefined);
  }

  /** The write that stores the next number. `ManifestChanged` if `last` is no longer the last one. */
  issue({ courierId, date }: ManifestKey, next: IssuedManifest, last: IssuedManifest | undefined): Write {
    const { number, issuedAt, plan, amendments } = next;
    const row = { courierId, date, number, issuedAt, plan, amendments, [EXPIRES_AT]: expiryOf(date) };
    const condition = last
      ? { condition: '#number = :last', names: { number: 'number' }, values: { last: last.number } }
      : { condition: 'attribute_not_exists(courierId)' };
    return put(this.manifests, row, condition, () => new ManifestChanged());
  }

  /** The write that records that the orders of a date have been generated. May be repeated. */
  recordGenerated(date: LocalDate, generatedAt: Instant): Write {
    return put(this.dates, { date, generatedAt, [EXPIRES_AT]: expiryOf(date) });
  }
}

function expiryOf(date: LocalDate): number {
  return millisecondsOf(date) / 1_000 + DAYS_KEPT * DAY_SECONDS;
}
