import { Injectable, Logger } from '@nestjs/common';
import { type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { Metrics } from '../../platform/telemetry/metrics';
import { Transaction } from '../../platform/transaction/transaction';
import { RunConflict, ShardProgressConflict } from './domain/generation.errors';
import { addCounts, type Run, type ShardTask, totalCount } from './domain/run';
import { RunCoordinator } from './run-coordinator.service';
import { RunSchedule } from './run-schedule';
import { RunRepository } from './run.repository';
import { PlaceOrdersStage } from './stages/place-orders.stage';
import { ReserveStockStage } from './stages/reserve-stock.stage';
import { RetryUnpaidStage } from './stages/retry-unpaid.stage';

/**
 * How a run gets on, stage by stage. All of it may be done by anybody, several at once, and again after somebody has
 * died: what is stored says what is next, and its conditions let one through.
 */
@Injectable()
export class StageRunner {
  private readonly logger = new Logger(StageRunner.name);

  constructor(
    private readonly coordinator: RunCoordinator,
    private readonly repository: RunRepository,
    private readonly reserveStock: ReserveStockStage,
    private readonly placeOrders: PlaceOrdersStage,
    private readonly retryUnpaid: RetryUnpaidStage,
    private readonly schedule: RunSchedule,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Does one shard's part of the stage at which a run is; the last shard brings the run to its next stage. */
  async runShard({ stage, shard, ...attempt }: ShardTask): Promise<void> {
    await this.ignoringConflict(() =>
      stage === 'COUNT' ? this.reserveStock.countDemand(attempt, shard) : this.placeOrders.placeShard(attempt, shard),
    );
    await this.advance(attempt.date);
  }

  /** Brings a run to its next stage, if all shards are through with the present one. */
  async advance(date: LocalDate): Promise<void> {
    await this.ignoringConflict(async () => {
      const run = await this.repository.find(date);
      if (run?.status !== 'RUNNING' || run.remaining > 0) return;
      if (run.stage === 'COUNT') await this.startPlacing(run);
      else if (run.stage === 'PLACE') await this.complete(run);
      else await this.completeRetry(run);
    });
  }

  private async startPlacing(run: Run): Promise<void> {
    await this.reserveStock.reserve(run);
    await this.transaction.commit([this.repository.startPlacing(run)]);
    const placingRun = await this.coordinator.get(run.date);
    if (placingRun.remaining > 0) await this.coordinator.dispatchShards(placingRun);
    else await this.complete(placingRun);
  }

  /** The last are served, and that is that. It is told once a round, and not when a round has changed nothing. */
  private async complete(run: Run): Promise<void> {
    const { date } = run;
    const progress = await this.placeOrders.placeDeferred(run);
    const counts = addCounts(run.counts, progress.counts);
    const status = run.faults + progress.faults > 0 ? 'FAILED' : 'COMPLETED';
    const now = this.clock.now();
    const hasChanges = run.completedAt === undefined || totalCount(counts) !== run.decidedBefore;
    await this.transaction.commit(
      [
        this.repository.complete(run, status, progress, hasChanges ? now : undefined),
        this.placeOrders.finishDeferred(run, progress),
      ],
      hasChanges ? [{ type: 'generation.completed', date, counts }] : [],
    );
    const seconds = (millisecondsOf(now) - millisecondsOf(this.schedule.cutoffOf(date))) / 1_000;
    this.logger.log({ date, status, counts, seconds }, 'Daily orders are made');
    this.metrics.record('GenerationTook', seconds, { date });
    await this.coordinator.startNextRun();
  }

  private async completeRetry(run: Run): Promise<void> {
    await this.retryUnpaid.retryAll(run);
    await this.transaction.commit([this.repository.completeRetry(run, this.clock.now())]);
    await this.coordinator.startNextRun();
  }

  /** Somebody else is at it, or was faster. */
  private async ignoringConflict(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RunConflict || error instanceof ShardProgressConflict)) throw error;
    }
  }
}
