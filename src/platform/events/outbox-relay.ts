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
/** How long a row with events of a newer version is left to the tasks that know them. */
const UNKNOWN_TYPE_DEFERRAL_MILLISECONDS = 60_000;
const UNKNOWN_SUBSCRIBER = 'unknown';

/** Age of the oldest event that some subscriber has yet to take; each task records it once a minute. */
const OUTBOX_OLDEST = declareMetric('OutboxOldest', { unit: 'Seconds', kind: 'gauge' });
/** Events given up until an admin retries them. */
const OUTBOX_PARKED = declareMetric('OutboxParked', { unit: 'Count', kind: 'count' });

/** Carries events from the outbox to the subscribers: at once after the commit, or by the sweep after a crash. */
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
        this.logger.warn({ err: error, outboxId: row.outboxId }, 'Events wait for the sweep'),
      ),
    );
  }

  /** True when no row waits anywhere; parked rows do not count. */
  async isDrained(): Promise<boolean> {
    if (!this.background.isIdle) return false;
    const pages = await Promise.all(OUTBOX_SHARDS.map((shard) => this.outbox.listShard(shard, { limit: 1 })));
    return pages.every(({ items }) => items.length === 0) && this.background.isIdle;
  }

  /** Waits until every event has reached its subscribers, or was parked. */
  async drain(): Promise<void> {
    while (!(await this.isDrained())) {
      await this.sweep();
      await this.background.waitUntilIdle();
      await sleep(5);
    }
  }

  /** Takes the rows that a dead process or a failed subscriber left behind. Several tasks may sweep at once. */
  async sweep(): Promise<void> {
    this.sweeping ??= this.sweepAll().finally(() => (this.sweeping = undefined));
    await this.sweeping;
  }

  private async sweepAll(): Promise<void> {
    try {
      const oldest = await Promise.all(OUTBOX_SHARDS.map((shard) => this.sweepShard(shard)));
      this.reportOldestAge(Math.min(...oldest));
    } catch (error) {
      this.logger.warn({ err: error }, 'The outbox could not be swept');
    }
  }

  private reportOldestAge(oldestCreatedAt: number): void {
    const now = this.clock.realNow();
    if (now < this.ageReportedAt + AGE_REPORT_INTERVAL_MILLISECONDS) return;
    this.ageReportedAt = now;
    this.metrics.record(OUTBOX_OLDEST, Math.max(0, now - oldestCreatedAt) / 1_000);
  }

  /** Answers with when the oldest row was made; now, when there is none. */
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
      this.logger.warn({ outboxId: row.outboxId, types: unknown }, 'Unknown event types, left to newer tasks');
      return this.outbox.defer(row, UNKNOWN_TYPE_DEFERRAL_MILLISECONDS);
    }
    // Whoever was at it last has died of it, perhaps not for the first time.
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

  /** Offers events to all their subscribers, or once more to those who failed; answers with who did not take them. */
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

  /** Parks an event whose subscriber succeeded by handing it to a worker, which now fails. `subscriber` is a stable id: a retry runs it again. */
  async parkForSubscriber(event: PublishedEvent, subscriber: string, error: unknown): Promise<void> {
    const failure = { eventId: event.eventId, subscriber, error: errorTextOf(error) };
    const { outboxId } = await this.outbox.parkEvent(event, failure);
    this.reportParked(outboxId, [failure]);
  }

  private async park(row: OutboxRow, failed: readonly SubscriberFailure[]): Promise<void> {
    await this.outbox.park(row, failed);
    this.reportParked(row.outboxId, failed);
  }

  private reportParked(outboxId: string, failed: readonly SubscriberFailure[]): void {
    this.logger.error({ outboxId, failed }, 'Events were parked');
    this.metrics.record(OUTBOX_PARKED, 1, { outboxId });
  }
}

function retryDelay(attempts: number): number {
  return (
    Math.min(MAX_RETRY_DELAY_MILLISECONDS, MIN_RETRY_DELAY_MILLISECONDS * 2 ** (attempts - 1)) * (0.5 + random() / 2)
  );
}

/** Nobody knows which subscriber it was: all are asked again when the row is brought back. */
function unfinishedFailure({ eventId }: PublishedEvent): SubscriberFailure {
  return { eventId, subscriber: UNKNOWN_SUBSCRIBER, error: 'The process died during every attempt' };
}

function errorTextOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown';
}
