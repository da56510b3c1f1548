import { Inject, Injectable, Logger } from '@nestjs/common';
import { random } from '../../kernel/random';
import { BackgroundTasks } from '../background-tasks';
import { Clock } from '../clock';
import { declareMetric, Metrics } from '../telemetry/metrics';
import { KNOWN_EVENT_TYPES, type PublishedEvent } from './event';
import { EventBus } from './event-bus';
import { Outbox, type OutboxRow, type SubscriberFailure } from './outbox';

const MAX_ATTEMPTS = 12;
const LEASE_MILLISECONDS = 30_000;
const MIN_RETRY_DELAY_MILLISECONDS = 1_000;
const MAX_RETRY_DELAY_MILLISECONDS = 5 * 60_000;
/** How long a row with unknown event types is deferred, so that a task of a newer version takes it. */
const UNKNOWN_TYPE_DEFERRAL_MILLISECONDS = 60_000;
const UNKNOWN_SUBSCRIBER = 'unknown';
/** Failed rows beyond this number are left to the sweep. */
const MAX_OWN_RETRIES = 1_000;

/** Rows that were parked. */
const OUTBOX_PARKED = declareMetric('OutboxParked', { unit: 'Count', kind: 'count' });

/**
 * Delivers events from the outbox to the subscribers right after the commit. A row that failed is retried by the same
 * process, because the sweep does not read young rows. If the process crashes, the sweep takes the row over.
 */
@Injectable()
export class OutboxRelay {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly ownRetries = new Map<string, OutboxRow>();

  constructor(
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly background: BackgroundTasks,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    @Inject(KNOWN_EVENT_TYPES) private readonly knownTypes: ReadonlySet<string>,
  ) {}

  /** Delivers the events of a committed transaction in the background, or leaves them to the sweep. */
  dispatchRow(row: OutboxRow): void {
    if (!this.background.hasCapacity) return;
    this.background.run(() => this.attemptRow(row).catch((error: unknown) => this.reportNotRelayed(row, error)));
  }

  /** Retries a row in this process once it is due. The sweep does so if the row is older by then. */
  retryWhenDue(row: OutboxRow): void {
    if (this.ownRetries.size < MAX_OWN_RETRIES) this.ownRetries.set(row.outboxId, row);
  }

  /** Retries the due rows that failed in this process. */
  async retryOwnRows(): Promise<void> {
    const due = [...this.ownRetries.values()].filter(({ nextAttemptAt }) => nextAttemptAt <= this.clock.realNow());
    for (const { outboxId } of due) this.ownRetries.delete(outboxId);
    await this.retryAll(due);
  }

  /** Retries due rows. An error concerns only its row, which is left to a later sweep. */
  async retryAll(due: readonly OutboxRow[]): Promise<void> {
    await Promise.all(due.map((row) => this.retry(row).catch((error: unknown) => this.reportNotRelayed(row, error))));
  }

  /** Leases a due row and attempts it again, unless another task does. */
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
    else if (row.attempts >= MAX_ATTEMPTS) await this.park(row, failed);
    else {
      const postponed = await this.outbox.postpone(row, failed, retryDelay(row.attempts));
      if (postponed) this.retryWhenDue(postponed);
    }
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

  private reportNotRelayed({ outboxId }: OutboxRow, error: unknown): void {
    this.logger.warn({ err: error, outboxId }, 'Events not relayed, left to the sweep');
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
