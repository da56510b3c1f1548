import { Injectable } from '@nestjs/common';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Clock } from '../clock';
import { iteratePages } from '../dynamo/cursor';
import { Database } from '../dynamo/database';
import { readItem } from '../dynamo/read';
import { type AttributeChanges, type Condition, type Item, put, remove, update } from '../dynamo/write';
import type { Problem } from '../problem';
import { isAbandoned, type Job, type Progress } from './job';
import { LeaseLost } from './job.errors';
import { JOB_PART, jobTable } from './job.schema';

/** How long a job is kept after the last write to it. */
const RETENTION_SECONDS = 5 * 60;
/** Results are kept longer than their job, so that a client that reads the job always finds the result. */
const RESULT_MARGIN_SECONDS = 10 * 60;
const LEASE_MILLISECONDS = 30_000;
/** DynamoDB's limit is 400 kB for an item, attribute names included. */
const CHUNK_BYTES = 350_000;
const SCAN_PAGE_SIZE = 100;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

interface ResultChunk {
  readonly chunk: Uint8Array;
}

/** A job before it is stored. */
export type NewJob = Pick<Job, 'jobId' | 'kind' | 'parameters' | 'runId'>;

/**
 * Stored jobs. Every write but the first is conditional on the run id, so a run that was taken over changes nothing.
 */
@Injectable()
export class JobRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(jobTable);
  }

  /**
   * Stores a job unless it exists, and returns the stored one. `runsNow` is false for a job that waits for a task with
   * capacity.
   */
  async start(draft: NewJob, runsNow: boolean): Promise<Job> {
    const job: Job = {
      ...draft,
      status: 'RUNNING',
      progress: { done: 0, total: 0 },
      attempts: runsNow ? 1 : 0,
      leaseUntil: runsNow ? this.newLease() : 0,
      isAwaited: !runsNow,
      expiresAt: this.newExpiry(),
    };
    const ifNew = {
      condition: 'attribute_not_exists(jobId) OR expiresAt <= :now',
      values: { now: this.nowSeconds },
    };
    const item = { ...job, part: JOB_PART };
    try {
      await this.database.write(put(this.table, item, ifNew, (old) => new JobExists(old)));
      return job;
    } catch (error) {
      if (error instanceof JobExists) return error.existing as Job;
      throw error;
    }
  }

  /** Starts another run of a FAILED or abandoned job. Undefined if another task did so first. */
  takeOver(job: Job, next: Pick<Job, 'runId' | 'attempts'>, runsNow: boolean): Promise<Job | undefined> {
    return this.changeUnlessLost(
      job,
      {
        set: {
          ...next,
          status: 'RUNNING',
          leaseUntil: runsNow ? this.newLease() : 0,
          progress: { done: 0, total: 0 },
          // A client waits for it, or was told that it failed and asks again.
          isAwaited: true,
          expiresAt: this.newExpiry(),
        },
        remove: ['error'],
      },
      {
        condition: 'runId = :runId AND (#status = :failed OR (#status = :running AND leaseUntil <= :now))',
        values: { runId: job.runId, failed: 'FAILED', running: 'RUNNING', now: this.clock.realNow() },
      },
    );
  }

  /** Makes the run keep its result for a client that will come back. Undefined if the run has ended. */
  markAwaited(job: Job): Promise<Job | undefined> {
    return this.changeUnlessLost(job, { set: { isAwaited: true } });
  }

  /** Extends the lease of a run. `LeaseLost`. */
  async renew(job: Job, progress: Progress): Promise<void> {
    await this.change(job, { set: { progress, leaseUntil: this.newLease(), expiresAt: this.newExpiry() } });
  }

  /** Releases the job, so that any other task can take it over. The current run does not count as an attempt. */
  async release(job: Job): Promise<void> {
    await this.change(job, {
      set: { leaseUntil: 0, isAwaited: true, attempts: job.attempts - 1, expiresAt: this.newExpiry() },
    });
  }

  /** Deletes a job whose result no client will fetch. False if one will, or if the run was taken over. */
  async discard(job: Job): Promise<boolean> {
    const condition = 'runId = :runId AND #status = :running AND isAwaited = :no';
    const values = { runId: job.runId, running: 'RUNNING', no: false };
    const guard = { condition, names: { status: 'status' }, values };
    try {
      await this.database.write(remove(this.table, keyOf(job), guard, () => new LeaseLost()));
      return true;
    } catch (error) {
      if (error instanceof LeaseLost) return false;
      throw error;
    }
  }

  /** Stores the result, then marks the job DONE. `LeaseLost`. */
  async complete(job: Job, result: unknown, progress: Progress): Promise<void> {
    const json = await compress(JSON.stringify(result));
    const resultChunks = Math.ceil(json.length / CHUNK_BYTES);
    const expiresAt = this.newExpiry() + RESULT_MARGIN_SECONDS;
    for (let index = 0; index < resultChunks; index++) {
      const chunk = json.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
      await this.database.write(put(this.table, { ...chunkKeyOf(job, index), chunk, expiresAt }));
    }
    await this.change(job, { set: { status: 'DONE', resultChunks, progress, expiresAt: this.newExpiry() } });
  }

  /** Undefined if another run took over. */
  fail(job: Job, error: Problem, progress: Progress): Promise<Job | undefined> {
    return this.changeUnlessLost(job, { set: { status: 'FAILED', error, progress, expiresAt: this.newExpiry() } });
  }

  async find(jobId: string): Promise<Job | undefined> {
    const job = await this.database.get(readItem<Job>(this.table, keyOf({ jobId })));
    return job && job.expiresAt > this.nowSeconds ? job : undefined;
  }

  /** The result of a DONE job. */
  async resultOf(job: Job): Promise<unknown> {
    const reads = Array.from({ length: job.resultChunks ?? 0 }, (_, index) =>
      readItem<ResultChunk>(this.table, chunkKeyOf(job, index)),
    );
    const chunks = (await this.database.batchGet(reads)).map((item) => {
      if (!item) throw new Error(`A chunk of the result of job ${job.jobId} is missing`);
      return item.chunk;
    });
    return JSON.parse((await decompress(Buffer.concat(chunks))).toString()) as unknown;
  }

  /** Whether any task runs a job. Reads the whole table: for tests and demonstrations. */
  async isAnyRunning(): Promise<boolean> {
    for await (const items of iteratePages(SCAN_PAGE_SIZE, (page) => this.database.scanPage<Job>(this.table, page))) {
      if (items.some((job) => job.status === 'RUNNING' && !isAbandoned(job, this.clock.realNow()))) return true;
    }
    return false;
  }

  private async change(job: Job, changes: AttributeChanges, guard = runGuardOf(job)): Promise<Job> {
    const condition = { ...guard, names: { status: 'status' } };
    return (await this.database.write(
      update(this.table, keyOf(job), changes, condition, () => new LeaseLost()),
    )) as Job;
  }

  private async changeUnlessLost(job: Job, changes: AttributeChanges, guard?: Condition): Promise<Job | undefined> {
    try {
      return await this.change(job, changes, guard);
    } catch (error) {
      if (error instanceof LeaseLost) return undefined;
      throw error;
    }
  }

  private newLease(): number {
    return this.clock.realNow() + LEASE_MILLISECONDS;
  }

  private newExpiry(): number {
    return this.nowSeconds + RETENTION_SECONDS;
  }

  private get nowSeconds(): number {
    return Math.floor(this.clock.realNow() / 1_000);
  }
}

/** Another request started this job first. */
class JobExists extends Error {
  constructor(readonly existing: object | undefined) {
    super('The job already exists');
  }
}

function runGuardOf({ runId }: Job): Condition {
  return { condition: 'runId = :runId AND #status = :running', values: { runId, running: 'RUNNING' } };
}

function keyOf({ jobId }: Pick<Job, 'jobId'>): Item {
  return { jobId, part: JOB_PART };
}

function chunkKeyOf({ jobId, runId }: Pick<Job, 'jobId' | 'runId'>, index: number): Item {
  return { jobId, part: `result#${runId}#${String(index).padStart(4, '0')}` };
}
