import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Clock } from '../clock';
import { Database } from '../dynamo/database';
import { mapRead, type Read, readItem } from '../dynamo/read';
import { EXPIRES_AT } from '../dynamo/table';
import { type AttributeChanges, update } from '../dynamo/write';
import { throttlesTable } from './throttle.repository';

/** A limit of failures of one kind, in windows of a fixed length. */
export interface FailureLimit {
  /** Part of the ids of the rows. */
  readonly kind: string;
  readonly limit: number;
  readonly windowMilliseconds: number;
}

/** Counts failures per kind and subject across all tasks. A count belongs to a window and starts again in the next one. */
@Injectable()
export class FailureCountRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(throttlesTable);
  }

  /** The read of the failures in the current window, to batch with other reads. */
  readOf(limit: FailureLimit, subject: string): Read<number> {
    const read = readItem<{ failures?: number }>(this.table, { id: this.idOf(limit, subject) });
    return mapRead(read, (row) => row?.failures ?? 0);
  }

  async add(limit: FailureLimit, subject: string): Promise<void> {
    await this.change(limit, subject, { add: { failures: 1 } });
  }

  /** Starts the count of the current window again. */
  async clear(limit: FailureLimit, subject: string): Promise<void> {
    await this.change(limit, subject, { set: { failures: 0 } });
  }

  /** Time until the current window ends, in seconds. */
  secondsLeft({ windowMilliseconds }: FailureLimit): number {
    return Math.ceil((windowMilliseconds - (this.clock.realNow() % windowMilliseconds)) / 1_000);
  }

  /** Identifies a subject in the current window. */
  idOf({ kind, windowMilliseconds }: FailureLimit, subject: string): string {
    const window = Math.floor(this.clock.realNow() / windowMilliseconds);
    return createHash('sha256')
      .update(JSON.stringify(['failures', kind, subject, window]))
      .digest('base64url');
  }

  private async change(limit: FailureLimit, subject: string, { set, add }: AttributeChanges): Promise<void> {
    const expiresAt = Math.ceil((this.clock.realNow() + limit.windowMilliseconds) / 1_000);
    const change = { set: { ...set, [EXPIRES_AT]: expiresAt }, add };
    await this.database.write(update(this.table, { id: this.idOf(limit, subject) }, change));
  }
}
