import { Injectable } from '@nestjs/common';
import { addDays, Calendar, type LocalDate } from '../../kernel/calendar';
import type { OrderId, SubscriptionId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { type Page, pageAcrossPartitions, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { subscriptionOrderIdOf } from '../order';
import { pendingOccurrence, SUBSCRIPTION_PARTITIONS, type Subscription, SubscriptionScan } from '../subscription';
import { totalCount } from './domain/run';
import { OutcomeHistory } from './outcome-history.service';
import { RunRepository } from './run.repository';

/** A delivery that is marked as decided, but that has neither an order nor an outcome. The customer gets nothing. */
export interface LostDecision {
  readonly subscriptionId: SubscriptionId;
  readonly userId: UserId;
  readonly date: LocalDate;
  /** The id that its order would have. */
  readonly orderId: OrderId;
}

/** Usually today and tomorrow are decided. Only a clock that was set back leaves more dates. */
const MAX_DATES = 7;

/** Finds deliveries that were decided and then lost, such as by a restore of some tables but not of others. */
@Injectable()
export class DecisionAudit {
  constructor(
    private readonly subscriptions: SubscriptionScan,
    private readonly history: OutcomeHistory,
    private readonly runs: RunRepository,
    private readonly database: Database,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** One page of all subscriptions, partition by partition. It may be shorter than its limit. */
  pageOfSubscriptions(page: PageRequest): Promise<Page<Subscription>> {
    return pageAcrossPartitions(SUBSCRIPTION_PARTITIONS, page, (partition, inner) =>
      this.subscriptions.pageOfPartition(partition, inner),
    );
  }

  find(subscriptionId: SubscriptionId): Promise<Subscription | undefined> {
    return this.database.get(this.subscriptions.readOf(subscriptionId));
  }

  /** For each subscription, the lost decisions from today on. */
  async lostDecisionsOf(subscriptions: readonly Subscription[]): Promise<LostDecision[][]> {
    const today = this.calendar.dateOf(this.clock.now());
    const last = subscriptions.reduce((latest, { generatedThrough: date }) => (date > latest ? date : latest), today);
    const runs = await this.runs.listBetween(today, last, MAX_DATES);
    const runDates = runs.filter(({ counts }) => totalCount(counts) > 0).map(({ date }) => date);
    const decided = subscriptions.flatMap((subscription) =>
      decidedDates(subscription, today, runDates).map((date) => ({ subscription, date })),
    );
    const recorded = await this.history.pastDaysOf(decided);
    const lost = decided.filter((_, index) => recorded[index] === undefined);
    const bySubscription = Map.groupBy(lost, ({ subscription }) => subscription);
    return subscriptions.map((one) => (bySubscription.get(one) ?? []).map(({ date }) => lostDecision(one, date)));
  }
}

/**
 * The dates from today on that are decided and for which a delivery was planned. The last decided date always counts.
 * An earlier one counts if it had a run, because the first run of a dairy decides no date before it.
 */
function decidedDates(
  subscription: Subscription,
  today: LocalDate,
  runDates: readonly LocalDate[],
): readonly LocalDate[] {
  const { generatedThrough } = subscription;
  const dates = new Set([...runDates, generatedThrough]);
  return [...dates].filter((date) => {
    if (!(date >= today && date <= generatedThrough)) return false;
    const undecided = { ...subscription, generatedThrough: addDays(date, -1) };
    return pendingOccurrence(undecided, date) !== undefined;
  });
}

function lostDecision({ subscriptionId, userId }: Subscription, date: LocalDate): LostDecision {
  return { subscriptionId, userId, date, orderId: subscriptionOrderIdOf(subscriptionId, date) };
}
