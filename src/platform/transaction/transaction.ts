import { Injectable } from '@nestjs/common';
import { Database } from '../dynamo/database';
import type { Write } from '../dynamo/write';
import type { RegisteredEvent } from '../events/event';
import { Outbox } from '../events/outbox';
import { OutboxRelay } from '../events/outbox-relay';

/** Commits the writes and events of a use case, all or none. */
@Injectable()
export class Transaction {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly outboxRelay: OutboxRelay,
  ) {}

  /**
   * Commits the writes together with their events, then dispatches the events to the subscribers in the background. If
   * a condition fails, throws the error of its write's `onConditionFailed`. If several fail, throws the first, combined
   * with the others (`DomainError.combinedWith`).
   */
  async commit(writes: readonly (Write | undefined)[], events: readonly RegisteredEvent[] = []): Promise<void> {
    const actualWrites = writes.filter((write) => write !== undefined);
    const row = events.length > 0 ? this.outbox.createRow(events) : undefined;
    await this.database.transact(row ? [...actualWrites, this.outbox.insert(row)] : actualWrites);
    if (row) this.outboxRelay.dispatchRow(row);
  }
}
