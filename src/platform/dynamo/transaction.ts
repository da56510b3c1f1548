import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../errors';
import { type DomainEvent, Outbox } from '../events/outbox';
import { Relay } from '../events/relay';
import { jitter } from '../ids';
import { Database } from './database';
import { backoff, isContention, unavailable } from './outage';
import type { Write } from './write';

const ATTEMPTS = 6;

/** All writes of a use case and its events, or none of them. */
@Injectable()
export class Transaction {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly relay: Relay,
  ) {}

  /**
   * Commits the writes and the events that tell of them, then hands the events to the subscribers.
   * A write whose condition fails speaks through its `refused`; when several fail, the first, joined by `and`.
   * Contention is retried with full jitter, then it is `service.unavailable`.
   */
  async commit(writes: readonly (Write | undefined)[], events: readonly DomainEvent[] = []): Promise<void> {
    const wanted = writes.filter((write) => write !== undefined);
    const row = events.length > 0 ? this.outbox.rowOf(events) : undefined;
    const all = row ? [...wanted, this.outbox.write(row)] : wanted;
    await this.send(all);
    if (row) this.relay.deliver(row);
  }

  private async send(writes: readonly Write[]): Promise<void> {
    const command = { TransactItems: writes.map(({ action }) => action) };
    for (let attempt = 1; ; attempt++) {
      try {
        await this.database.document.send(new TransactWriteCommand(command));
        return;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const refusal = refusalOf(error, writes);
        if (refusal) throw refusal;
        if (!error.CancellationReasons?.some(({ Code }) => isContention(Code))) throw error;
        if (attempt === ATTEMPTS) throw unavailable(error);
        await sleep(backoff(attempt, jitter()));
      }
    }
  }
}

function refusalOf({ CancellationReasons: reasons }: TransactionCanceledException, writes: readonly Write[]) {
  const refusals = writes.flatMap((write, index) => {
    const reason = reasons?.[index];
    if (reason?.Code !== 'ConditionalCheckFailed') return [];
    return [write.refused(reason.Item && unmarshall(reason.Item))];
  });
  return refusals.reduce<Error | undefined>(
    (told, next) => (told instanceof DomainError && next instanceof DomainError ? told.and(next) : (told ?? next)),
    undefined,
  );
}
