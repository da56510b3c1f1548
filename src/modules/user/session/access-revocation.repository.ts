import { Injectable } from '@nestjs/common';
import { firstEventIdAt, newEventId, type UserId } from '../../../kernel/ids';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { Database } from '../../../platform/dynamo/database';
import { put, type Write } from '../../../platform/dynamo/write';
import { accessRevocationsTable } from '../user.schema';

/** The end of a user's access tokens: those with an older access version are no longer accepted. */
export interface AccessRevocation {
  /** A ULID, so that revocations sort by time. */
  readonly revocationId: string;
  readonly userId: UserId;
  /** The new access version of the user. */
  readonly accessVersion: number;
  /** Epoch seconds, real time. */
  readonly expiresAt: number;
}

/** The end of the access tokens of one session. It names no user, because earlier versions read `userId` differently. */
export interface SessionRevocation {
  readonly revocationId: string;
  readonly sessionId: string;
  /** Epoch seconds, real time. */
  readonly expiresAt: number;
}

export type Revocation = AccessRevocation | SessionRevocation;

/** All revocations are in one partition, so that one query finds the new ones. There are at most a few per second. */
const LIST = 'ALL';
const PAGE_SIZE = 1_000;

@Injectable()
export class AccessRevocationRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(accessRevocationsTable);
  }

  newId(): string {
    return newEventId();
  }

  add(revocation: Revocation): Write {
    return put(this.table, { list: LIST, ...revocation });
  }

  /** The revocations since an instant (real time, epoch milliseconds), oldest first. The read is consistent. */
  since(instant: number): AsyncGenerator<readonly Revocation[]> {
    const query = {
      TableName: this.table,
      KeyConditionExpression: '#list = :list AND revocationId >= :first',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: { ':list': LIST, ':first': firstEventIdAt(instant) },
      ConsistentRead: true,
    };
    return iteratePages(PAGE_SIZE, (page) => this.database.queryPage<Revocation>(query, page));
  }
}
