import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { createdAtOf } from '../../kernel/ids';
import { random } from '../../kernel/random';
import { BackgroundTasks } from '../background-tasks';
import { Clock } from '../clock';
import { iteratePages } from '../dynamo/cursor';
import { ShutdownSignal } from '../shutdown/shutdown-signal';
import { declareMetric, Metrics } from '../telemetry/metrics';
import { KNOWN_EVENT_TYPES, type PublishedEvent } from './event';
import { EventBus } from './event-bus';
import { Outbox, OUTBOX_SHARDS, type OutboxRow, type SubscriberFailure } from './outbox';

const MAX_ATTEMPTS = 12;
const LEASE_MILLISECONDS = 30_000;
const SWEEP_INTERVAL_MILLISECONDS = 2_000;
const AGE_REPORT_INTERVAL_MILLISECONDS = 60_000;
const SWEEP_PAGE_SIZE = 100;
const MIN_RETRY_DELAY_MILLISECONDS = 1_000;
const MAX_RETRY_DELAY_MILLISECONDS = 5 * 60_000;
/** How long a row with unknown event types is deferred, so that a task of a newer version takes it. */
const UNKNOWN_TYPE_DEFERRAL_MILLISECONDS = 60_000;
const UNKNOWN_SUBSCRIBER = 'unknown';

/** Age of the oldest event that has not reached every subscriber. Each task records it once a minute. */
const OUTBOX_OLDEST = declareMetric('OutboxOldest', { unit: 'Seconds', kind: 'gauge' });
/** Rows that were parked. */
const OUTBOX_PARKED = declareMetric('OutboxParked', { unit: 'Count', kind: 'count' });

/**
 * Delivers events from the outbox to the subscribers: right after the commit, or in a sweep after a crash or failure.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private timer?: NodeJS.Timeout;
  private sweeping?: Promise<void>;
  private ageReportedAt = 0;

  constructor(
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly background: BackgroundTasks,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly shutdown: ShutdownSignal,
    @Inject(KNOWN_EVENT_TYPES) private readonly knownTypes: ReadonlySet<string>,
  ) {
    shutdown.onStart(() => clearInterval(this.timer));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_INTERVAL_MILLISECONDS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeping;
    await this.background.waitUntilIdle();
  }

  /** Delivers the events of a committed transaction in the background, or leaves them to the sweep. */
  dispatchRow(row: OutboxRow): void {
    if (!this.background.hasCapacity) return;
    this.background.run(() =>
      this.attemptRow(row).catch((error: unknown) =>
        this.logger.warn({ err: error, outboxId: row.outboxId }, 'Events not relayed, left to the sweep'),
      ),
    );
  }

  /** True when no row is pending. Parked rows do not count. */
  async isDrained(): Promise<boolean> {
    if (!this.background.isIdle) return false;
    const pages = await Promise.all(OUTBOX_SHARDS.map((shard) => this.outbox.listShard(shard, { limit: 1 })));
    return pages.every(({ items }) => items.length === 0) && this.background.isIdle;
  }

  /** Waits until every event has reached its subscribers or is parked. */
  async drain(): Promise<void> {
    while (!(await this.isDrained())) {
      await this.sweep();
      await this.background.waitUntilIdle();
      await sleep(5);
    }
  }

  /** Retries the rows that a crashed process or a failed subscriber left behind. Several tasks may sweep at once. */
  async sweep(): Promise<void> {
    this.sweeping ??= this.sweepAll().finally(() => (this.sweeping = undefined));
    await this.sweeping;
  }

  private async sweepAll(): Promise<void> {
    try {
      const oldest = await Promise.all(OUTBOX_SHARDS.map((shard) => this.sweepShard(shard)));
      this.reportOldestAge(Math.min(...oldest));
    } catch (error) {
      this.logger.warn({ err: error }, 'Outbox sweep failed');
    }
  }

  private reportOldestAge(oldestCreatedAt: number): void {
    const now = this.clock.realNow();
    if (now < this.ageReportedAt + AGE_REPORT_INTERVAL_MILLISECONDS) return;
    this.ageReportedAt = now;
    this.metrics.record(OUTBOX_OLDEST, Math.max(0, now - oldestCreatedAt) / 1_000);
  }

  /** Returns when the oldest row was created (real time, milliseconds), or now if there is none. */
  private async sweepShard(shard: string): Promise<number> {
    let oldestCreatedAt = this.clock.realNow();
    for await (const rows of iteratePages(SWEEP_PAGE_SIZE, (page) => this.outbox.listShard(shard, page))) {
      oldestCreatedAt = Math.min(oldestCreatedAt, ...rows.map(({ outboxId }) => createdAtOf(outboxId)));
      if (this.shutdown.hasStarted) return oldestCreatedAt;
      const due = rows.filter(({ nextAttemptAt }) => nextAttemptAt <= this.clock.realNow());
      await Promise.all(due.map((row) => this.retry(row)));
    }
    return oldestCreatedAt;
  }

  private async retry(row: OutboxRow): Promise<void> {
    const unknown = row.events.filter(({ type }) => !this.knownTypes.has(type)).map(({ type }) => type);
    if (unknown.length > 0) {
      this.logger.warn({ outboxId: row.outboxId, types: unknown }, 'Unknown event type, left to newer tasks');
      return this.outbox.defer(row, UNKNOWN_TYPE_DEFERRAL_MILLISECONDS);
    }
    // The last attempt ended without a result: its process crashed.
    if (row.attempts >= MAX_ATTEMPTS) return this.park(row, row.failed ?? row.events.map(unfinishedFailure));
    const leased = await this.outbox.lease(row, LEASE_MILLISECONDS);
    if (leased) await this.attemptRow(leased);
  }

  private async attemptRow(row: OutboxRow): Promise<void> {
    const failed = await this.dispatchEvents(row.events, row.failed);
    if (failed.length === 0) await this.outbox.complete(row);
    else if (row.attempts < MAX_ATTEMPTS) await this.outbox.postpone(row, failed, retryDelay(row.attempts));
    else await this.park(row, failed);
  }

  /**
   * Does what a subscriber left to a queue message. If the last attempt fails, the event is parked for the subscriber,
   * where an admin can retry it, because nothing would send the message again.
   */
  async doOrPark(
    work: () => Promise<void>,
    { event, subscriber, isLastAttempt }: { event: PublishedEvent; subscriber: string; isLastAttempt: boolean },
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isLastAttempt) throw error;
      await this.parkForSubscriber(event, subscriber, error);
    }
  }

  /** Delivers events that no row holds. Those whose subscribers fail are stored, and retried like any others. */
  async dispatchOrStore(events: readonly PublishedEvent[]): Promise<void> {
    const failed = await this.dispatchEvents(events);
    if (failed.length === 0) return;
    const undelivered = events.filter(({ eventId }) => failed.some((failure) => failure.eventId === eventId));
    await this.outbox.store(undelivered, failed);
  }

  /** Delivers events to all their subscribers, or only to those that failed. Returns the failures. */
  async dispatchEvents(
    events: readonly PublishedEvent[],
    failed?: readonly SubscriberFailure[],
  ): Promise<SubscriberFailure[]> {
    return (await Promise.all(events.map((event) => this.dispatchEvent(event, failed)))).flat();
  }

  private async dispatchEvent(
    event: PublishedEvent,
    failed?: readonly SubscriberFailure[],
  ): Promise<SubscriberFailure[]> {
    const pendingSubscribers = failed
      ?.filter(({ eventId }) => eventId === event.eventId)
      .map(({ subscriber }) => subscriber);
    if (pendingSubscribers?.length === 0) return [];
    const isForAll = !pendingSubscribers || pendingSubscribers.includes(UNKNOWN_SUBSCRIBER);
    const results = await this.bus.publish(event, isForAll ? undefined : new Set(pendingSubscribers));
    return results.flatMap(({ subscriber, error }) =>
      error === undefined ? [] : [{ eventId: event.eventId, subscriber, error: errorTextOf(error) }],
    );
  }

  /**
   * Parks an event whose subscriber passed it to a worker that now fails. A retry runs the subscriber with the stable
   * id `subscriber` again.
   */
  private async parkForSubscriber(event: PublishedEvent, subscriber: string, error: unknown): Promise<void> {
    const failure = { eventId: event.eventId, subscriber, error: errorTextOf(error) };
    const { outboxId } = await this.outbox.parkEvent(event, failure);
    this.reportParked(outboxId, [failure]);
  }

  private async park(row: OutboxRow, failed: readonly SubscriberFailure[]): Promise<void> {
    await this.outbox.park(row, failed);
    this.reportParked(row.outboxId, failed);
  }

  private reportParked(outboxId: string, failed: readonly SubscriberFailure[]): void {
    this.logger.error({ outboxId, failed }, 'Events parked');
    this.metrics.record(OUTBOX_PARKED, 1, { outboxId });
  }
}

function retryDelay(attempts: number): number {
  return (
    Math.min(MAX_RETRY_DELAY_MILLISECONDS, MIN_RETRY_DELAY_MILLISECONDS * 2 ** (attempts - 1)) * (0.5 + random() / 2)
  );
}

/** The crash left no record of the subscriber that caused it, so a retry runs all of them. */
function unfinishedFailure({ eventId }: PublishedEvent): SubscriberFailure {
  return { eventId, subscriber: UNKNOWN_SUBSCRIBER, error: 'The process crashed during every attempt' };
}

function errorTextOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown';
}
