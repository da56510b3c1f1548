import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import type { SubscriptionId } from '../../kernel/ids';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type Condition, put, remove, update, type Write } from '../../platform/dynamo/write';
import { subscriptionShardOf } from '../subscription';
import { RunConflict } from './domain/generation.errors';
import type { OutcomeRecord } from './domain/outcome-record';
import { outcomeTable } from './generation.schema';

/** SHORT_BALANCE and not retried yet. */
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

  /** Records an outcome. The guard is in the other writes of the transaction. */
  save(record: OutcomeRecord): Write {
    return put(this.table, { ...keyOf(record), ...record });
  }

  /** Deletes the record of a subscription that was undecidable and is decided now. */
  delete(subscriptionId: SubscriptionId, date: LocalDate): Write {
    return remove(this.table, keyOf({ subscriptionId, date }));
  }

  /** The SHORT_BALANCE records of a shard that are not retried yet. */
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

  /** Deletes the record, since an order replaces it; `RunConflict` if it has been retried. */
  replaceByOrder(record: OutcomeRecord): Write {
    return remove(this.table, keyOf(record), RETRYABLE, () => new RunConflict());
  }

  /** Ends the retry without an order: the wallet is still too low. `RunConflict` if it has been retried. */
  finalizeShortBalance(record: OutcomeRecord): Write {
    return update(this.table, keyOf(record), { set: { isFinal: true } }, RETRYABLE, () => new RunConflict());
  }

  /** Ends the retry without an order: nothing is available any more. `RunConflict` if it has been retried. */
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
