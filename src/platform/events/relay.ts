import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Emitted, EVENT_TYPES } from '../../events/event-map';
import { Clock } from '../clock';
import { currentContext, runInContext } from '../context';
import { pagesOf } from '../dynamo/cursor';
import { Ending } from '../ending';
import { jitter, madeAt, newEventId } from '../ids';
import { Metrics } from '../telemetry/metrics';
import { EventBus } from './bus';
import { type Failure, Outbox, OUTBOX_SHARDS, type OutboxRow } from './outbox';

const ATTEMPTS = 12;
const IN_FLIGHT_AT_MOST = 1_000;
const LEASE_MILLISECONDS = 30_000;
const SWEEP_EVERY_MILLISECONDS = 2_000;
const TELL_EVERY_MILLISECONDS = 60_000;
const ROWS_A_SWEEP = 100;
const FIRST_RETRY_MILLISECONDS = 1_000;
const LAST_RETRY_MILLISECONDS = 5 * 60_000;
/** How long a row with events of a newer version is left to the tasks that know them. */
const LEFT_TO_NEWER_MILLISECONDS = 60_000;
const UNKNOWN_SUBSCRIBER = 'unknown';

/** Carries events from the outbox to the subscribers: at once after the commit, or by the sweep after a crash. */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Relay.name);
  private readonly inFlight = new Set<Promise<void>>();
  private timer?: NodeJS.Timeout;
  private sweeping?: Promise<void>;
  private toldAt = 0;

  constructor(
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly ending: Ending,
  ) {
    ending.whenBegun(() => clearInterval(this.timer));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_EVERY_MILLISECONDS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeping;
    await this.idle();
  }

  /** Delivers the events of a committed transaction in the background; what it cannot take, the sweep will. */
  deliver(row: OutboxRow): void {
    if (this.hasRoom) this.background(() => this.attempt(row));
  }

  /** Whether this process can take more to deliver; what it does not take waits for the sweep. */
  get hasRoom(): boolean {
    return this.inFlight.size < IN_FLIGHT_AT_MOST;
  }

  /** Runs work after the answer; shutdown and `idle` wait for it. */
  background(work: () => Promise<void>): void {
    const requestId = currentContext()?.requestId ?? newEventId();
    const running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => runInContext({ requestId, background: true }, work))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'Events wait for the sweep'))
      .finally(() => this.inFlight.delete(running));
    this.inFlight.add(running);
  }

  /** Resolves when nothing is being delivered by this process. */
  async idle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  /** True when no row waits anywhere; parked rows do not count. */
  async isDrained(): Promise<boolean> {
    if (this.inFlight.size > 0) return false;
    const pages = await Promise.all(OUTBOX_SHARDS.map((shard) => this.outbox.page(shard, { limit: 1 })));
    return pages.every(({ items }) => items.length === 0) && this.inFlight.size === 0;
  }

  /** Waits until every event has reached its subscribers, or was parked. */
  async drained(): Promise<void> {
    while (!(await this.isDrained())) {
      await this.sweep();
      await this.idle();
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
      this.tellOldest(Math.min(...oldest));
    } catch (error) {
      this.logger.warn({ err: error }, 'The outbox could not be swept');
    }
  }

  private tellOldest(oldest: number): void {
    const now = this.clock.real();
    if (now < this.toldAt + TELL_EVERY_MILLISECONDS) return;
    this.toldAt = now;
    this.metrics.record('OutboxOldest', Math.max(0, now - oldest) / 1_000);
  }

  /** Answers with when the oldest row was made; now, when there is none. */
  private async sweepShard(shard: string): Promise<number> {
    let oldest = this.clock.real();
    for await (const rows of pagesOf(ROWS_A_SWEEP, (page) => this.outbox.page(shard, page))) {
      oldest = Math.min(oldest, ...rows.map(({ outboxId }) => madeAt(outboxId)));
      if (this.ending.hasBegun) return oldest;
      const due = rows.filter(({ nextAttemptAt }) => nextAttemptAt <= this.clock.real());
      await Promise.all(due.map((row) => this.retry(row)));
    }
    return oldest;
  }

  private async retry(row: OutboxRow): Promise<void> {
    const unknown = row.events.filter(({ type }) => !EVENT_TYPES.has(type)).map(({ type }) => type);
    if (unknown.length > 0) {
      this.logger.warn({ outboxId: row.outboxId, types: unknown }, 'Unknown event types, left to newer tasks');
      return this.outbox.defer(row, LEFT_TO_NEWER_MILLISECONDS);
    }
    // Whoever was at it last has died of it, perhaps not for the first time.
    if (row.attempts >= ATTEMPTS) return this.park(row, row.failed ?? row.events.map(neverFinished));
    const leased = await this.outbox.lease(row, LEASE_MILLISECONDS);
    if (leased) await this.attempt(leased);
  }

  private async attempt(row: OutboxRow): Promise<void> {
    const failed = await this.offer(row.events, row.failed);
    if (failed.length === 0) await this.outbox.done(row);
    else if (row.attempts < ATTEMPTS) await this.outbox.postpone(row, failed, retryAfter(row.attempts));
    else await this.park(row, failed);
  }

  /** Offers events to all their subscribers, or once more to those who failed; answers with who did not take them. */
  async offer(events: readonly Emitted[], failed?: readonly Failure[]): Promise<Failure[]> {
    return (await Promise.all(events.map((event) => this.offerOne(event, failed)))).flat();
  }

  private async offerOne(event: Emitted, failed?: readonly Failure[]): Promise<Failure[]> {
    const still = failed?.filter(({ eventId }) => eventId === event.eventId).map(({ subscriber }) => subscriber);
    if (still?.length === 0) return [];
    const everybody = !still || still.includes(UNKNOWN_SUBSCRIBER);
    const outcomes = await this.bus.publish(event, everybody ? undefined : new Set(still));
    return outcomes.flatMap(({ subscriber, error }) =>
      error === undefined ? [] : [{ eventId: event.eventId, subscriber, error: textOf(error) }],
    );
  }

  /** Parks an event whose subscriber succeeded by handing it to a worker, which now fails. `subscriber` is a stable id: a retry runs it again. */
  async giveUp(event: Emitted, subscriber: string, error: unknown): Promise<void> {
    const failed = { eventId: event.eventId, subscriber, error: textOf(error) };
    const { outboxId } = await this.outbox.parkOne(event, failed);
    this.tellParked(outboxId, [failed]);
  }

  private async park(row: OutboxRow, failed: readonly Failure[]): Promise<void> {
    await this.outbox.park(row, failed);
    this.tellParked(row.outboxId, failed);
  }

  private tellParked(outboxId: string, failed: readonly Failure[]): void {
    this.logger.error({ outboxId, failed }, 'Events were parked');
    this.metrics.record('OutboxParked', 1, { outboxId });
  }
}

function retryAfter(attempts: number): number {
  return Math.min(LAST_RETRY_MILLISECONDS, FIRST_RETRY_MILLISECONDS * 2 ** (attempts - 1)) * (0.5 + jitter() / 2);
}

/** Nobody knows which subscriber it was: all are asked again when the row is brought back. */
function neverFinished({ eventId }: Emitted): Failure {
  return { eventId, subscriber: UNKNOWN_SUBSCRIBER, error: 'The process died during every attempt' };
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'unknown';
}
