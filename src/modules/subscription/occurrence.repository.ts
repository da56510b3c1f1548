import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '../../kernel/calendar';
import { type SubscriptionId, subscriptionShardOf, type UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database, type Read } from '../../platform/dynamo/database';
import { type Condition, put, remove, update, type Write } from '../../platform/dynamo/write';
import type { PricedLine } from './forecast';
import type { Recorded } from './generation';
import { RunMoved } from './generation.errors';
import { occurrenceTable } from './generation.schema';
import type { Line } from './subscription';

/** Why nothing has come of a date on which something was to come. */
export interface OccurrenceRecord {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  readonly date: LocalDate;
  readonly outcome: Exclude<Recorded, 'ORDERED'>;
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
const OPEN: Condition = {
  condition: '#outcome = :short AND attribute_not_exists(isFinal)',
  names: { outcome: 'outcome' },
  values: { short: 'SHORT_BALANCE' },
};

@Injectable()
export class OccurrenceRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(occurrenceTable);
  }

  readOf(subscriptionId: SubscriptionId, date: LocalDate): Read {
    return { table: this.table, key: keyOf({ subscriptionId, date }) };
  }

  /** Records an outcome; whoever decides it guards that. */
  record(occurrence: OccurrenceRecord): Write {
    return put(this.table, { ...keyOf(occurrence), ...occurrence });
  }

  /** Forgets that something could not be decided, now that it is. */
  forget(subscriptionId: SubscriptionId, date: LocalDate): Write {
    return remove(this.table, keyOf({ subscriptionId, date }));
  }

  /** Those of a shard who were short of money on a date, and have not been tried once more. */
  async short(date: LocalDate, shard: string, page: PageRequest): Promise<Page<OccurrenceRecord>> {
    return this.database.queryPage<OccurrenceRecord>(
      {
        TableName: this.table,
        KeyConditionExpression: 'dateShard = :dateShard',
        FilterExpression: OPEN.condition,
        ExpressionAttributeNames: { '#outcome': 'outcome' },
        ExpressionAttributeValues: { ':dateShard': `${date}#${shard}`, ':short': 'SHORT_BALANCE' },
        ConsistentRead: true,
      },
      page,
    );
  }

  /** An order takes the place of the record; `RunMoved` when it was tried once more already. */
  makeGood(occurrence: OccurrenceRecord): Write {
    return remove(this.table, keyOf(occurrence), OPEN, () => new RunMoved());
  }

  /** That was the last try: it is short of money for good. `RunMoved` when it was tried once more already. */
  closeShort(occurrence: OccurrenceRecord): Write {
    return update(this.table, keyOf(occurrence), { set: { isFinal: true } }, OPEN, () => new RunMoved());
  }

  /** That was the last try: by now there is nothing left of it. `RunMoved` when it was tried once more already. */
  closeGone(
    occurrence: OccurrenceRecord,
    { outcome, missing }: Required<Pick<OccurrenceRecord, 'outcome' | 'missing'>>,
  ): Write {
    const change = { set: { '#outcome': outcome, missing, isFinal: true }, remove: ['items', 'amount'] };
    return update(this.table, keyOf(occurrence), change, OPEN, () => new RunMoved());
  }
}

function keyOf({ subscriptionId, date }: Pick<OccurrenceRecord, 'subscriptionId' | 'date'>) {
  return { dateShard: `${date}#${subscriptionShardOf(subscriptionId)}`, subscriptionId };
}
