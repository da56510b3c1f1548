import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { createdAtOf } from '../../kernel/ids';
import { BackgroundTasks } from '../background-tasks';
import { Clock } from '../clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { iteratePages } from '../dynamo/cursor';
import { ShutdownSignal } from '../shutdown/shutdown-signal';
import { declareMetric, Metrics } from '../telemetry/metrics';
import { Outbox, OUTBOX_SHARDS } from './outbox';
import { OutboxRelay } from './outbox-relay';
import { maxSweepDelay, nextSweepDelay, type SweepResult } from './sweep-delay';

const TICK_MILLISECONDS = 2_000;
const AGE_REPORT_INTERVAL_MILLISECONDS = 60_000;
const SWEEP_PAGE_SIZE = 100;

/** Age of the oldest event that has not reached every subscriber. Each task that sweeps records it once a minute. */
const OUTBOX_OLDEST = declareMetric('OutboxOldest', { unit: 'Seconds', kind: 'gauge' });

interface ShardResult extends SweepResult {
  /** Real time in milliseconds, or now if the shard has no row. */
  readonly oldestCreatedAt: number;
}

/**
 * Retries the rows that a crashed task or a failed subscriber left in the outbox. Tasks with only the role `api` do not
 * sweep, and retry only the young rows that failed in them.
 */
@Injectable()
export class OutboxSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxSweep.name);
  private readonly sweepAfter: number;
  private readonly maxDelay: number;
  private readonly isSweeper: boolean;
  private timer?: NodeJS.Timeout;
  private ticking?: Promise<void>;
  private sweeping?: Promise<void>;
  private nextSweepAt = 0;
  private ageReportedAt = 0;

  constructor(
    private readonly outbox: Outbox,
    private readonly relay: OutboxRelay,
    private readonly background: BackgroundTasks,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly shutdown: ShutdownSignal,
    @Inject(PLATFORM_SETTINGS) { outboxSweepAfterSeconds, roles }: PlatformSettings,
  ) {
    this.sweepAfter = outboxSweepAfterSeconds * 1_000;
    this.maxDelay = maxSweepDelay(this.sweepAfter);
    this.isSweeper = [...roles].some((role) => role !== 'api');
    shutdown.onStart(() => clearInterval(this.timer));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.ticking ??= this.runDue().finally(() => (this.ticking = undefined));
    }, TICK_MILLISECONDS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([this.ticking, this.sweeping]);
    await this.background.waitUntilIdle();
  }

  /** What a tick does: sweeps if it is time, else retries the due rows that failed in this process. */
  async runDue(): Promise<void> {
    const now = this.clock.realNow();
    // The wall clock may have been set back.
    this.nextSweepAt = Math.min(this.nextSweepAt, now + this.maxDelay);
    if (this.isSweeper && now >= this.nextSweepAt) await this.sweep();
    else await this.relay.retryOwnRows();
  }

  /** Retries the rows that are due. Several tasks may sweep at once. */
  async sweep(): Promise<void> {
    this.sweeping ??= this.sweepAll().finally(() => (this.sweeping = undefined));
    await this.sweeping;
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

  private async sweepAll(): Promise<void> {
    await this.relay.retryOwnRows();
    try {
      const shards = await Promise.all(OUTBOX_SHARDS.map((shard) => this.sweepShard(shard)));
      const now = this.clock.realNow();
      const left = {
        rowsLeft: shards.reduce((sum, { rowsLeft }) => sum + rowsLeft, 0),
        nextDueAt: Math.min(...shards.map(({ nextDueAt }) => nextDueAt)),
      };
      this.nextSweepAt = now + nextSweepDelay(left, now, this.maxDelay);
      this.reportOldestAge(now, Math.min(...shards.map(({ oldestCreatedAt }) => oldestCreatedAt)));
    } catch (error) {
      this.logger.warn({ err: error }, 'Outbox sweep failed');
      const now = this.clock.realNow();
      this.nextSweepAt = now + nextSweepDelay({ rowsLeft: 0, nextDueAt: Infinity }, now, this.maxDelay);
    }
  }

  /** Also reads the rows that become due before the next sweep, so that it can be in time for them. */
  private async sweepShard(shard: string): Promise<ShardResult> {
    const bound = this.clock.realNow() - this.sweepAfter + this.maxDelay;
    let oldestCreatedAt = this.clock.realNow();
    let nextDueAt = Infinity;
    let rowsLeft = 0;
    for await (const rows of iteratePages(SWEEP_PAGE_SIZE, (page) => this.outbox.listOlder(shard, bound, page))) {
      if (this.shutdown.hasStarted) break;
      const now = this.clock.realNow();
      oldestCreatedAt = Math.min(oldestCreatedAt, ...rows.map(({ outboxId }) => createdAtOf(outboxId)));
      const due = rows.filter(({ nextAttemptAt }) => nextAttemptAt <= now);
      const later = rows.filter(({ nextAttemptAt }) => nextAttemptAt > now);
      nextDueAt = Math.min(nextDueAt, ...later.map(({ nextAttemptAt }) => nextAttemptAt));
      rowsLeft += later.length;
      await this.relay.retryAll(due);
    }
    return { oldestCreatedAt, nextDueAt, rowsLeft };
  }

  private reportOldestAge(now: number, oldestCreatedAt: number): void {
    if (now < this.ageReportedAt + AGE_REPORT_INTERVAL_MILLISECONDS) return;
    this.ageReportedAt = now;
    this.metrics.record(OUTBOX_OLDEST, Math.max(0, now - oldestCreatedAt) / 1_000);
  }
}
