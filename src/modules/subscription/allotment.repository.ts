import { Injectable } from '@nestjs/common';
import type { SubscriptionId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { collectAll, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { put, type Write } from '../../platform/dynamo/write';
import type { Allotment } from './allotment';
import type { Round } from './generation';
import { RunMoved } from './generation.errors';
import { allotmentTable, expiryOf, waitingTable } from './generation.schema';
import type { Subscription } from './subscription';

const PRODUCTS_A_PAGE = 1_000;

/** What was set aside for an evening, and who waits for what was too little to be. */
@Injectable()
export class AllotmentRepository {
  private readonly allotments: string;
  private readonly waiting: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.allotments = database.tableName(allotmentTable);
    this.waiting = database.tableName(waitingTable);
  }

  async of(round: Round): Promise<Allotment[]> {
    return collectAll(PRODUCTS_A_PAGE, (page) => this.database.queryPage(query(this.allotments, round), page));
  }

  /** Says once what is set aside of a product; the caller takes that off the stock in the same transaction. */
  allot(round: Round, allotment: Allotment): Write {
    return put(
      this.allotments,
      { ...allotment, dateRound: key(round), expiresAt: this.expiry },
      { condition: 'attribute_not_exists(dateRound)' },
      () => new RunMoved(),
    );
  }

  /** Somebody waits, in order of age; a second time is the same. */
  wait(round: Round, { subscriptionId, createdAt }: Subscription): Write {
    const place = `${createdAt}#${subscriptionId}`;
    return put(this.waiting, { dateRound: key(round), place, subscriptionId, expiresAt: this.expiry });
  }

  /** Who waits, oldest first. */
  async whoWaits(round: Round, page: PageRequest): Promise<Page<{ readonly subscriptionId: SubscriptionId }>> {
    return this.database.queryPage(query(this.waiting, round), page);
  }

  private get expiry(): number {
    return expiryOf(this.clock.realNow());
  }
}

function query(table: string, round: Round) {
  return {
    TableName: table,
    KeyConditionExpression: 'dateRound = :round',
    ExpressionAttributeValues: { ':round': key(round) },
    ConsistentRead: true,
  };
}

function key({ date, round }: Round): string {
  return `${date}#${round}`;
}
