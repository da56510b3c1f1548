import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { addDays, type Instant, type LocalDate, millisecondsOf } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import type { Write } from '../../platform/dynamo/write';
import { Metrics } from '../../platform/telemetry/metrics';
import { Transaction } from '../../platform/transaction/transaction';
import { datesToRun, newRun, nextToDo, type Run, type ToDo } from './generation';
import { RunMoved, RunNotFound, TooEarly, TooLate } from './generation.errors';
import { GenerationMessages } from './generation.messages';
import { GenerationRepository } from './generation.repository';
import { GenerationTimes } from './generation.times';
import { SHARDS } from './subscription.repository';

/** A run that has not moved for so long is woken: its messages, or their workers, were lost. */
const ASLEEP_AFTER_MILLISECONDS = 60_000;
const EVER = '0000-01-01';
/** Runs that began so long before the dates that are still made up are brought to their end, if they have none. */
const ENDED_WITHIN_DAYS = 31;

/**
 * Which dates have to have their orders, and that they are under way. Whoever asks, and however often: what is due is a
 * question to the runs and the clock.
 */
@Injectable()
export class Generation implements OnApplicationBootstrap {
  private readonly logger = new Logger(Generation.name);

  constructor(
    private readonly repository: GenerationRepository,
    private readonly messages: GenerationMessages,
    private readonly times: GenerationTimes,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Where the dairy begins: all dates that are closed before it has ever run have nothing to come. */
  async onApplicationBootstrap(): Promise<void> {
    const now = this.clock.now();
    const closed = this.times.lastClosed(now);
    if ((await this.repository.between(EVER, closed, 1)).length > 0) return;
    const run = newRun(closed, 0, now, this.clock.realNow());
    await this.unlessMoved(() =>
      this.transaction.commit([this.repository.begin({ ...run, status: 'COMPLETED', completedAt: now })]),
    );
  }

  /**
   * Sees to the oldest date that is due and not done with: begins its run, wakes it when it does not get on, or has those
   * tried once more who were short of money. One date at a time; when it is done, the next is seen to.
   */
  async nudge(): Promise<void> {
    await this.seeToNext((run) => this.resume(run));
  }

  /** Sees to the next date, now that one is done with; also to one that somebody has asked for meanwhile. */
  async goOn(): Promise<void> {
    await this.seeToNext((run) => this.wake(run));
  }

  /**
   * Runs a date by hand, at once after its cutoff; resumes it, or goes through all subscriptions again, if it has run:
   * what is decided stays as it is. Dates before it that are not done with come first. `generation.too_early`,
   * `generation.too_late`.
   */
  async run(date: LocalDate): Promise<Run> {
    const now = this.clock.now();
    const cutoff = this.times.cutoffOf(date);
    if (now < cutoff) throw new TooEarly(date, cutoff);
    const { first } = await this.runsUntil(this.times.lastClosed(now));
    if (date < first) throw new TooLate(date, first);
    const next = await this.next(date);
    const isFirst = next === undefined || next.date >= date;
    await this.unlessMoved(() => this.runByHand(date, isFirst));
    if (!isFirst) await this.nudge();
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
    return (await this.next()) === undefined;
  }

  /** Sends for all that a run still needs, except for what has moved since a moment: somebody is at that. */
  async wake(run: Run, asleepSince = Infinity): Promise<void> {
    const { date, round, stage } = run;
    if (run.remaining === 0 || stage === 'RETRY') return this.messages.send({ task: 'ADVANCE', date });
    const progress = await this.repository.progressOfAll(date);
    const open = SHARDS.filter((_, index) => {
      const at = progress[index];
      if (at?.round !== round) return true;
      return stage === 'PLACE' && !at.isDone && (at.movedAt ?? 0) <= asleepSince;
    });
    await this.messages.send(...open.map((shard) => ({ task: 'SHARD', date, round, stage, shard }) as const));
  }

  private async seeToNext(resume: (run: Run) => Promise<void>): Promise<void> {
    const next = await this.next();
    this.metrics.record('GenerationOverdue', next ? this.secondsSince(this.dueAt(next)) : 0, { date: next?.date });
    if (!next) return;
    const { run, task } = next;
    await this.unlessMoved(() => (run && task === 'RESUME' ? resume(run) : this.start(next)));
  }

  /** Unless it is the first that is not done with, a date follows those before it. */
  private async runByHand(date: LocalDate, isFirst: boolean): Promise<void> {
    const run = await this.repository.find(date);
    if (run?.status !== 'RUNNING') await this.begin({ date, run, task: run ? 'REPEAT' : 'BEGIN' });
    if (isFirst) await this.wake(await this.get(date));
  }

  private async start(toDo: ToDo): Promise<void> {
    await this.begin(toDo);
    await this.wake(await this.get(toDo.date));
  }

  private async begin({ date, run, task }: ToDo): Promise<void> {
    await this.transaction.commit([run ? this.beginningAgain(run, task) : this.beginning(date)]);
    this.logger.log({ date, task }, 'Daily orders are under way');
  }

  private beginning(date: LocalDate): Write {
    return this.repository.begin(newRun(date, SHARDS.length, this.clock.now(), this.clock.realNow()));
  }

  private beginningAgain(run: Run, task: ToDo['task']): Write {
    if (task === 'RETRY') return this.repository.startRetry(run);
    return this.repository.repeat(run, SHARDS.length, this.clock.now());
  }

  private async resume(run: Run): Promise<void> {
    const asleepSince = this.clock.realNow() - ASLEEP_AFTER_MILLISECONDS;
    if (run.movedAt > asleepSince) return;
    await this.transaction.commit([this.repository.wakeUp(run)]);
    await this.wake(run, asleepSince);
  }

  /** What is to be done next; by hand also for a date that is closed only just now. */
  private async next(byHand?: LocalDate): Promise<ToDo | undefined> {
    const now = this.clock.now();
    const { first, runs } = await this.runsUntil(byHand ?? this.times.lastClosed(now));
    return nextToDo(datesToRun(first, byHand ?? this.times.lastDue(now)), runs, now, {
      cutoffOf: (date) => this.times.cutoffOf(date),
      retryAt: (date) => this.times.retryAt(date),
    });
  }

  /** The runs up to a date, and the first date that has to have one, as far back as dates are made up. */
  private async runsUntil(last: LocalDate): Promise<{ first: LocalDate; runs: readonly Run[] }> {
    const firstMadeUp = this.times.firstMadeUp(this.clock.now());
    const runs = await this.repository.between(addDays(firstMadeUp, -ENDED_WITHIN_DAYS), last);
    const oldest = runs.at(-1)?.date ?? firstMadeUp;
    return { first: oldest > firstMadeUp ? oldest : firstMadeUp, runs };
  }

  private dueAt({ date, task, run }: ToDo): Instant {
    const isRetry = task === 'RETRY' || run?.stage === 'RETRY';
    return isRetry ? this.times.retryAt(date) : this.times.cutoffOf(date);
  }

  private secondsSince(moment: Instant): number {
    return (millisecondsOf(this.clock.now()) - millisecondsOf(moment)) / 1_000;
  }

  /** Somebody else was faster: then it is under way. */
  private async unlessMoved(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RunMoved)) throw error;
    }
  }
}
