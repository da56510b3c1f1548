import { Injectable } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { mapPage, type Page, pageAcrossPartitions, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { mapRead } from '../../platform/dynamo/read';
import { type Order, OrderService, subscriptionOrderIdOf } from '../order';
import {
  occurrenceOn,
  type Outcome,
  SUBSCRIPTION_PARTITIONS,
  type Subscription,
  SubscriptionScan,
} from '../subscription';
import { faultMessageOf } from './domain/decide';
import type { OutcomeRecord } from './domain/outcome-record';
import { inferPastOutcome, type PastDay } from './domain/past-outcome';
import type { RecordedOutcome } from './domain/run';
import { CustomerNames } from './customer-names.service';
import { OutcomeRepository } from './outcome.repository';

/** The outcome of one subscription on a date. */
export interface SubscriptionOutcome extends Pick<PastDay, 'amount' | 'missing' | 'fault'> {
  readonly subscriptionId: string;
  readonly userId: UserId;
  /** The name of the customer. */
  readonly name?: string;
  readonly outcome: Outcome;
  readonly orderId?: OrderId;
}

/** Past outcomes: the order of a date, or the record of why there is none. */
@Injectable()
export class OutcomeHistory {
  constructor(
    private readonly subscriptions: SubscriptionScan,
    private readonly outcomes: OutcomeRepository,
    private readonly orders: OrderService,
    private readonly names: CustomerNames,
    private readonly database: Database,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** The recorded outcomes, in the order of the queries; undefined where nothing is recorded. */
  async pastDaysOf(
    queries: readonly { readonly subscription: Subscription; readonly date: LocalDate }[],
  ): Promise<(PastDay | undefined)[]> {
    const orderReads = queries.map(({ subscription, date }) =>
      mapRead(
        this.orders.readOf(subscriptionOrderIdOf(subscription.subscriptionId, date)),
        (order) => order && orderedDay(date, order),
      ),
    );
    const recordReads = queries.map(({ subscription, date }) =>
      mapRead(this.outcomes.readOf(subscription.subscriptionId, date), (record) => record && recordedDay(record)),
    );
    const days = await this.database.batchGet([...orderReads, ...recordReads]);
    return queries.map((_, index) => days[index] ?? days[queries.length + index]);
  }

  /**
   * The outcomes of all subscriptions on a date, or those that were recorded as `outcome`, partition by partition. A page
   * may be shorter than its limit.
   */
  async outcomesOn(
    date: LocalDate,
    outcome: RecordedOutcome | undefined,
    page: PageRequest,
  ): Promise<Page<SubscriptionOutcome>> {
    const { items, next } = await (outcome === undefined || outcome === 'ORDERED'
      ? this.allOutcomesOn(date, page)
      : this.recordedOutcomesOn(date, outcome, page));
    const found = outcome === 'ORDERED' ? items.filter((one) => one.outcome === outcome) : items;
    return { items: await this.withNames(found), next };
  }

  private async allOutcomesOn(date: LocalDate, page: PageRequest): Promise<Page<SubscriptionOutcome>> {
    const { items, next } = await pageAcrossPartitions(SUBSCRIPTION_PARTITIONS, page, (partition, inner) =>
      this.subscriptions.pageOfPartition(partition, inner),
    );
    const pastDays = await this.pastDaysOf(items.map((subscription) => ({ subscription, date })));
    const today = this.calendar.dateOf(this.clock.now());
    const outcomes = items.map((subscription, index) => {
      const day = pastDays[index] ?? inferPastOutcome(subscription, computedDay(subscription, date), today);
      return outcomeOf(subscription, day);
    });
    return { items: outcomes, next };
  }

  private async recordedOutcomesOn(
    date: LocalDate,
    outcome: OutcomeRecord['outcome'],
    page: PageRequest,
  ): Promise<Page<SubscriptionOutcome>> {
    const records = await pageAcrossPartitions(SUBSCRIPTION_PARTITIONS, page, (partition, inner) =>
      this.outcomes.listByOutcome(date, partition, outcome, inner),
    );
    return mapPage(records, (record) => outcomeOf(record, recordedDay(record)));
  }

  private async withNames(outcomes: readonly SubscriptionOutcome[]): Promise<SubscriptionOutcome[]> {
    const names = await this.names.of(outcomes.map(({ userId }) => userId));
    return outcomes.map((one) => ({ ...one, name: names.get(one.userId) }));
  }
}

function outcomeOf(
  { subscriptionId, userId }: Pick<SubscriptionOutcome, 'subscriptionId' | 'userId'>,
  { outcome, amount, missing, orderId, fault }: PastDay,
): SubscriptionOutcome {
  return { subscriptionId, userId, outcome, amount, missing, orderId, fault };
}

function orderedDay(date: LocalDate, { orderId, items, amount, missing }: Order): PastDay {
  return { date, outcome: 'ORDERED', items, amount, missing, orderId };
}

function recordedDay({ date, outcome, items = [], amount = 0, missing, fault }: OutcomeRecord): PastDay {
  return { date, outcome, items, amount, missing, fault };
}

/** The outcome by the rules. An undecidable subscription is MISSED with a fault, and the others are still listed. */
function computedDay(subscription: Subscription, date: LocalDate): PastDay {
  const nothing = { date, items: [], amount: 0 };
  try {
    return { ...nothing, outcome: occurrenceOn(subscription, date).outcome };
  } catch (error) {
    return { ...nothing, outcome: 'MISSED', fault: faultMessageOf(error) };
  }
}
