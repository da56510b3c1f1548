import { Injectable } from '@nestjs/common';
import { iteratePages, type Page, pageAcrossPartitions, type PageRequest } from '../../platform/dynamo/cursor';
import { Outbox, OUTBOX_SHARDS, type OutboxRow } from '../../platform/events/outbox';

export const OUTBOX_STATES = ['parked', 'waiting'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

const PAGE_SIZE = 100;

/** What could not be told to everyone, seen and sent on its way again by an admin. */
@Injectable()
export class OutboxAdminService {
  constructor(private readonly outbox: Outbox) {}

  /** Rows that were given up after their last attempt, or that still wait; the oldest of a shard first. */
  async list(state: OutboxState, page: PageRequest): Promise<Page<OutboxRow>> {
    if (state === 'parked') return this.outbox.listParked(page);
    return pageAcrossPartitions(OUTBOX_SHARDS, page, (shard, inner) => this.outbox.listShard(shard, inner));
  }

  /** Sends parked rows on their way again, those named or all; answers with how many. */
  async retry(outboxIds?: readonly string[]): Promise<number> {
    if (outboxIds) return this.unpark(await this.outbox.findParked(outboxIds));
    let retried = 0;
    for await (const rows of iteratePages(PAGE_SIZE, (page) => this.outbox.listParked(page))) {
      retried += await this.unpark(rows);
    }
    return retried;
  }

  /** How many of the rows this call has sent; another admin may have been faster. */
  private async unpark(rows: readonly OutboxRow[]): Promise<number> {
    const results = await Promise.all(rows.map((row) => this.outbox.unpark(row)));
    return results.filter(Boolean).length;
  }
}
