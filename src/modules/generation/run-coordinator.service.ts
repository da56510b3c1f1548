import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { addDays, type Instant, type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import type { Write } from '../../platform/dynamo/write';
import { Metrics } from '../../platform/telemetry/metrics';
import { Transaction } from '../../platform/transaction/transaction';
import { SHARDS } from '../subscription';
import { RunConflict, RunNotFound, RunTooEarly, RunTooLate } from './domain/generation.errors';
import { datesToRun, newRun, nextRunTask, type Run, type RunTask } from './domain/run';
import { GenerationQueue } from './generation-queue';
import { RunSchedule } from './run-schedule';
import { RunRepository } from './run.repository';

/** A run that has not moved for so long is woken: its messages, or their workers, were lost. */
const STALLED_AFTER_MILLISECONDS = 60_000;
const EARLIEST_DATE = '0000-01-01';
/** Runs that began so long before the dates that are still made up are brought to their end, if they have none. */
const RESUMABLE_DAYS = 31;

/**
 * Which dates have to have their orders, and that they are under way. Whoever asks, and however often: what is due is a
 * question to the runs and the clock.
 */
@Injectable()
export class RunCoordinator implements OnApplicationBootstrap {
  private readonly logger = new Logger(RunCoordinator.name);

  constructor(
    private readonly repository: RunRepository,
    private readonly queue: GenerationQueue,
    private readonly schedule: RunSchedule,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Where the dairy begins: all dates that are closed before it has ever run have nothing to come. */
  async onApplicationBootstrap(): Promise<void> {
    const now = this.clock.now();
    const closed = this.schedule.lastClosedDate(now);
    if ((await this.repository.listBetween(EARLIEST_DATE, closed, 1)).length > 0) return;
    const run = newRun(closed, 0, now, this.clock.realNow());
    await this.ignoringConflict(() =>
      this.transaction.commit([this.repository.create({ ...run, status: 'COMPLETED', completedAt: now })]),
    );
  }

  /**
   * Sees to the oldest date that is due and not done with: begins its run, wakes it when it does not get on, or has those
   * tried once more who were short of money. One date at a time; when it is done, the next is seen to.
   */
  async ensureProgress(): Promise<void> {
    await this.performNextTask((run) => this.resumeIfStalled(run));
  }

  /** Sees to the next date, now that one is done with; also to one that somebody has asked for meanwhile. */
  async startNextRun(): Promise<void> {
    await this.performNextTask((run) => this.dispatchShards(run));
  }

  /**
   * Runs a date by hand, at once after its cutoff; resumes it, or goes through all subscriptions again, if it has run:
   * what is decided stays as it is. Dates before it that are not done with come first. `generation.too_early`,
   * `generation.too_late`.
   */
  async run(date: LocalDate): Promise<Run> {
    const now = this.clock.now();
    const cutoff = this.schedule.cutoffOf(date);
    if (now < cutoff) throw new RunTooEarly(date, cutoff);
    const { first } = await this.runsUntil(this.schedule.lastClosedDate(now));
    if (date < first) throw new RunTooLate(date, first);
    const next = await this.nextTask(date);
    const isFirst = next === undefined || next.date >= date;
    await this.ignoringConflict(() => this.startManually(date, isFirst));
    if (!isFirst) await this.ensureProgress();
    return this.get(date);
  }

  /** `generation.not_found` when it has not begun. */
  async get(date: LocalDate): Promise<Run> {
    const run = await this.repository.find(date);
    if (!run) throw new RunNotFound(date);
    return run;
  }

  /** Whether every date that is due is done with. */
  async isIdle(): Promise<boolean> {
    return (await this.nextTask()) === undefined;
  }

  /** Sends for all that a run still needs, except for what has moved since a moment: somebody is at that. */
  async dispatchShards(run: Run, stalledSince = Infinity): Promise<void> {
    const { date, round, stage } = run;
    if (run.remaining === 0 || stage === 'RETRY') return this.queue.send({ task: 'ADVANCE', date });
    const progress = await this.repository.progressOfAllShards(date);
    const unfinished = SHARDS.filter((_, index) => {
      const shardProgress = progress[index];
      if (shardProgress?.round !== round) return true;
      return stage === 'PLACE' && !shardProgress.isDone && (shardProgress.movedAt ?? 0) <= stalledSince;
    });
    await this.queue.send(...unfinished.map((shard) => ({ task: 'SHARD', date, round, stage, shard }) as const));
  }

  private async performNextTask(resume: (run: Run) => Promise<void>): Promise<void> {
    const next = await this.nextTask();
    this.metrics.record('GenerationOverdue', next ? this.secondsSince(this.dueAt(next)) : 0, { date: next?.date });
    if (!next) return;
    const { run, task } = next;
    await this.ignoringConflict(() => (run && task === 'RESUME' ? resume(run) : this.startAndDispatch(next)));
  }

  /** Unless it is the first that is not done with, a date follows those before it. */
  private async startManually(date: LocalDate, isFirst: boolean): Promise<void> {
    const run = await this.repository.find(date);
    if (run?.status !== 'RUNNING') await this.start({ date, run, task: run ? 'REPEAT' : 'BEGIN' });
    if (isFirst) await this.dispatchShards(await this.get(date));
  }

  private async startAndDispatch(runTask: RunTask): Promise<void> {
    await this.start(runTask);
    await this.dispatchShards(await this.get(runTask.date));
  }

  private async start({ date, run, task }: RunTask): Promise<void> {
    await this.transaction.commit([run ? this.restartWrite(run, task) : this.newRunWrite(date)]);
    this.logger.log({ date, task }, 'Daily orders are under way');
  }

  private newRunWrite(date: LocalDate): Write {
    return this.repository.create(newRun(date, SHARDS.length, this.clock.now(), this.clock.realNow()));
  }

  private restartWrite(run: Run, task: RunTask['task']): Write {
    if (task === 'RETRY') return this.repository.startRetry(run);
    return this.repository.restart(run, SHARDS.length, this.clock.now());
  }

  private async resumeIfStalled(run: Run): Promise<void> {
    const stalledSince = this.clock.realNow() - STALLED_AFTER_MILLISECONDS;
    if (run.movedAt > stalledSince) return;
    await this.transaction.commit([this.repository.claimResume(run)]);
    await this.dispatchShards(run, stalledSince);
  }

  /** What is to be done next; by hand also for a date that is closed only just now. */
  private async nextTask(manualDate?: LocalDate): Promise<RunTask | undefined> {
    const now = this.clock.now();
    const { first, runs } = await this.runsUntil(manualDate ?? this.schedule.lastClosedDate(now));
    return nextRunTask(datesToRun(first, manualDate ?? this.schedule.lastDueDate(now)), runs, now, {
      changesSettledAt: (date) => this.schedule.changesSettledAt(date),
      retryAt: (date) => this.schedule.retryAt(date),
    });
  }

  /** The runs up to a date, and the first date that has to have one, as far back as dates are made up. */
  private async runsUntil(last: LocalDate): Promise<{ first: LocalDate; runs: readonly Run[] }> {
    const firstCatchUp = this.schedule.firstCatchUpDate(this.clock.now());
    const runs = await this.repository.listBetween(addDays(firstCatchUp, -RESUMABLE_DAYS), last);
    const oldest = runs.at(-1)?.date ?? firstCatchUp;
    return { first: oldest > firstCatchUp ? oldest : firstCatchUp, runs };
  }

  private dueAt({ date, task, run }: RunTask): Instant {
    const isRetry = task === 'RETRY' || run?.stage === 'RETRY';
    return isRetry ? this.schedule.retryAt(date) : this.schedule.cutoffOf(date);
  }

  private secondsSince(instant: Instant): number {
    return (millisecondsOf(this.clock.now()) - millisecondsOf(instant)) / 1_000;
  }

  /** Somebody else was faster: then it is under way. */
  private async ignoringConflict(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RunConflict)) throw error;
    }
  }
}
