import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import type { SubscriptionId } from '../../kernel/ids';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type AttributeChanges, type Condition, put, remove, update, type Write } from '../../platform/dynamo/write';
import { subscriptionPartitionOf } from '../subscription';
import { RunConflict } from './domain/generation.errors';
import type { OutcomeRecord } from './domain/outcome-record';
import { outcomeTable } from './generation.schema';

/** The record has its outcome, and is not retried yet. */
function retryableAs(outcome: OutcomeRecord['outcome']): Condition {
  return {
    condition: '#outcome = :outcome AND attribute_not_exists(isFinal)',
    names: { outcome: 'outcome' },
    values: { outcome },
  };
}

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

  /** The records of a partition with an outcome, in the order of the subscriptions. */
  async listByOutcome(
    date: LocalDate,
    partition: string,
    outcome: OutcomeRecord['outcome'],
    page: PageRequest,
  ): Promise<Page<OutcomeRecord>> {
    return this.database.queryPage<OutcomeRecord>(
      {
        TableName: this.table,
        KeyConditionExpression: 'dateShard = :dateShard',
        FilterExpression: '#outcome = :outcome',
        ExpressionAttributeNames: { '#outcome': 'outcome' },
        ExpressionAttributeValues: { ':dateShard': `${date}#${partition}`, ':outcome': outcome },
        ConsistentRead: true,
      },
      page,
    );
  }

  /** The SHORT_BALANCE records of a partition that are not retried yet. */
  async listShortBalance(date: LocalDate, partition: string, page: PageRequest): Promise<Page<OutcomeRecord>> {
    return this.database.queryPage<OutcomeRecord>(
      {
        TableName: this.table,
        KeyConditionExpression: 'dateShard = :dateShard',
        FilterExpression: retryableAs('SHORT_BALANCE').condition,
        ExpressionAttributeNames: { '#outcome': 'outcome' },
        ExpressionAttributeValues: { ':dateShard': `${date}#${partition}`, ':outcome': 'SHORT_BALANCE' },
        ConsistentRead: true,
      },
      page,
    );
  }

  /** Deletes the record, since an order replaces it; `RunConflict` if it has been retried. */
  replaceByOrder(record: OutcomeRecord): Write {
    return remove(this.table, keyOf(record), retryableAs(record.outcome), () => new RunConflict());
  }

  /** Ends the retry without an order. The outcome stays; `RunConflict` if it has been retried. */
  finalize(record: OutcomeRecord): Write {
    return this.updateRetryable(record, { set: { isFinal: true } });
  }

  /** Ends the retry without an order, for another reason than the run had; `RunConflict` if it has been retried. */
  replaceOutcome(
    record: OutcomeRecord,
    { outcome, missing, decidedAt }: Pick<OutcomeRecord, 'outcome' | 'missing' | 'decidedAt'>,
  ): Write {
    return this.updateRetryable(record, {
      set: { '#outcome': outcome, missing, decidedAt, isFinal: true },
      remove: ['items', 'amount'],
    });
  }

  private updateRetryable(record: OutcomeRecord, change: AttributeChanges): Write {
    return update(this.table, keyOf(record), change, retryableAs(record.outcome), () => new RunConflict());
  }
}

function keyOf({ subscriptionId, date }: Pick<OutcomeRecord, 'subscriptionId' | 'date'>) {
  return { dateShard: `${date}#${subscriptionPartitionOf(subscriptionId)}`, subscriptionId };
}
