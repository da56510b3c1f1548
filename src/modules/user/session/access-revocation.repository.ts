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

/** All revocations are in one partition, so that one query finds the new ones. There are only a few per minute. */
const LIST = 'ALL';
const PAGE_SIZE = 1_000;

@Injectable()
export class AccessRevocationRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(accessRevocationsTable);
  }

  newRevocation(revocation: Omit<AccessRevocation, 'revocationId'>): AccessRevocation {
    return { revocationId: newEventId(), ...revocation };
  }

  add(revocation: AccessRevocation): Write {
    return put(this.table, { list: LIST, ...revocation });
  }

  /** The revocations since an instant (real time, epoch milliseconds), oldest first. The read is consistent. */
  since(instant: number): AsyncGenerator<readonly AccessRevocation[]> {
    const query = {
      TableName: this.table,
      KeyConditionExpression: '#list = :list AND revocationId >= :first',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: { ':list': LIST, ':first': firstEventIdAt(instant) },
      ConsistentRead: true,
    };
    return iteratePages(PAGE_SIZE, (page) => this.database.queryPage<AccessRevocation>(query, page));
  }
}
