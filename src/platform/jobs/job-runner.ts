import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { hexDigestOf, newEventId } from '../../kernel/ids';
import { isOutage, unavailable } from '../aws-errors';
import { Clock } from '../clock';
import { DomainError } from '../errors';
import { IdleMonitor } from '../idle-monitor';
import { internalProblem, type Problem, problemOf } from '../problem';
import { currentContext, runInContext } from '../request-context';
import { ShutdownSignal, ShuttingDown } from '../shutdown/shutdown-signal';
import { isAbandoned, type Job, type JobParameters, type JobReport, type Progress } from './job';
import { JobProgress } from './job-progress';
import { JobInterrupted, JobNotFound, LeaseLost } from './job.errors';
import { JobRepository, type NewJob } from './job.repository';
import { PendingJob } from './pending-job';

/** The work of one kind of job. Its result is the response body and must survive JSON. */
export type JobWork<P, R> = (parameters: P, progress: JobProgress) => Promise<R>;

/** Query parameters. Undefined ones count as left out. */
type Parameters<P> = { readonly [K in keyof P]: string | undefined };

const MAX_CONCURRENT = 4;
/** Number of runs that may crash with their task before the job is FAILED. */
const MAX_ATTEMPTS = 3;
const PROGRESS_INTERVAL_MILLISECONDS = 1_000;
const HEARTBEAT_INTERVAL_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 500;
const JOB_ID_DIGITS = 32;

/** A job that this process runs. */
interface LocalRun {
  readonly job: Job;
  readonly progress: JobProgress;
  /** Stops the work at its next page. */
  readonly stop: AbortController;
  /** The result, or a `PendingJob` if this process stops running the job. Settles when the outcome is stored. */
  readonly outcome: Promise<unknown>;
  readonly state: RunState;
}

interface RunState {
  /** Whether a client got a 202 and will ask for the result. */
  isAwaited: boolean;
  /** Whether the outcome is being stored. */
  isEnding: boolean;
  /** The progress that was stored last, and when. */
  stored: Progress;
  renewedAt: number;
  renewal?: Promise<void>;
}

/** Either a run of this process, or the job as last read if another task, or none yet, runs it. */
type Claim = { readonly run: LocalRun } | { readonly other: Job };

/**
 * Runs long work as stored jobs. Requests with the same parameters share one job, whichever task they reach. A request
 * waits for ten seconds, then its client gets a 202 with the location of the job. If the task that runs a job crashes
 * or shuts down, the next task that is asked for the job takes over.
 */
@Injectable()
export class JobRunner implements BeforeApplicationShutdown {
  readonly waitMilliseconds: number = 10_000;
  private readonly logger = new Logger(JobRunner.name);
  private readonly kinds = new Map<string, JobWork<never, unknown>>();
  private readonly runs = new Map<string, LocalRun>();
  /** Claims in progress, so that two concurrent requests of this process start one job. */
  private readonly claims = new Map<string, Promise<Claim>>();

  constructor(
    private readonly jobs: JobRepository,
    private readonly clock: Clock,
    private readonly shutdown: ShutdownSignal,
    idleMonitor: IdleMonitor,
  ) {
    shutdown.onStart(() => this.runs.forEach(({ stop }) => stop.abort(new ShuttingDown())));
    idleMonitor.register('jobs', async () => this.runs.size + this.claims.size === 0 && !(await jobs.isAnyRunning()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    while (this.runs.size + this.claims.size > 0) {
      await Promise.allSettled([...this.claims.values(), ...[...this.runs.values()].map(({ outcome }) => outcome)]);
    }
  }

  /**
   * Declares a kind of job. Call it in every process, before the first request. Returns a function that starts or joins
   * the job with the given parameters. It resolves to the result, or to a `PendingJob` if the result takes longer than
   * `waitMilliseconds` or this process is busy. It rejects with the error of the work. With `waits: false`, it does not
   * wait for a result that does not exist yet.
   */
  define<P extends Parameters<P>, R>(
    kind: string,
    work: JobWork<P, R>,
    { waits = true } = {},
  ): (parameters: P) => Promise<R | PendingJob> {
    if (this.kinds.has(kind)) throw new Error(`Two kinds of job are called ${kind}`);
    this.kinds.set(kind, work);
    return (parameters) => {
      const milliseconds = waits ? this.waitMilliseconds : 0;
      return this.startOrJoin(kind, canonical(parameters), milliseconds) as Promise<R | PendingJob>;
    };
  }

  /** A job with its result. Takes the job over if no task runs it. `job.not_found`. */
  async report(jobId: string): Promise<JobReport> {
    const job = await this.jobs.find(jobId);
    if (!job) throw new JobNotFound(jobId);
    if (job.status === 'DONE') return { ...job, result: await this.jobs.resultOf(job) };
    if (!isAbandoned(job, this.clock.realNow())) return job;
    const claim = await this.claim(jobId, (hasCapacity) => this.claimAbandoned(job, hasCapacity));
    return 'run' in claim ? claim.run.job : claim.other;
  }

  private async startOrJoin(kind: string, parameters: JobParameters, milliseconds: number): Promise<unknown> {
    const deadline = this.clock.realNow() + milliseconds;
    const jobId = `J${hexDigestOf(JSON.stringify([kind, parameters]), JOB_ID_DIGITS)}`;
    for (;;) {
      const draft = { jobId, kind, parameters, runId: newEventId() };
      const claim = await this.claim(jobId, (hasCapacity) => this.claimNew(draft, hasCapacity));
      if ('run' in claim) return this.waitForRun(claim.run, deadline);
      const ended = await this.waitForOtherTask(claim.other, deadline);
      if (ended) return ended.result;
    }
  }

  private claim(jobId: string, claimStored: (hasCapacity: boolean) => Promise<Claim>): Promise<Claim> {
    const run = this.runs.get(jobId);
    if (run) return Promise.resolve({ run });
    const underWay = this.claims.get(jobId);
    if (underWay) return underWay;
    const claim = claimStored(this.hasCapacity).finally(() => this.claims.delete(jobId));
    this.claims.set(jobId, claim);
    return claim;
  }

  private async claimNew(draft: NewJob, hasCapacity: boolean): Promise<Claim> {
    const stored = await this.jobs.start(draft, hasCapacity);
    const isNew = stored.runId === draft.runId;
    if (!isNew && !this.isStopped(stored)) return { other: stored };
    const next = { runId: draft.runId, attempts: hasCapacity ? 1 : 0 };
    const job = isNew ? stored : await this.jobs.takeOver(stored, next, hasCapacity);
    if (!job) return { other: stored };
    return hasCapacity ? { run: this.run(job) } : { other: job };
  }

  private async claimAbandoned(job: Job, hasCapacity: boolean): Promise<Claim> {
    if (job.attempts >= MAX_ATTEMPTS) {
      const failed = await this.jobs.fail(job, problemOf(new JobInterrupted(), requestId()), job.progress);
      return { other: failed ?? job };
    }
    // A kind that is not defined here belongs to another version, whose tasks will run it.
    if (!hasCapacity || !this.kinds.has(job.kind)) return { other: job };
    const taken = await this.jobs.takeOver(job, { runId: newEventId(), attempts: job.attempts + 1 }, true);
    return taken ? { run: this.run(taken) } : { other: job };
  }

  /** Whether a job has no result and no task runs it. */
  private isStopped(job: Job): boolean {
    return job.status === 'FAILED' || isAbandoned(job, this.clock.realNow());
  }

  private get hasCapacity(): boolean {
    return !this.shutdown.hasStarted && this.runs.size + this.claims.size < MAX_CONCURRENT;
  }

  private async waitForRun({ job, outcome, progress, state }: LocalRun, deadline: number): Promise<unknown> {
    const timeout = new AbortController();
    const isOver = sleep(Math.max(0, deadline - this.clock.realNow()), TIMEOUT, { signal: timeout.signal });
    try {
      const first = await Promise.race([outcome, isOver]);
      if (first !== TIMEOUT) return first;
      // The run no longer reads `isAwaited`, so its result may not be kept. But the outcome is about to settle.
      if (state.isEnding) return await outcome;
      state.isAwaited = true;
      return new PendingJob({ ...job, progress: progress.current });
    } finally {
      timeout.abort();
    }
  }

  /** Undefined if the job has to be started again. */
  private async waitForOtherTask(found: Job, deadline: number): Promise<{ readonly result: unknown } | undefined> {
    let job = found;
    if (!this.hasCapacity && isAbandoned(job, this.clock.realNow())) return { result: new PendingJob(job) };
    for (let isMarked = job.isAwaited; ;) {
      if (job.status === 'DONE') return { result: await this.jobs.resultOf(job) };
      if (this.isStopped(job)) return undefined;
      if (!isMarked && !(await this.jobs.markAwaited(job))) return undefined;
      isMarked = true;
      const remaining = deadline - this.clock.realNow();
      if (remaining <= 0) return { result: new PendingJob(job) };
      await sleep(Math.min(POLL_MILLISECONDS, remaining));
      const current = await this.jobs.find(job.jobId);
      if (!current) return undefined;
      job = current;
    }
  }

  private run(job: Job): LocalRun {
    const stop = new AbortController();
    if (this.shutdown.hasStarted) stop.abort(new ShuttingDown());
    const progress = new JobProgress(stop.signal);
    const state: RunState = {
      isAwaited: job.isAwaited,
      isEnding: false,
      stored: progress.current,
      renewedAt: this.clock.realNow(),
    };
    const { background, by } = currentContext() ?? {};
    const outcome = runInContext({ requestId: requestId(), background, by }, () =>
      this.execute({ job, progress, stop, state }),
    ).finally(() => this.runs.delete(job.jobId));
    // No request may be waiting for the outcome, and an unhandled rejection would end the process.
    outcome.catch(() => undefined);
    const run = { job, progress, stop, outcome, state };
    this.runs.set(job.jobId, run);
    return run;
  }

  private async execute(run: Omit<LocalRun, 'outcome'>): Promise<unknown> {
    const { job, progress, state } = run;
    const heartbeat = setInterval(() => {
      state.renewal = this.renew(run);
    }, PROGRESS_INTERVAL_MILLISECONDS);
    try {
      const result = await this.workOf(job.kind)(job.parameters, progress);
      state.isEnding = true;
      await this.storeOutcome(run, () => this.jobs.complete(job, result, progress.current));
      return result;
    } catch (error) {
      state.isEnding = true;
      if (error instanceof LeaseLost) return new PendingJob(job);
      if (error instanceof ShuttingDown) {
        // A renewal after the release would take the job back.
        await state.renewal;
        await this.store(job, () => this.jobs.release(job));
        return new PendingJob(job);
      }
      await this.storeOutcome(run, () => this.jobs.fail(job, this.problemOf(job, error), progress.current));
      throw error;
    } finally {
      clearInterval(heartbeat);
    }
  }

  private workOf(kind: string): JobWork<JobParameters, unknown> {
    const work = this.kinds.get(kind) as JobWork<JobParameters, unknown> | undefined;
    if (!work) throw new Error(`No kind of job is called ${kind}`);
    return work;
  }

  /**
   * Stores the outcome, or deletes the job if no client waits for it, so that the next request computes a fresh result.
   */
  private async storeOutcome({ job, state }: Pick<LocalRun, 'job' | 'state'>, write: () => Promise<unknown>) {
    await this.store(job, async () => {
      if (state.isAwaited || !(await this.jobs.discard(job))) await write();
    });
  }

  /** Logs a failure to store without throwing, because requests of this process still get the outcome. */
  private async store({ jobId, kind }: Job, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof LeaseLost)) this.logger.error({ err: error, jobId, kind }, 'Job outcome not stored');
    }
  }

  private problemOf({ jobId, kind }: Job, thrown: unknown): Problem {
    if (thrown instanceof DomainError) return problemOf(thrown, requestId());
    if (isOutage(thrown)) return problemOf(unavailable(thrown), requestId());
    this.logger.error({ err: thrown, jobId, kind }, 'Job failed');
    return internalProblem(requestId());
  }

  /** Stores changed progress, and extends the lease often enough even without progress. */
  private async renew({ job, progress, stop, state }: Omit<LocalRun, 'outcome'>): Promise<void> {
    const { current } = progress;
    const now = this.clock.realNow();
    const isDue = current !== state.stored || now >= state.renewedAt + HEARTBEAT_INTERVAL_MILLISECONDS;
    if (state.isEnding || !isDue) return;
    Object.assign(state, { stored: current, renewedAt: now });
    try {
      await this.jobs.renew(job, current);
    } catch (error) {
      if (error instanceof LeaseLost) return stop.abort(error);
      state.renewedAt = 0;
      this.logger.warn({ err: error, jobId: job.jobId }, 'Job lease not renewed, retrying');
    }
  }
}

const TIMEOUT = Symbol('timeout');

function requestId(): string {
  return currentContext()?.requestId ?? newEventId();
}

function canonical(parameters: object): JobParameters {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}
