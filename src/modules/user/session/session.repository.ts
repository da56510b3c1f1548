import { Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { mapPage, type Page, type PageRequest } from '../../../platform/dynamo/cursor';
import { Database } from '../../../platform/dynamo/database';
import { type Read, readItem } from '../../../platform/dynamo/read';
import { type Condition, put, remove, update, type Write } from '../../../platform/dynamo/write';
import { NotSignedIn } from '../../../platform/auth/auth.errors';
import type { Session } from '../domain/session';
import { sessionsTable } from '../user.schema';

/** How long a code counts in a sign-in at an external issuer, whose end is not known here. */
const ISSUER_CODE_SECONDS = 86_400;

@Injectable()
export class SessionRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(sessionsTable);
  }

  readOf(sessionId: string): Read<Session | undefined> {
    return readItem<Session>(this.table, { sessionId });
  }

  async find(sessionId: string): Promise<Session | undefined> {
    return this.database.get(this.readOf(sessionId));
  }

  /** The sessions of a user, newest first. Costs two round trips, because the index holds only ids. */
  async ofUser(userId: UserId, page: PageRequest): Promise<Page<Session>> {
    const ids = await this.database.queryPage<Pick<Session, 'sessionId'>>(
      {
        TableName: this.table,
        IndexName: 'byUser',
        KeyConditionExpression: 'userId = :userId',
        ExpressionAttributeValues: { ':userId': userId },
        ScanIndexForward: false,
      },
      page,
    );
    const { items, next } = mapPage(ids, ({ sessionId }) => this.readOf(sessionId));
    const sessions = items.length === 0 ? [] : await this.database.batchGet(items);
    return { items: sessions.filter((session) => session !== undefined), next };
  }

  create(session: Session): Write {
    const absent = { condition: 'attribute_not_exists(sessionId)' };
    return put(this.table, session, absent, () => new Error('Session id already exists'));
  }

  /**
   * Replaces the secret of `session` with the next one. If another request was faster, returns the session as that
   * request stored it. Undefined if the session has ended.
   */
  async rotate(
    session: Session,
    next: Pick<Session, 'secretHash' | 'expiresAt' | 'rotatedAt'>,
  ): Promise<Session | undefined> {
    const unused = { condition: 'secretHash = :presented', values: { presented: session.secretHash } };
    const write = update(
      this.table,
      { sessionId: session.sessionId },
      { set: { ...next } },
      unused,
      (old) => new RotationLost(old as Session | undefined),
    );
    try {
      return await this.database.write<Session>(write);
    } catch (error) {
      if (!(error instanceof RotationLost)) throw error;
      return error.stored;
    }
  }

  /** Records that a code of the second factor was given: `auth.unauthenticated` if the session has ended. */
  recordCode(sessionId: string, at: number): Write {
    const exists = { condition: 'attribute_exists(sessionId)' };
    return update(this.table, { sessionId }, { set: { mfaAt: at } }, exists, () => new NotSignedIn());
  }

  /** As `recordCode`, for a sign-in at an external issuer, which no list shows. It counts for a day. */
  recordCodeForIssuer(sessionId: string, at: number): Write {
    return update(this.table, { sessionId }, { set: { mfaAt: at, expiresAt: at + ISSUER_CODE_SECONDS } });
  }

  /** Ends a session: `SessionAbsent` if it has ended already. */
  end(sessionId: string): Write {
    return this.endIf(sessionId, { condition: 'attribute_exists(sessionId)' });
  }

  /** Ends a session of a user: `SessionAbsent` if they have none with this id. */
  endOf(userId: UserId, sessionId: string): Write {
    return this.endIf(sessionId, { condition: 'userId = :userId', values: { userId } });
  }

  /** Ends a session if its secret has one of these hashes: `SessionAbsent`. */
  endIfSecretIs(sessionId: string, secretHashes: readonly string[]): Write {
    const values = Object.fromEntries(secretHashes.map((hash, index) => [`hash${index}`, hash]));
    const names = Object.keys(values).map((name) => `:${name}`);
    return this.endIf(sessionId, { condition: `secretHash IN (${names.join(', ')})`, values });
  }

  private endIf(sessionId: string, condition: Condition): Write {
    return remove(this.table, { sessionId }, condition, () => new SessionAbsent());
  }
}

/** Another request, or an earlier attempt of this one, has changed or deleted the session. */
class RotationLost extends Error {
  constructor(readonly stored: Session | undefined) {
    super('The session has changed');
  }
}

/** Not shown to clients: the session does not exist, or is not the one that was meant. */
export class SessionAbsent extends Error {}
