import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { random } from '../../kernel/random';
import { Clock } from '../clock';
import { Database } from '../dynamo/database';
import { declareTable, EXPIRES_AT } from '../dynamo/table';
import { type Item, update, type Write } from '../dynamo/write';
import { NEVER, OLDEST_SLOT, setExpression, shiftDown, shiftUpInto, slotsOf } from './shift-register';

/** The last attempts per kind and subject. The first kind was sign-ins, hence the name. */
export const throttlesTable = declareTable(
  'LoginThrottles',
  { id: { type: String, hashKey: true } },
  { expires: true },
);

/** The time of the last success. */
const SUCCEEDED_AT = 'succeededAt';
/** How many seconds longer the row is kept, because of a success. */
const KEPT_SECONDS = 'keptSeconds';

/** A limit of attempts of one kind in a sliding window. */
export interface ThrottleWindow {
  /** Part of the ids of the rows. */
  readonly kind: string;
  readonly maxAttempts: number;
  readonly milliseconds: number;
  /** How long a subject stays known after a success, in milliseconds. Without it, successes are not recorded. */
  readonly remembersFor?: number;
}

/** An attempt that is counted before its outcome is known, and released if it should not count. */
export interface Attempt {
  /** Releases the attempt as part of a transaction, and records its success if the window remembers it. */
  readonly releaseWrite: Write;
  /** Whether an attempt of the subject has succeeded, in the time that the window remembers. */
  readonly isKnown: boolean;
  readonly id: string;
  readonly window: ThrottleWindow;
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
 * Sliding windows of attempts per kind and subject, such as an account and a client address. Exact under any concurrency.
 *
 * A condition cannot count the attempts of a window. So a row keeps the times of the last ones, as many as are allowed, in
 * one attribute each, used as a shift register. Reserving is one conditional update: if the oldest time has left the
 * window, the update shifts all times one slot down, which drops the oldest, and puts the new time into the newest slot.
 * Releasing shifts the older times up again, over the slot of the released attempt.
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

  /** Counts an attempt. Throws `refusal` if there were as many in the window as are allowed. */
  async reserve(
    window: ThrottleWindow,
    subject: readonly string[],
    refusal: (retryAfterSeconds: number) => Error,
  ): Promise<Attempt> {
    const id = rowIdOf(window, subject);
    const now = this.clock.realNow();
    const mark = now - random();
    const row = (await this.database.write<Item>(this.reserveWrite(id, window, now, mark, refusal))) ?? {};
    const isKnown = Number(row[SUCCEEDED_AT] ?? 0) > now - (window.remembersFor ?? 0);
    return { id, window, mark, isKnown, releaseWrite: this.releaseWrite(id, window, now) };
  }

  /** Makes a subject known and clears its attempts, because it has proved in another way who it is. */
  async trust(window: ThrottleWindow, subject: readonly string[]): Promise<void> {
    const cleared = Object.fromEntries(slotsOf(window).map((slot) => [slot, 0]));
    const set = { ...cleared, ...successAt(this.clock.realNow(), window) };
    await this.database.write(update(this.table, { id: rowIdOf(window, subject) }, { set }));
  }

  /**
   * Records an attempt that has happened, even beyond the limit. Returns the times of those in the window, oldest first,
   * at most as many as are allowed.
   */
  async record(window: ThrottleWindow, subject: readonly string[]): Promise<readonly number[]> {
    const now = this.clock.realNow();
    const write = this.pushWrite(rowIdOf(window, subject), window, now, now - random());
    const row = (await this.database.write<Item>(write)) ?? {};
    return slotsOf(window).flatMap((slot) => {
      const at = Number(row[slot] ?? 0);
      return at > now - window.milliseconds ? [at] : [];
    });
  }

  /** Releases an attempt outside a transaction, once, even if a response is lost and the write is sent again. */
  async release({ id, window, mark }: Attempt): Promise<void> {
    let slot = window.maxAttempts - 1;
    while (slot >= 0) {
      try {
        await this.database.write(this.releaseFromSlotWrite(slot, id, window, mark));
        return;
      } catch (error) {
        if (!(error instanceof AttemptMoved)) throw error;
        slot = error.slot;
      }
    }
  }

  private reserveWrite(
    id: string,
    window: ThrottleWindow,
    now: number,
    mark: number,
    refusal: (retryAfterSeconds: number) => Error,
  ): Write {
    const { Update } = this.pushWrite(id, window, now, mark).action;
    const push = Update as NonNullable<typeof Update>;
    return {
      action: {
        Update: {
          ...push,
          ConditionExpression: `attribute_not_exists(id) OR ${OLDEST_SLOT} <= :windowStart`,
          ExpressionAttributeValues: {
            ...push.ExpressionAttributeValues,
            ':windowStart': now - window.milliseconds,
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      onConditionFailed: (old) => refusal(secondsUntilFree(window, Number(old?.[OLDEST_SLOT] ?? now), now)),
    };
  }

  /** Puts a time into the newest slot and drops the oldest. */
  private pushWrite(id: string, window: ThrottleWindow, now: number, mark: number): Write {
    const slots = slotsOf(window);
    const isRemembering = window.remembersFor !== undefined;
    // A sum, so that the row of a known subject is never kept for less than the window.
    const expiresAt = isRemembering ? `:expiresAt + if_not_exists(${KEPT_SECONDS}, :never)` : ':expiresAt';
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression: setExpression(
            ...shiftDown(slots),
            `${slots.at(-1)} = :mark`,
            `${EXPIRES_AT} = ${expiresAt}`,
          ),
          ExpressionAttributeValues: {
            ...((slots.length > 1 || isRemembering) && NEVER),
            ':mark': mark,
            ':expiresAt': Math.ceil((now + window.milliseconds) / 1_000),
          },
        },
      },
      onConditionFailed: () => new Error('A recorded attempt has no condition'),
    };
  }

  /**
   * Drops the newest time, whichever attempt it belongs to. It has no condition, because a concurrent guess must not
   * fail the transaction of a correct password.
   */
  private releaseWrite(id: string, window: ThrottleWindow, now: number): Write {
    const success = Object.entries(successAt(now, window));
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression: setExpression(
            ...shiftUpInto(window.maxAttempts - 1, slotsOf(window)),
            ...success.map(([name]) => `${name} = :${name}`),
          ),
          ExpressionAttributeValues: {
            ...NEVER,
            ...Object.fromEntries(success.map(([name, value]) => [`:${name}`, value])),
          },
        },
      },
      onConditionFailed: () => new Error('A release has no condition'),
    };
  }

  /** Drops the time of one attempt, if it is in this slot. */
  private releaseFromSlotWrite(slot: number, id: string, window: ThrottleWindow, mark: number): Write {
    const slots = slotsOf(window);
    return {
      action: {
        Update: {
          TableName: this.table,
          Key: { id },
          UpdateExpression: setExpression(...shiftUpInto(slot, slots)),
          ConditionExpression: `${slots[slot]} = :mark`,
          ExpressionAttributeValues: { ...NEVER, ':mark': mark },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      onConditionFailed: (old) => new AttemptMoved(slots.findIndex((name) => old?.[name] === mark)),
    };
  }
}

function rowIdOf({ kind }: ThrottleWindow, subject: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, ...subject]))
    .digest('base64url');
}

/** The attributes that record a success; none if the window does not remember it. */
function successAt(now: number, { milliseconds, remembersFor }: ThrottleWindow): Record<string, number> {
  if (remembersFor === undefined) return {};
  return {
    [SUCCEEDED_AT]: now,
    [KEPT_SECONDS]: Math.ceil(remembersFor / 1_000),
    [EXPIRES_AT]: Math.ceil((now + milliseconds + remembersFor) / 1_000),
  };
}

/** The seconds until a window that is full has room again. `oldest` may be a concurrent attempt, newer than `now`. */
export function secondsUntilFree({ milliseconds }: ThrottleWindow, oldest: number, now: number): number {
  return Math.max(1, Math.ceil((Math.min(oldest, now) + milliseconds - now) / 1_000));
}
