import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type Instant, type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import type { Write } from '../../platform/dynamo/write';
import { Metrics } from '../../platform/telemetry/metrics';
import { Transaction } from '../../platform/transaction/transaction';
import { RunConflict, RunNotFound, RunTooEarly, RunTooLate, ShardProgressConflict } from './domain/generation.errors';
import { isRepeatedByItself, newRun, type Run, type RunAction, type ShardWork } from './domain/run';
import { unfinishedShards } from './domain/shard-progress';
import { GenerationQueue } from './generation-queue';
import { GENERATION_FAULT, GENERATION_OVERDUE, GENERATION_TOOK } from './generation.metrics';
import { GENERATION_SETTINGS, type GenerationSettings } from './generation.settings';
import { RunPlanner } from './run-planner.service';
import { RunSchedule } from './run-schedule';
import { RunRepository } from './run.repository';
import { ShardProgressRepository } from './shard-progress.repository';
import { PlaceOrdersStage } from './stages/place-orders.stage';
import { ReserveStockStage } from './stages/reserve-stock.stage';
import { RetryOrdersStage } from './stages/retry-orders.stage';

/** If a run was not written for this long, its messages or workers are lost. Its shards are dispatched again. */
const STALLED_AFTER_MILLISECONDS = 60_000;
const EARLIEST_DATE = '0000-01-01';

/**
 * The state machine of the runs. It dispatches the shards of a stage through the queue, and moves a run from stage to
 * stage: COUNT, PLACE, and RETRY in the early morning. The stages do the work and do not depend on the coordinator.
 * Every method may run on several ECS tasks at once, and again after a crash: the stored state says what is next, and
 * the conditions of the writes let only one task proceed.
 *
 * To understand how orders are placed, read on with `PlaceOrdersStage`, `ShardSession` and `BatchCommitter`.
 */
@Injectable()
export class RunCoordinator implements OnApplicationBootstrap {
  private readonly logger = new Logger(RunCoordinator.name);

  constructor(
    private readonly runs: RunRepository,
    private readonly progressRepository: ShardProgressRepository,
    private readonly planner: RunPlanner,
    private readonly schedule: RunSchedule,
    private readonly queue: GenerationQueue,
    private readonly reserveStock: ReserveStockStage,
    private readonly placeOrders: PlaceOrdersStage,
    private readonly retryOrders: RetryOrdersStage,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    @Inject(GENERATION_SETTINGS) private readonly settings: GenerationSettings,
  ) {}

  /** At the very first start, stores a completed run for the last closed date, so that no earlier date is run. */
  async onApplicationBootstrap(): Promise<void> {
    const now = this.clock.now();
    const closed = this.schedule.lastClosedDate(now);
    if ((await this.runs.listBetween(EARLIEST_DATE, closed, 1)).length > 0) return;
    const run = newRun(closed, 0, now, this.clock.realNow());
    await ignoringConflict(() =>
      this.transaction.commit([this.runs.create({ ...run, status: 'COMPLETED', completedAt: now })]),
    );
  }

  /**
   * Makes progress on the oldest date that is due and not done: starts its run, resumes it if it has stalled, or
   * retries unpaid orders. Dates are processed one at a time.
   */
  async ensureProgress(): Promise<void> {
    await this.performNextAction((run) => this.resumeIfStalled(run));
  }

  /**
   * Runs a date by hand, as early as its cutoff. Resumes a run in progress and repeats one that has ended. Decisions do
   * not change. Earlier dates that are not done come first. Emits `generation.requested`. `generation.too_early`,
   * `generation.too_late`.
   */
  async run(date: LocalDate): Promise<Run> {
    const now = this.clock.now();
    const cutoff = this.schedule.cutoffOf(date);
    if (now < cutoff) throw new RunTooEarly(date, cutoff);
    const first = await this.planner.firstDate();
    if (date < first) throw new RunTooLate(date, first);
    const next = await this.planner.nextAction(date);
    const hasNoEarlierWork = next === undefined || next.date >= date;
    await this.transaction.commit([], [{ type: 'generation.requested', date }]);
    await ignoringConflict(() => this.startManually(date, hasNoEarlierWork));
    if (!hasNoEarlierWork) await this.ensureProgress();
    return this.get(date);
  }

  /** `generation.not_found` if the date has no run. */
  async get(date: LocalDate): Promise<Run> {
    const run = await this.runs.find(date);
    if (!run) throw new RunNotFound(date);
    return run;
  }

  /** The runs, latest date first. */
  list(page: PageRequest): Promise<Page<Run>> {
    return this.runs.list(page);
  }

  /** Whether every date that is due is done. */
  async isIdle(): Promise<boolean> {
    return (await this.planner.nextAction()) === undefined;
  }

  /** Does the work of one shard in a stage. The last shard moves the run to the next stage. */
  async runShard(work: ShardWork): Promise<void> {
    await ignoringConflict(() =>
      work.stage === 'COUNT' ? this.reserveStock.countDemand(work) : this.placeOrders.placeShard(work),
    );
    await this.advance(work.date);
  }

  /** Moves a run to the next stage if all shards have finished the current one. */
  async advance(date: LocalDate): Promise<void> {
    await ignoringConflict(async () => {
      const run = await this.runs.find(date);
      if (run?.status !== 'RUNNING' || run.remaining > 0) return;
      if (run.stage === 'COUNT') await this.startPlacing(run);
      else if (run.stage === 'PLACE') await this.complete(run);
      else await this.completeRetry(run);
    });
  }

  private async startPlacing(run: Run): Promise<void> {
    await this.reserveStock.reserve(run);
    await this.transaction.commit([this.runs.startPlacing(run)]);
    const placing = await this.get(run.date);
    if (placing.remaining > 0) await this.dispatchShards(placing);
    else await this.complete(placing);
  }

  private async complete(run: Run): Promise<void> {
    await this.placeOrders.placeDeferred(run);
    const finished = await this.get(run.date);
    const { date, status, counts, faults } = finished;
    const seconds = this.secondsSince(this.schedule.cutoffOf(date));
    this.logger.log({ date, status, counts, seconds }, 'Generation run finished');
    this.metrics.record(GENERATION_TOOK, seconds, { date });
    const needsHelp = status === 'FAILED' && !isRepeatedByItself(finished, this.clock.now(), this.schedule);
    if (needsHelp) this.metrics.record(GENERATION_FAULT, faults, { date });
    await this.startNextRun();
  }

  private async completeRetry(run: Run): Promise<void> {
    await this.retryOrders.retryAll(run);
    const { date, retryStartedAt: since = this.schedule.retryAt(date) } = run;
    await this.transaction.commit(
      [this.runs.completeRetry(run, this.clock.now())],
      [{ type: 'generation.retried', date, since }],
    );
    await this.startNextRun();
  }

  /** Continues with the next date. Dispatches a run that was started by hand in the meantime. */
  private async startNextRun(): Promise<void> {
    await this.performNextAction((waitingRun) => this.dispatchShards(waitingRun));
  }

  /** `continueRun` says what to do with a run that has already been started. */
  private async performNextAction(continueRun: (run: Run) => Promise<void>): Promise<void> {
    const next = await this.planner.nextAction();
    const overdue = next ? this.secondsSince(this.schedule.dueAt(next)) : 0;
    this.metrics.record(GENERATION_OVERDUE, overdue, { date: next?.date });
    if (!next) return;
    const { run, action } = next;
    await ignoringConflict(() => (run && action === 'RESUME' ? continueRun(run) : this.startAndDispatch(next)));
  }

  /** The shards are dispatched once the runs of all earlier dates are done. */
  private async startManually(date: LocalDate, hasNoEarlierWork: boolean): Promise<void> {
    const run = await this.runs.find(date);
    if (run?.status !== 'RUNNING') await this.start({ date, run, action: run ? 'REPEAT' : 'BEGIN' });
    if (hasNoEarlierWork) await this.dispatchShards(await this.get(date));
  }

  private async startAndDispatch(next: RunAction): Promise<void> {
    await this.start(next);
    await this.dispatchShards(await this.get(next.date));
  }

  private async start({ date, run, action }: RunAction): Promise<void> {
    await this.transaction.commit([this.startWrite(date, run, action)]);
    this.logger.log({ date, action }, 'Generation run started');
  }

  private startWrite(date: LocalDate, run: Run | undefined, action: RunAction['action']): Write {
    const now = this.clock.now();
    if (!run) return this.runs.create(newRun(date, this.settings.shards, now, this.clock.realNow()));
    return action === 'RETRY' ? this.runs.startRetry(run, now) : this.runs.restart(run, this.settings.shards, now);
  }

  private async resumeIfStalled(run: Run): Promise<void> {
    const stalledSince = this.clock.realNow() - STALLED_AFTER_MILLISECONDS;
    if (run.movedAt > stalledSince) return;
    await this.transaction.commit([this.runs.claimResume(run)]);
    await this.dispatchShards(run, stalledSince);
  }

  /** Sends a message for each unfinished shard, except for shards that have a worker (`unfinishedShards`). */
  private async dispatchShards(run: Run, stalledSince = Infinity): Promise<void> {
    const { date, round, stage, shards } = run;
    // The RETRY stage has no shards: one worker does all of it.
    if (run.remaining === 0 || stage === 'RETRY') return this.queue.send({ task: 'ADVANCE', date });
    const unfinished = unfinishedShards(run, await this.progressRepository.listAll(run), stalledSince);
    await this.queue.send(
      ...unfinished.map((shard) => ({ task: 'SHARD', date, round, stage, shard, shards }) as const),
    );
  }

  private secondsSince(instant: Instant): number {
    return (millisecondsOf(this.clock.now()) - millisecondsOf(instant)) / 1_000;
  }
}

/** On a conflict, another ECS task has done the work or is doing it. */
async function ignoringConflict(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RunConflict || error instanceof ShardProgressConflict)) throw error;
  }
}
