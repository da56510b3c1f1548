import { Injectable } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import { type OrderId, subscriptionOrderIdOf, type UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { type Page, pageAcrossPartitions, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Order, OrderService } from '../order';
import { faultOf } from './batch';
import type { Outcome } from './forecast';
import { type HappenedDay, unrecorded } from './happened';
import { occurrence } from './occurrence';
import { type OccurrenceRecord, OccurrenceRepository } from './occurrence.repository';
import type { Subscription } from './subscription';
import { SHARDS, SubscriptionRepository } from './subscription.repository';

/** What has become of one subscription on a date. */
export interface SubscriptionOutcome extends Pick<HappenedDay, 'amount' | 'missing' | 'fault'> {
  readonly subscriptionId: string;
  readonly userId: UserId;
  readonly outcome: Outcome;
  readonly orderId?: OrderId;
}

/** What has happened: the order of a date, or the record of why there is none. */
@Injectable()
export class GenerationHistory {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly occurrences: OccurrenceRepository,
    private readonly orders: OrderService,
    private readonly database: Database,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** What has become of some dates, in the order asked; undefined where nothing is recorded. */
  async of(
    asked: readonly { readonly subscription: Subscription; readonly date: LocalDate }[],
  ): Promise<(HappenedDay | undefined)[]> {
    const found = await this.database.batchGet([
      ...asked.map(({ subscription, date }) =>
        this.orders.readOf(subscriptionOrderIdOf(subscription.subscriptionId, date)),
      ),
      ...asked.map(({ subscription, date }) => this.occurrences.readOf(subscription.subscriptionId, date)),
    ]);
    return asked.map(({ date }, index) => {
      const order = found[index] as unknown as Order | undefined;
      const record = found[asked.length + index] as unknown as OccurrenceRecord | undefined;
      return order ? ordered(date, order) : record && recorded(record);
    });
  }

  /** What has become of every subscription on a date, shard by shard; a page may be short. */
  async outcomesOf(date: LocalDate, page: PageRequest): Promise<Page<SubscriptionOutcome>> {
    const { items, next } = await pageAcrossPartitions(SHARDS, page, (shard, inner) =>
      this.subscriptions.ofShard(shard, inner),
    );
    const happened = await this.of(items.map((subscription) => ({ subscription, date })));
    const today = this.calendar.dateOf(this.clock.now());
    const outcomes = items.map((subscription, index) => {
      const { subscriptionId, userId } = subscription;
      const day = happened[index] ?? unrecorded(subscription, computed(subscription, date), today);
      const { outcome, amount, missing, orderId, fault } = day as HappenedDay;
      return { subscriptionId, userId, outcome, amount, missing, orderId, fault };
    });
    return { items: outcomes, next };
  }
}

function ordered(date: LocalDate, { orderId, items, amount, missing }: Order): HappenedDay {
  return { date, outcome: 'ORDERED', items, amount, missing, orderId };
}

function recorded({ date, outcome, items = [], amount = 0, missing, fault }: OccurrenceRecord): HappenedDay {
  return { date, outcome, items, amount, missing, fault };
}

/** A subscription that cannot be read brings nothing, and keeps nobody else from being shown. */
function computed(subscription: Subscription, date: LocalDate): HappenedDay {
  const nothing = { date, items: [], amount: 0 };
  try {
    return { ...nothing, outcome: occurrence(subscription, date).outcome };
  } catch (error) {
    return { ...nothing, outcome: 'MISSED', fault: faultOf(error) };
  }
}
