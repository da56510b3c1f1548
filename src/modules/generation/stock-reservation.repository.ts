import { Injectable } from '@nestjs/common';
import type { SubscriptionId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { collectAll, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { put, type Write } from '../../platform/dynamo/write';
import type { Subscription } from '../subscription';
import { RunConflict } from './domain/generation.errors';
import type { RunPass } from './domain/run';
import { deferralKeyOf, type StockReservation } from './domain/stock-reservation';
import { deferredTable, expiryOf, stockReservationTable } from './generation.schema';

const PAGE_SIZE = 1_000;

/** The reserved stock of a pass, and the subscriptions that are deferred because a product is scarce. */
@Injectable()
export class StockReservationRepository {
  private readonly reservations: string;
  private readonly deferred: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.reservations = database.tableName(stockReservationTable);
    this.deferred = database.tableName(deferredTable);
  }

  async list(pass: RunPass): Promise<StockReservation[]> {
    return collectAll(PAGE_SIZE, (page) => this.database.queryPage(query(this.reservations, pass), page));
  }

  /** Records a reservation once; the caller takes the stock in the same transaction. `RunConflict` if there is one. */
  reserve(pass: RunPass, reservation: StockReservation): Write {
    return put(
      this.reservations,
      { ...reservation, dateRound: partitionKey(pass), expiresAt: this.expiresAt },
      { condition: 'attribute_not_exists(dateRound)' },
      () => new RunConflict(),
    );
  }

  /** Defers a subscription. Idempotent. */
  defer(pass: RunPass, subscription: Subscription): Write {
    return put(this.deferred, {
      dateRound: partitionKey(pass),
      place: deferralKeyOf(subscription),
      subscriptionId: subscription.subscriptionId,
      expiresAt: this.expiresAt,
    });
  }

  /** The deferred subscriptions, oldest first. */
  async listDeferred(pass: RunPass, page: PageRequest): Promise<Page<{ readonly subscriptionId: SubscriptionId }>> {
    return this.database.queryPage(query(this.deferred, pass), page);
  }

  private get expiresAt(): number {
    return expiryOf(this.clock.realNow());
  }
}

function query(table: string, pass: RunPass) {
  return {
    TableName: table,
    KeyConditionExpression: 'dateRound = :round',
    ExpressionAttributeValues: { ':round': partitionKey(pass) },
    ConsistentRead: true,
  };
}

function partitionKey({ date, round }: RunPass): string {
  return `${date}#${round}`;
}
