import { Injectable, Logger } from '@nestjs/common';
import { type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { Metrics } from '../../platform/telemetry/metrics';
import { Transaction } from '../../platform/transaction/transaction';
import { plus, type Run, type ShardTask, sumOf } from './generation';
import { DemandCount } from './generation.counting';
import { ProgressMoved, RunMoved } from './generation.errors';
import { OrderPlacing } from './generation.placing';
import { GenerationRepository } from './generation.repository';
import { BalanceRetry } from './generation.retry';
import { Generation } from './generation.service';
import { GenerationTimes } from './generation.times';

/**
 * How a run gets on, stage by stage. All of it may be done by anybody, several at once, and again after somebody has
 * died: what is stored says what is next, and its conditions let one through.
 */
@Injectable()
export class GenerationStages {
  private readonly logger = new Logger(GenerationStages.name);

  constructor(
    private readonly generation: Generation,
    private readonly repository: GenerationRepository,
    private readonly demand: DemandCount,
    private readonly placing: OrderPlacing,
    private readonly retry: BalanceRetry,
    private readonly times: GenerationTimes,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Does one shard's part of the stage at which a run is; the last shard brings the run to its next stage. */
  async shard({ stage, shard, ...round }: ShardTask): Promise<void> {
    await this.unlessMoved(() =>
      stage === 'COUNT' ? this.demand.count(round, shard) : this.placing.placeShard(round, shard),
    );
    await this.advance(round.date);
  }

  /** Brings a run to its next stage, if all shards are through with the present one. */
  async advance(date: LocalDate): Promise<void> {
    await this.unlessMoved(async () => {
      const run = await this.repository.find(date);
      if (run?.status !== 'RUNNING' || run.remaining > 0) return;
      if (run.stage === 'COUNT') await this.startPlacing(run);
      else if (run.stage === 'PLACE') await this.complete(run);
      else await this.tryOnceMore(run);
    });
  }

  private async startPlacing(run: Run): Promise<void> {
    await this.demand.allot(run);
    await this.transaction.commit([this.repository.startPlacing(run)]);
    const placing = await this.generation.get(run.date);
    if (placing.remaining > 0) await this.generation.wake(placing);
    else await this.complete(placing);
  }

  /** The last are served, and that is that. It is told once a round, and not when a round has changed nothing. */
  private async complete(run: Run): Promise<void> {
    const { date } = run;
    const progress = await this.placing.placeWaiting(run);
    const counts = plus(run.counts, progress.counts);
    const status = run.faults + progress.faults > 0 ? 'FAILED' : 'COMPLETED';
    const now = this.clock.now();
    const isNews = run.completedAt === undefined || sumOf(counts) !== run.decidedBefore;
    await this.transaction.commit(
      [
        this.repository.complete(run, status, progress, isNews ? now : undefined),
        this.placing.endWaiting(run, progress),
      ],
      isNews ? [{ type: 'generation.completed', date, counts }] : [],
    );
    const seconds = (millisecondsOf(now) - millisecondsOf(this.times.cutoffOf(date))) / 1_000;
    this.logger.log({ date, status, counts, seconds }, 'Daily orders are made');
    this.metrics.record('GenerationTook', seconds, { date });
    await this.generation.goOn();
  }

  private async tryOnceMore(run: Run): Promise<void> {
    await this.retry.retryAll(run);
    await this.transaction.commit([this.repository.endRetry(run, this.clock.now())]);
    await this.generation.goOn();
  }

  /** Somebody else is at it, or was faster. */
  private async unlessMoved(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RunMoved || error instanceof ProgressMoved)) throw error;
    }
  }
}
