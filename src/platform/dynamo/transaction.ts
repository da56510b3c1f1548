import { Injectable } from '@nestjs/common';
import { type DomainEvent, Outbox } from '../events/outbox';
import { Relay } from '../events/relay';
import { Database } from './database';
import type { Write } from './write';

/** All writes of a use case and its events, or none of them. */
@Injectable()
export class Transaction {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly relay: Relay,
  ) {}

  /**
   * Commits the writes and the events that tell of them, then hands the events to the subscribers. A write whose
   * condition fails speaks through its `refused`; when several fail, the first, joined by `and`.
   */
  async commit(writes: readonly (Write | undefined)[], events: readonly DomainEvent[] = []): Promise<void> {
    const wanted = writes.filter((write) => write !== undefined);
    const row = events.length > 0 ? this.outbox.rowOf(events) : undefined;
    await this.database.transact(row ? [...wanted, this.outbox.write(row)] : wanted);
    if (row) this.relay.deliver(row);
  }
}
