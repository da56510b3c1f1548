import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { random } from '../../../kernel/random';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/dynamo/database';
import { EXPIRES_AT } from '../../../platform/dynamo/table';
import type { Write } from '../../../platform/dynamo/write';
import { TooManyAttempts } from '../domain/user.errors';
import { throttlesTable } from '../user.schema';

const MAX_ATTEMPTS = 10;
const WINDOW_MILLISECONDS = 15 * 60_000;
/** The times of the last ten attempts, oldest first. */
const SLOTS = Array.from({ length: MAX_ATTEMPTS }, (_, slot) => `at${slot}`);
const OLDEST_SLOT = 'at0';
const NEWEST_SLOT = `at${MAX_ATTEMPTS - 1}`;

/** An attempt that was counted before it is known how it ends. */
export interface Attempt {
  /** Gives it back in a transaction, which happens once. */
  readonly releaseWrite: Write;
  readonly id: string;
  /** Its time, which is no other's: a part of a millisecond, drawn by lot, is taken off. */
  readonly mark: number;
}

/** Where the mark of an attempt is by now; -1 when it is gone. */
class AttemptMoved extends Error {
  constructor(readonly slot: number) {
    super('The attempt has another place by now');
  }
}

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

  /** Counts an attempt: `auth.too_many_attempts`. */
  async reserve(kind: string, account: string, address: string): Promise<Attempt> {
    const id = createHash('sha256')
      .update(JSON.stringify([kind, account, address]))
      .digest('base64url');
    const now = this.clock.realNow();
    const mark = now - random();
    await this.database.write(this.reserveWrite(id, now, mark));
    return { id, mark, releaseWrite: this.releaseWrite(id) };
  }

  /** Gives an attempt back outside a transaction; once, also when the answer is lost and the client asks again. */
  async release({ id, mark }: Attempt): Promise<void> {
    let slot = MAX_ATTEMPTS - 1;
    while (slot >= 0) {
      try {
        await this.database.write(this.releaseFromSlotWrite(slot, id, mark));
        return;
      } catch (error) {
        if (!(error instanceof AttemptMoved)) throw error;
        slot = error.slot;
      }
    }
  }

  /** Every time moves one place down and now comes last: in one write, only when the oldest is old enough. */
  private reserveWrite(id: string, now: number, mark: number): Write {
    const moves = SLOTS.slice(1).map((slot, index) => `${SLOTS[index]} = if_not_exists(${slot}, :never)`);
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression: `SET ${[...moves, `${NEWEST_SLOT} = :mark`, `${EXPIRES_AT} = :expiresAt`].join(', ')}`,
          ConditionExpression: `attribute_not_exists(id) OR ${OLDEST_SLOT} <= :windowStart`,
          ExpressionAttributeValues: {
            ':never': 0,
            ':mark': mark,
            ':windowStart': now - WINDOW_MILLISECONDS,
            ':expiresAt': Math.ceil((now + WINDOW_MILLISECONDS) / 1_000),
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      onConditionFailed: (old) => {
        const freeAt = Number(old?.[OLDEST_SLOT] ?? now) + WINDOW_MILLISECONDS;
        return new TooManyAttempts(Math.max(1, Math.ceil((freeAt - now) / 1_000)), MAX_ATTEMPTS);
      },
    };
  }

  /** The last time goes, whosever it is: a transaction may not be refused because somebody else has guessed since. */
  private releaseWrite(id: string): Write {
    return {
      action: { Update: { TableName: this.table, Key: { id }, ...shiftUpTo(MAX_ATTEMPTS - 1) } },
      onConditionFailed: () => new Error('A reservation is given back without a condition'),
    };
  }

  /** The attempt's own time goes, if it is where it is expected. */
  private releaseFromSlotWrite(slot: number, id: string, mark: number): Write {
    const { UpdateExpression, ExpressionAttributeValues } = shiftUpTo(slot);
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression,
          ConditionExpression: `${SLOTS[slot]} = :mark`,
          ExpressionAttributeValues: { ...ExpressionAttributeValues, ':mark': mark },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      onConditionFailed: (old) => new AttemptMoved(SLOTS.findIndex((name) => old?.[name] === mark)),
    };
  }
}

/** Every time up to a slot moves one place up, over the one that stood there: what had left was too old to count. */
function shiftUpTo(last: number) {
  const moves = SLOTS.slice(1, last + 1).map((slot, index) => `${slot} = if_not_exists(${SLOTS[index]}, :never)`);
  return {
    UpdateExpression: `SET ${[...moves, `${OLDEST_SLOT} = :never`].join(', ')}`,
    ExpressionAttributeValues: { ':never': 0 },
  };
}
