import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import type { GenerationCompleted, GenerationRetried } from '../../events/subscription.events';
import { type Instant, instantOf, type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { derivedEventId, type UserId } from '../../kernel/ids';
import { iteratePages } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { Subscribe } from '../../platform/events/subscribe';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { OrderService, subscriptionOrderIdOf } from '../order';
import { pendingOccurrence, SUBSCRIPTION_PARTITIONS, type Subscription, SubscriptionScan } from '../subscription';
import { type Announcement, announce, type CustomerDay } from './domain/customer-day';
import { type GenerationFinished, GenerationQueue } from './generation-queue';
import { OutcomeRepository } from './outcome.repository';
import { RunSchedule } from './run-schedule';

/** The id of the subscribers. Outbox rows store it, so it must not change. */
const ANNOUNCE = 'generation.announce';
const ANNOUNCE_RETRY = 'generation.announce_retry';

/** The clocks of the tasks that start, decide and complete a pass may differ by this much. */
const CLOCK_SKEW_SECONDS = 5;
const EARLIEST = '0000';

const PAGE_SIZE = 200;
const DISPATCHED_AT_ONCE = 20;

/**
 * Tells customers what all their subscriptions bring on a date: after generation, and again after a pass or retry that
 * changed it. It walks the partitions, in which the subscriptions of a customer are adjacent, because only at the end of a
 * run is it known what comes and what does not.
 */
@Injectable()
export class DayAnnouncement {
  constructor(
    private readonly queue: GenerationQueue,
    private readonly subscriptions: SubscriptionScan,
    private readonly orders: OrderService,
    private readonly outcomes: OutcomeRepository,
    private readonly schedule: RunSchedule,
    private readonly outboxRelay: OutboxRelay,
    private readonly database: Database,
    private readonly shutdown: ShutdownSignal,
  ) {}

  /** From the outbox to the queue. */
  @Subscribe('generation.completed', { as: ANNOUNCE })
  async announceRun(event: PublishedEvent<GenerationCompleted>): Promise<void> {
    await this.enqueue(event);
  }

  @Subscribe('generation.retried', { as: ANNOUNCE_RETRY })
  async announceRetry(event: PublishedEvent<GenerationRetried>): Promise<void> {
    await this.enqueue(event);
  }

  /**
   * Announces the customers of a partition. Nothing would send a lost message again, so after the last attempt the event is
   * parked in the outbox, where an admin can retry it. The ids of the announcements derive from it, so announcing a
   * partition twice is harmless. `ShuttingDown`.
   */
  async announcePartition(event: GenerationFinished, partition: string, isLastAttempt: boolean): Promise<void> {
    const subscriber = event.type === 'generation.completed' ? ANNOUNCE : ANNOUNCE_RETRY;
    await this.outboxRelay.doOrPark(() => this.announceCustomers(event, partition), {
      event,
      subscriber,
      isLastAttempt,
    });
  }

  private async enqueue(event: GenerationFinished): Promise<void> {
    const { requestId } = event;
    await this.queue.send(
      ...SUBSCRIPTION_PARTITIONS.map((shard) => ({ task: 'ANNOUNCE', requestId, shard, event }) as const),
    );
  }

  private async announceCustomers(event: GenerationFinished, partition: string): Promise<void> {
    // The event of an earlier version lacks `since`. Two messages are better than none.
    const { date, occurredAt, since } = event;
    const announcement: Announcement = {
      since: since === undefined ? EARLIEST : shifted(since, -CLOCK_SKEW_SECONDS),
      until: shifted(occurredAt, CLOCK_SKEW_SECONDS),
      isRetry: event.type === 'generation.retried',
      retryAtOf: (deliverySlot) => this.schedule.announcedRetryOf({ date, deliverySlot }, occurredAt),
    };
    let waiting: PublishedEvent[] = [];
    const dispatch = async () => {
      this.shutdown.throwIfStarted();
      // One row each, because a row holds at most 400 KB.
      await Promise.all(waiting.map((one) => this.outboxRelay.dispatchOrStore([one])));
      waiting = [];
    };
    for await (const day of this.customersOf(date, partition)) {
      const decided = announce(day, announcement);
      if (!decided) continue;
      const eventId = derivedEventId(event.eventId, `${event.eventId} ${decided.type} ${day.userId}`);
      waiting.push({ ...decided, eventId, occurredAt, requestId: event.requestId });
      if (waiting.length === DISPATCHED_AT_ONCE) await dispatch();
    }
    await dispatch();
  }

  /** The customers of a partition with orders or records on a date. */
  private async *customersOf(date: LocalDate, partition: string): AsyncGenerator<CustomerDay> {
    let current: CustomerDay | undefined;
    for await (const page of iteratePages(PAGE_SIZE, (request) =>
      this.subscriptions.pageOfPartition(partition, request),
    )) {
      for (const { userId, ...decided } of await this.decidedOn(date, page)) {
        if (current?.userId !== userId) {
          if (current) yield current;
          current = emptyDay(userId, date);
        }
        current = {
          ...current,
          orders: [...current.orders, ...decided.orders],
          records: [...current.records, ...decided.records],
        };
      }
    }
    if (current) yield current;
  }

  /** The order or record of each subscription that was decided on a date, or could not be. */
  private async decidedOn(date: LocalDate, page: readonly Subscription[]): Promise<CustomerDay[]> {
    const decided = page.filter(
      (subscription) => subscription.generatedThrough >= date || pendingOccurrence(subscription, date) !== undefined,
    );
    const [orders, records] = await Promise.all([
      this.database.batchGet(
        decided.map(({ subscriptionId }) => this.orders.readOf(subscriptionOrderIdOf(subscriptionId, date))),
      ),
      this.database.batchGet(decided.map(({ subscriptionId }) => this.outcomes.readOf(subscriptionId, date))),
    ]);
    return decided.map(({ userId }, index) => ({
      userId,
      date,
      orders: orders[index] ? [orders[index]] : [],
      records: records[index] ? [records[index]] : [],
    }));
  }
}

function shifted(instant: Instant, seconds: number): Instant {
  return instantOf(millisecondsOf(instant) + seconds * 1_000);
}

function emptyDay(userId: UserId, date: LocalDate): CustomerDay {
  return { userId, date, orders: [], records: [] };
}
