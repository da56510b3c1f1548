import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';
import { Database } from '../../../platform/dynamo/database';
import { readItem } from '../../../platform/dynamo/read';
import { put, remove, update, type Write } from '../../../platform/dynamo/write';
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
  /** When the latest refresh token replaced another; epoch milliseconds, real time. */
  readonly rotatedAt?: number;
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

  /**
   * Replaces the secret of `session` with the next one. If another request has already done the same, returns the
   * session as that request stored it. Undefined if the session has ended or has rotated further.
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
      return error.stored?.secretHash === next.secretHash ? error.stored : undefined;
    }
  }

  /** Ends a session. */
  async revoke(sessionId: string): Promise<void> {
    await this.database.write(remove(this.table, { sessionId }));
  }

  /** Ends a session if its secret has one of these hashes. */
  async revokeIfSecretIs(sessionId: string, secretHashes: readonly [string, string]): Promise<void> {
    const [first, second] = secretHashes;
    const isOne = { condition: 'secretHash IN (:first, :second)', values: { first, second } };
    const differs = new SecretDiffers();
    try {
      await this.database.write(remove(this.table, { sessionId }, isOne, () => differs));
    } catch (error) {
      if (error !== differs) throw error;
    }
  }
}

/** Another request, or an earlier attempt of this one, has changed or deleted the session. */
class RotationLost extends Error {
  constructor(readonly stored: Session | undefined) {
    super('The session has changed');
  }
}

class SecretDiffers extends Error {}
