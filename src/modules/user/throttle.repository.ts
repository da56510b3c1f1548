import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { EXPIRES_AT } from '../../platform/dynamo/table';
import type { Write } from '../../platform/dynamo/write';
import { TooManyAttempts } from './user.errors';
import { throttlesTable } from './user.schema';

const ATTEMPTS = 10;
const WINDOW_MILLISECONDS = 15 * 60_000;
/** The times of the last ten attempts, oldest first. */
const SLOTS = Array.from({ length: ATTEMPTS }, (_, slot) => `at${slot}`);
const FIRST = 'at0';
const LAST = `at${ATTEMPTS - 1}`;

/** Ten attempts in any fifteen minutes, whoever counts them, and however many come at once. */
@Injectable()
export class ThrottleRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(throttlesTable);
  }

  /** Takes an attempt before it is known how it ends; answers with the write that gives it back. */
  async reserve(kind: string, account: string, address: string): Promise<Write> {
    const id = createHash('sha256')
      .update(JSON.stringify([kind, account, address]))
      .digest('base64url');
    await this.database.write(this.taken(id));
    return this.givenBack(id);
  }

  /** Runs a write that was not committed with others. */
  async giveBack(write: Write): Promise<void> {
    await this.database.write(write);
  }

  /** Every time moves one place down and now comes last: in one write, only when the oldest is old enough. */
  private taken(id: string): Write {
    const now = this.clock.real();
    const moves = SLOTS.slice(1).map((slot, index) => `${SLOTS[index]} = if_not_exists(${slot}, :never)`);
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression: `SET ${[...moves, `${LAST} = :now`, `${EXPIRES_AT} = :expiresAt`].join(', ')}`,
          ConditionExpression: `attribute_not_exists(id) OR ${FIRST} <= :windowStart`,
          ExpressionAttributeValues: {
            ':never': 0,
            ':now': now,
            ':windowStart': now - WINDOW_MILLISECONDS,
            ':expiresAt': Math.ceil((now + WINDOW_MILLISECONDS) / 1_000),
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      refused: (old) => {
        const freeAt = Number(old?.[FIRST] ?? now) + WINDOW_MILLISECONDS;
        return new TooManyAttempts(Math.max(1, Math.ceil((freeAt - now) / 1_000)), ATTEMPTS);
      },
    };
  }

  /** Every time moves one place up again: what had left was too old to count. */
  private givenBack(id: string): Write {
    const moves = SLOTS.slice(1).map((slot, index) => `${slot} = if_not_exists(${SLOTS[index]}, :never)`);
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression: `SET ${[...moves, `${FIRST} = :never`].join(', ')}`,
          ExpressionAttributeValues: { ':never': 0 },
        },
      },
      refused: () => new Error('A reservation is given back without a condition'),
    };
  }
}
