import { Injectable } from '@nestjs/common';
import { iteratePages, type Page, pageAcrossPartitions, type PageRequest } from '../../platform/dynamo/cursor';
import type { PublishedEvent } from '../../platform/events/event';
import { Outbox, OUTBOX_SHARDS, type OutboxRow, type SubscriberFailure } from '../../platform/events/outbox';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { Transaction } from '../../platform/transaction/transaction';

export const OUTBOX_STATES = ['parked', 'waiting'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

const PAGE_SIZE = 100;

/** An event that has not reached a subscriber. */
export interface WaitingEvent {
  readonly event: PublishedEvent;
  /** Absent before the first attempt has ended. */
  readonly failure?: SubscriberFailure;
}

/** The events of a row that have not reached every subscriber, once for each subscriber that failed. */
export function waitingEventsOf({ events, failed }: OutboxRow): WaitingEvent[] {
  if (failed === undefined) return events.map((event) => ({ event }));
  return failed.flatMap((failure) =>
    events.filter(({ eventId }) => eventId === failure.eventId).map((event) => ({ event, failure })),
  );
}

/** Lists undelivered events for admins and retries parked ones. */
@Injectable()
export class OutboxAdminService {
  constructor(
    private readonly outbox: Outbox,
    private readonly relay: OutboxRelay,
    private readonly transaction: Transaction,
  ) {}

  /** Rows that are parked, or waiting for their next attempt. Oldest first within a shard. */
  async list(state: OutboxState, page: PageRequest): Promise<Page<OutboxRow>> {
    if (state === 'parked') return this.outbox.listParked(page);
    return pageAcrossPartitions(OUTBOX_SHARDS, page, (shard, inner) => this.outbox.listShard(shard, inner));
  }

  /** Makes parked rows due again: those named, or all. Returns their number. Emits `outbox.retried`. */
  async retry(outboxIds?: readonly string[]): Promise<number> {
    const rows = outboxIds ? await this.unpark(await this.outbox.findParked(outboxIds)) : await this.unparkAll();
    await this.transaction.commit([], [{ type: 'outbox.retried', rows }]);
    return rows;
  }

  /** As `retry`, for the rows in which an event of that type waits for a subscriber. */
  async retryType(type: string): Promise<number> {
    const rows = await this.unparkAll((row) => waitingEventsOf(row).some(({ event }) => event.type === type));
    await this.transaction.commit([], [{ type: 'outbox.retried', rows }]);
    return rows;
  }

  private async unparkAll(isMeant: (row: OutboxRow) => boolean = () => true): Promise<number> {
    let retried = 0;
    for await (const rows of iteratePages(PAGE_SIZE, (page) => this.outbox.listParked(page))) {
      retried += await this.unpark(rows.filter(isMeant));
    }
    return retried;
  }

  /** Returns how many rows this call made due. A concurrent call may have taken others. */
  private async unpark(rows: readonly OutboxRow[]): Promise<number> {
    const due = (await Promise.all(rows.map((row) => this.outbox.unpark(row)))).filter((row) => row !== undefined);
    for (const row of due) this.relay.retryWhenDue(row);
    return due.length;
  }
}
