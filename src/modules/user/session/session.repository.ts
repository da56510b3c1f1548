import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { Database } from '../../../platform/dynamo/database';
import { readItem } from '../../../platform/dynamo/read';
import { put, remove, update, type Write } from '../../../platform/dynamo/write';
import { InvalidRefreshToken } from '../domain/user.errors';
import { sessionsTable } from '../user.schema';

/** One family of refresh tokens: only the last one made is good. */
export interface Session {
  readonly sessionId: string;
  readonly userId: UserId;
  /** Of the last token made. */
  readonly secretHash: string;
  /** The user's when it began. */
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
    return put(this.table, session, absent, () => new Error('A session id was made twice'));
  }

  /** Puts a new secret in place of the one that was shown; false when somebody else has shown it meanwhile. */
  async rotate(session: Session, secretHash: string, expiresAt: number): Promise<boolean> {
    const alreadyUsed = new InvalidRefreshToken();
    const shown = { condition: 'secretHash = :shown', values: { shown: session.secretHash } };
    try {
      await this.database.write(
        update(this.table, { sessionId: session.sessionId }, { set: { secretHash, expiresAt } }, shown, (old) =>
          // The client sends again what it got no answer to: then the new secret is in place already.
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
