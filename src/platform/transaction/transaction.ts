import { Injectable } from '@nestjs/common';
import { Database } from '../dynamo/database';
import type { Write } from '../dynamo/write';
import type { RegisteredEvent } from '../events/event';
import { Outbox } from '../events/outbox';
import { OutboxRelay } from '../events/outbox-relay';

/** All writes of a use case and its events, or none of them. */
@Injectable()
export class Transaction {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly outboxRelay: OutboxRelay,
  ) {}

  /**
   * Commits the writes and the events that tell of them, then hands the events to the subscribers. A write whose
   * condition fails speaks through its `refused`; when several fail, the first, joined by `and`.
   */
  async commit(writes: readonly (Write | undefined)[], events: readonly RegisteredEvent[] = []): Promise<void> {
    const actualWrites = writes.filter((write) => write !== undefined);
    const row = events.length > 0 ? this.outbox.createRow(events) : undefined;
    await this.database.transact(row ? [...actualWrites, this.outbox.insert(row)] : actualWrites);
    if (row) this.outboxRelay.dispatchRow(row);
  }
}
