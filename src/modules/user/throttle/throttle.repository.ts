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
/** The attributes of a row: the times of its last ten attempts, oldest first; 0 where there was none. */
const SLOTS = Array.from({ length: MAX_ATTEMPTS }, (_, slot) => `at${slot}`);
const OLDEST_SLOT = 'at0';
const NEWEST_SLOT = `at${MAX_ATTEMPTS - 1}`;
const NEVER = { ':never': 0 };

/** An attempt that is counted before its outcome is known, and released if it should not count. */
export interface Attempt {
  /** Releases the attempt as part of a transaction. */
  readonly releaseWrite: Write;
  readonly id: string;
  /** Its time, made unique by subtracting a random fraction of a millisecond. */
  readonly mark: number;
}

/** Later attempts have moved the mark to another slot; -1 if it is gone. */
class AttemptMoved extends Error {
  constructor(readonly slot: number) {
    super('The attempt is in another slot');
  }
}

/**
 * A sliding window of ten attempts in fifteen minutes per kind, account and address, exact under any concurrency.
 *
 * A condition cannot count the attempts of a window. So a row keeps the times of the last ten in ten attributes, used
 * as a shift register. Reserving is one conditional update: if the oldest time has left the window, the update shifts
 * all times one slot down, which drops the oldest, and puts the new time into the newest slot. Releasing shifts the
 * older times up again, over the slot of the released attempt.
 */
@Injectable()
export class ThrottleRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(throttlesTable);
  }

  /** Counts an attempt; `auth.too_many_attempts` if there were ten in the window. */
  async reserve(kind: string, account: string, address: string): Promise<Attempt> {
    const id = createHash('sha256')
      .update(JSON.stringify([kind, account, address]))
      .digest('base64url');
    const now = this.clock.realNow();
    const mark = now - random();
    await this.database.write(this.reserveWrite(id, now, mark));
    return { id, mark, releaseWrite: this.releaseWrite(id) };
  }

  /** Releases an attempt outside a transaction, once, even if a response is lost and the write is sent again. */
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

  private reserveWrite(id: string, now: number, mark: number): Write {
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression: setExpression(...SHIFT_DOWN, `${NEWEST_SLOT} = :mark`, `${EXPIRES_AT} = :expiresAt`),
          ConditionExpression: `attribute_not_exists(id) OR ${OLDEST_SLOT} <= :windowStart`,
          ExpressionAttributeValues: {
            ...NEVER,
            ':mark': mark,
            ':windowStart': now - WINDOW_MILLISECONDS,
            ':expiresAt': Math.ceil((now + WINDOW_MILLISECONDS) / 1_000),
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      onConditionFailed: (old) => {
        // A concurrent attempt may be newer than this one.
        const oldest = Math.min(Number(old?.[OLDEST_SLOT] ?? now), now);
        const waitMilliseconds = oldest + WINDOW_MILLISECONDS - now;
        return new TooManyAttempts(Math.max(1, Math.ceil(waitMilliseconds / 1_000)), MAX_ATTEMPTS);
      },
    };
  }

  /**
   * Drops the newest time, whichever attempt it belongs to. It has no condition, because a concurrent guess must not
   * fail the transaction of a correct password.
   */
  private releaseWrite(id: string): Write {
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression: setExpression(...shiftUpInto(MAX_ATTEMPTS - 1)),
          ExpressionAttributeValues: NEVER,
        },
      },
      onConditionFailed: () => new Error('A release has no condition'),
    };
  }

  /** Drops the time of one attempt, if it is in this slot. */
  private releaseFromSlotWrite(slot: number, id: string, mark: number): Write {
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression: setExpression(...shiftUpInto(slot)),
          ConditionExpression: `${SLOTS[slot]} = :mark`,
          ExpressionAttributeValues: { ...NEVER, ':mark': mark },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      onConditionFailed: (old) => new AttemptMoved(SLOTS.findIndex((name) => old?.[name] === mark)),
    };
  }
}

/** Moves the time of every slot into the one before it; the oldest is dropped. */
const SHIFT_DOWN = SLOTS.slice(1).map((slot, index) => moveTime(slot, SLOTS[index]));

/** Moves the times before a slot one slot up, the last of them over the time of that slot. */
function shiftUpInto(slot: number): string[] {
  const moves = SLOTS.slice(1, slot + 1).map((target, index) => moveTime(SLOTS[index], target));
  return [...moves, `${OLDEST_SLOT} = :never`];
}

function moveTime(from: string | undefined, to: string | undefined): string {
  return `${to} = if_not_exists(${from}, :never)`;
}

/** All assignments read the row as it was before the update, so their order does not matter. */
function setExpression(...assignments: readonly string[]): string {
  return `SET ${assignments.join(', ')}`;
}
