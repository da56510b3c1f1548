import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { Database } from '../../../platform/dynamo/database';
import { readItem } from '../../../platform/dynamo/read';
import { put, remove, update, type Write } from '../../../platform/dynamo/write';
import { InvalidRefreshToken } from '../domain/user.errors';
import { sessionsTable } from '../user.schema';

/** A session. Only its latest refresh token is valid. */
export interface Session {
  readonly sessionId: string;
  readonly userId: UserId;
  /** Hash of the secret in the latest refresh token. */
  readonly secretHash: string;
  /** Credentials version of the user when the session started. */
  readonly credentialsVersion: number;
  readonly createdAt: Instant;
  /** Epoch seconds, real time. */
  readonly expiresAt: number;
}

@Injectable()
export class SessionRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(sessionsTable);
  }

  async find(sessionId: string): Promise<Session | undefined> {
    return this.database.get(readItem<Session>(this.table, { sessionId }));
  }

  create(session: Session): Write {
    const absent = { condition: 'attribute_not_exists(sessionId)' };
    return put(this.table, session, absent, () => new Error('Session id already exists'));
  }

  /** Replaces the presented secret with a new one. Returns false if another request has already replaced it. */
  async rotate(session: Session, secretHash: string, expiresAt: number): Promise<boolean> {
    const alreadyUsed = new InvalidRefreshToken();
    const unused = { condition: 'secretHash = :presented', values: { presented: session.secretHash } };
    try {
      await this.database.write(
        update(this.table, { sessionId: session.sessionId }, { set: { secretHash, expiresAt } }, unused, (old) =>
          // The database client resends a write whose response was lost: the new secret is then already stored.
          old?.secretHash === secretHash ? new AlreadyRotated() : alreadyUsed,
        ),
      );
      return true;
    } catch (error) {
      if (error === alreadyUsed) return false;
      if (error instanceof AlreadyRotated) return true;
      throw error;
    }
  }

  async revoke(sessionId: string): Promise<void> {
    await this.database.write(remove(this.table, { sessionId }));
  }
}

class AlreadyRotated extends Error {}
