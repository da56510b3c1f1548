import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../kernel/calendar';
import type { SubscriptionId, UserId } from '../../kernel/ids';
import type { Line } from '../../kernel/lines';
import type { MinorUnits } from '../../kernel/money';
import type { PricedLine } from '../../kernel/pricing';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type Condition, put, remove, update, type Write } from '../../platform/dynamo/write';
import { subscriptionShardOf } from '../subscription';
import { RunConflict } from './domain/generation.errors';
import type { RecordedOutcome } from './domain/run';
import { outcomeTable } from './generation.schema';

/** Why nothing has come of a date on which something was to come. */
export interface OutcomeRecord {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  readonly date: LocalDate;
  readonly outcome: Exclude<RecordedOutcome, 'ORDERED'>;
  /** What was there and could not be paid, at the prices of the evening. */
  readonly items?: readonly PricedLine[];
  readonly amount?: MinorUnits;
  /** What was not there. */
  readonly missing?: readonly Line[];
  readonly deliverySlot?: Instant;
  readonly address?: string;
  /** What kept it from being decided; it is not decided then, and may be yet. */
  readonly fault?: string;
  /** Whoever was short of money was tried once more, or it is too late. */
  readonly isFinal?: true;
}

/** Still short of money, and not yet tried once more. */
const RETRYABLE: Condition = {
  condition: '#outcome = :short AND attribute_not_exists(isFinal)',
  names: { outcome: 'outcome' },
  values: { short: 'SHORT_BALANCE' },
};

@Injectable()
export class OutcomeRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(outcomeTable);
  }

  readOf(subscriptionId: SubscriptionId, date: LocalDate): Read<OutcomeRecord | undefined> {
    return readItem<OutcomeRecord>(this.table, keyOf({ subscriptionId, date }));
  }

  /** Records an outcome; whoever decides it guards that. */
  save(record: OutcomeRecord): Write {
    return put(this.table, { ...keyOf(record), ...record });
  }

  /** Forgets that something could not be decided, now that it is. */
  delete(subscriptionId: SubscriptionId, date: LocalDate): Write {
    return remove(this.table, keyOf({ subscriptionId, date }));
  }

  /** Those of a shard who were short of money on a date, and have not been tried once more. */
  async listShortBalance(date: LocalDate, shard: string, page: PageRequest): Promise<Page<OutcomeRecord>> {
    return this.database.queryPage<OutcomeRecord>(
      {
        TableName: this.table,
        KeyConditionExpression: 'dateShard = :dateShard',
        FilterExpression: RETRYABLE.condition,
        ExpressionAttributeNames: { '#outcome': 'outcome' },
        ExpressionAttributeValues: { ':dateShard': `${date}#${shard}`, ':short': 'SHORT_BALANCE' },
        ConsistentRead: true,
      },
      page,
    );
  }

  /** An order takes the place of the record; `RunMoved` when it was tried once more already. */
  replaceByOrder(record: OutcomeRecord): Write {
    return remove(this.table, keyOf(record), RETRYABLE, () => new RunConflict());
  }

  /** That was the last try: it is short of money for good. `RunMoved` when it was tried once more already. */
  finalizeShortBalance(record: OutcomeRecord): Write {
    return update(this.table, keyOf(record), { set: { isFinal: true } }, RETRYABLE, () => new RunConflict());
  }

  /** That was the last try: by now there is nothing left of it. `RunMoved` when it was tried once more already. */
  finalizeUnavailable(
    record: OutcomeRecord,
    { outcome, missing }: Required<Pick<OutcomeRecord, 'outcome' | 'missing'>>,
  ): Write {
    const change = { set: { '#outcome': outcome, missing, isFinal: true }, remove: ['items', 'amount'] };
    return update(this.table, keyOf(record), change, RETRYABLE, () => new RunConflict());
  }
}

function keyOf({ subscriptionId, date }: Pick<OutcomeRecord, 'subscriptionId' | 'date'>) {
  return { dateShard: `${date}#${subscriptionShardOf(subscriptionId)}`, subscriptionId };
}
