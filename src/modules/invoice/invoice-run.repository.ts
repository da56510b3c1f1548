import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/calendar';
import { iteratePages } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { readItem } from '../../platform/dynamo/read';
import { put, update, type Write } from '../../platform/dynamo/write';
import { type Month, SHARDS } from './domain/invoice';
import { RunChanged } from './domain/invoice.errors';
import { invoiceRunTable } from './invoice.schema';

/** The run that issues the invoices of a month. */
export interface InvoiceRun {
  readonly month: Month;
  /** Shards that are not done. Absent once all are. */
  readonly openShards?: ReadonlySet<string>;
  readonly startedAt: Instant;
  /** When a worker last made progress, or the run was last started. Real time in ms. */
  readonly progressAt: number;
}

const PAGE_SIZE = 100;

@Injectable()
export class InvoiceRunRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(invoiceRunTable);
  }

  async find(month: Month): Promise<InvoiceRun | undefined> {
    return this.database.get(readItem<InvoiceRun>(this.table, { month }));
  }

  /** All runs, one for each month, the oldest first. */
  async all(): Promise<InvoiceRun[]> {
    const runs: InvoiceRun[] = [];
    const pages = iteratePages(PAGE_SIZE, (page) => this.database.scanPage<InvoiceRun>(this.table, page));
    for await (const page of pages) runs.push(...page);
    return runs.sort((one, other) => (one.month < other.month ? -1 : 1));
  }

  /** `RunChanged` if the month has a run. */
  start(month: Month, startedAt: Instant, progressAt: number): Write {
    const openShards = new Set(Array.from({ length: SHARDS }, (_, shard) => String(shard)));
    return put(
      this.table,
      { month, openShards, startedAt, progressAt },
      { condition: 'attribute_not_exists(#month)', names: { month: 'month' } },
      () => new RunChanged(),
    );
  }

  /** Records progress. `RunChanged` if there was progress since it was `seen`. */
  resume({ month, progressAt: seen }: InvoiceRun, progressAt: number): Write {
    return update(
      this.table,
      { month },
      { set: { progressAt } },
      { condition: 'progressAt = :seen', values: { seen } },
      () => new RunChanged(),
    );
  }

  async recordProgress(month: Month, progressAt: number): Promise<void> {
    await this.database.write(update(this.table, { month }, { set: { progressAt } }));
  }

  /** Returns the run after a shard is done. */
  async finishShard(month: Month, shard: number, progressAt: number): Promise<InvoiceRun | undefined> {
    return this.database.write<InvoiceRun>(
      update(this.table, { month }, { set: { progressAt }, removeFromSets: { openShards: new Set([String(shard)]) } }),
    );
  }
}
