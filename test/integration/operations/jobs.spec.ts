import { Conflict } from '../../../src/platform/errors';
import { IdleMonitor } from '../../../src/platform/idle-monitor';
import type { JobProgress } from '../../../src/platform/jobs/job-progress';
import { JobRunner, type JobWork } from '../../../src/platform/jobs/job-runner';
import { PendingJob } from '../../../src/platform/jobs/pending-job';
import { ShutdownSignal } from '../../../src/platform/shutdown/shutdown-signal';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { OffsetRealClock } from '../../support/clocks/offset-real-clock';
import { roundTripsOf } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';

const LONG_WAIT_MILLISECONDS = 60_000;
const LEASE = 30_000;
const RETENTION = 5 * 60_000;

class TestConflict extends Conflict {
  static override readonly code = 'test.conflict';
  constructor() {
    super('It has changed: try again.', { count: 1 });
  }
}

interface Query {
  readonly product: string;
}

/** One run of the work; the test ends it. */
interface StartedRun {
  readonly product: string;
  readonly progress: JobProgress;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A task whose work the test controls. */
class Task {
  readonly started: StartedRun[] = [];
  ask!: (query: Query) => Promise<unknown>;
  private readonly waiting: (() => void)[] = [];

  private constructor(
    readonly app: TestApp,
    readonly clock: OffsetRealClock,
  ) {}

  static async start(prefix?: string): Promise<Task> {
    const clock = new OffsetRealClock();
    const task = new Task(await TestApp.start(prefix === undefined ? {} : { TABLE_PREFIX: prefix }, { clock }), clock);
    task.ask = task.runner.define<Query, unknown>('test.count', task.work);
    task.wait(0);
    return task;
  }

  get runner(): JobRunner {
    return this.app.get<JobRunner>(JobRunner);
  }

  /** How long its requests wait for a result. */
  wait(milliseconds: number): void {
    Object.assign(this.runner, { waitMilliseconds: milliseconds });
  }

  /** The run of this number, from 0, once it has started. */
  async run(index: number): Promise<StartedRun> {
    while (this.started.length <= index) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.started[index] as StartedRun;
  }

  /** A job as an admin sees it. */
  async job(jobId: string) {
    const { body } = await this.app.as('ADMIN').get(`/admin/job/${jobId}`).expect(200);
    return body as { jobId: string; status: string; progress: object; result?: unknown; error?: object };
  }

  /** Polls until a job has ended. */
  async ended(jobId: string) {
    for (;;) {
      const job = await this.job(jobId);
      if (job.status !== 'RUNNING') return job;
    }
  }

  private readonly work: JobWork<Query, unknown> = ({ product }, progress) =>
    new Promise((resolve, reject) => {
      this.started.push({ product, progress, resolve, reject });
      this.waiting.splice(0).forEach((wake) => wake());
    });
}

async function pending(answer: Promise<unknown>): Promise<string> {
  const response = await answer;
  expect(response).toBeInstanceOf(PendingJob);
  return (response as PendingJob).body.jobId;
}

describe('a job', () => {
  let task: Task;
  let other: Task;
  let product: string;
  let count = 0;
  beforeAll(async () => {
    task = await Task.start();
    other = await Task.start(task.app.config.tablePrefix);
  });
  afterAll(async () => {
    await Promise.all([task.app.stop(), other.app.stop()]);
  });
  beforeEach(() => {
    product = `P${count++}`;
    for (const one of [task, other]) {
      one.started.length = 0;
      one.wait(0);
      one.clock.reset();
    }
  });
  const stored = () => task.app.allStored<{ jobId: string; part: string; chunk?: Uint8Array }>('Jobs');

  it('returns its result to a waiting request, and stores nothing', async () => {
    task.wait(LONG_WAIT_MILLISECONDS);
    const before = await stored();
    const answer = task.ask({ product });
    (await task.run(0)).resolve({ units: 42 });
    expect(await answer).toEqual({ units: 42 });
    expect(await stored()).toEqual(before);
  });

  it('shares one run among the requests of a task, and runs again for a later one', async () => {
    task.wait(LONG_WAIT_MILLISECONDS);
    const both = [task.ask({ product }), task.ask({ product })];
    (await task.run(0)).resolve(42);
    expect(await Promise.all(both)).toEqual([42, 42]);
    const third = task.ask({ product });
    (await task.run(1)).resolve(43);
    expect(await third).toBe(43);
    expect(task.started).toHaveLength(2);
  });

  it('shows its progress and its result in any task', async () => {
    const jobId = await pending(task.ask({ product }));
    const run = await task.run(0);
    expect(await other.job(jobId)).toEqual({ jobId, status: 'RUNNING', progress: { done: 0, total: 0 } });
    run.progress.expectSteps(8);
    run.progress.completeStep();
    // The runner stores progress once a second.
    let job = await other.job(jobId);
    while (JSON.stringify(job.progress) !== '{"done":1,"total":8}') job = await other.job(jobId);
    run.resolve([{ units: 42 }]);
    expect(await other.ended(jobId)).toEqual({
      jobId,
      status: 'DONE',
      progress: { done: 1, total: 8 },
      result: [{ units: 42 }],
    });
  });

  it('returns its result to repeated requests for five minutes', async () => {
    const jobId = await pending(task.ask({ product }));
    (await task.run(0)).resolve(42);
    await task.ended(jobId);
    expect([await task.ask({ product }), await other.ask({ product })]).toEqual([42, 42]);
    other.clock.advance(RETENTION - 5_000);
    expect(await other.ask({ product })).toBe(42);
    other.clock.advance(10_000);
    await other.app.as('ADMIN').get(`/admin/job/${jobId}`).expect(404);
    expect(await pending(other.ask({ product }))).toBe(jobId);
    (await other.run(0)).resolve(43);
    expect((await other.ended(jobId)).result).toBe(43);
    expect(task.started).toHaveLength(1);
  });

  it('is started once when two tasks get the request at once', async () => {
    const products = ['a', 'b', 'c', 'd'].map((one) => product + one);
    [task, other].forEach((one) => one.wait(LONG_WAIT_MILLISECONDS));
    const answer = products.flatMap((one) => [task.ask({ product: one }), other.ask({ product: one })]);
    const runs = () => [...task.started, ...other.started];
    const awaited = async () => {
      const jobs = await task.app.allStored<{ parameters?: Query; isAwaited?: boolean }>('Jobs');
      return jobs.filter(({ parameters, isAwaited }) => isAwaited && products.includes(parameters?.product ?? ''));
    };
    // Either each job is awaited by the task that does not run it, or both tasks run one.
    while (runs().length <= products.length && (await awaited()).length < products.length);
    runs().forEach((run) => run.resolve(run.product));
    expect(await Promise.all(answer)).toEqual(products.flatMap((one) => [one, one]));
    expect(
      runs()
        .map((run) => run.product)
        .sort(),
    ).toEqual(products);
  });

  it('is joined by a request to another task, which gets the result too', async () => {
    task.wait(LONG_WAIT_MILLISECONDS);
    const first = task.ask({ product });
    const run = await task.run(0);
    // This request does not wait; the result is stored.
    const jobId = await pending(other.ask({ product }));
    run.resolve(42);
    expect(await first).toBe(42);
    expect(await other.ask({ product })).toBe(42);
    expect((await other.job(jobId)).status).toBe('DONE');
    expect(other.started).toEqual([]);
  });

  it.each([
    ['a repeated request', (next: Task) => pending(next.ask({ product }))],
    ['a request for its location', async (next: Task, jobId: string) => (await next.job(jobId)).jobId],
  ])('is taken over from a crashed task by %s', async (_, comeBack) => {
    const jobId = await pending(task.ask({ product }));
    const crashedRun = await task.run(0);
    other.clock.advance(LEASE + 1_000);
    expect(await comeBack(other, jobId)).toBe(jobId);
    const run = await other.run(0);
    expect(run.product).toBe(product);
    // The first task was only slow; its result is ignored.
    crashedRun.resolve('stale');
    await task.runner.beforeApplicationShutdown();
    expect((await task.job(jobId)).status).toBe('RUNNING');
    run.resolve('fresh');
    expect(await other.ended(jobId)).toMatchObject({ status: 'DONE', result: 'fresh' });
    expect(await task.ask({ product })).toBe('fresh');
  });

  it('is not taken over while its task renews its lease', async () => {
    const jobId = await pending(task.ask({ product }));
    const run = await task.run(0);
    task.clock.advance(LEASE - 1_000);
    const leases = async () => (await task.app.stored('Jobs', { jobId, part: 'job' }))?.leaseUntil as number;
    const first = await leases();
    while ((await leases()) === first);
    other.clock.advance(LEASE + 1_000);
    expect(await pending(other.ask({ product }))).toBe(jobId);
    expect(other.started).toEqual([]);
    run.resolve(42);
    other.clock.reset();
    expect(await other.ended(jobId)).toMatchObject({ result: 42 });
  });

  it('stops at its next page when another task has taken it over', async () => {
    await pending(task.ask({ product }));
    const lost = await task.run(0);
    other.clock.advance(LEASE + 1_000);
    await pending(other.ask({ product }));
    (await other.run(0)).resolve(42);
    const isStopped = () => {
      try {
        lost.progress.throwIfStopped();
        return false;
      } catch {
        return true;
      }
    };
    // The task notices when it stores progress.
    lost.progress.expectSteps(2);
    while (!isStopped()) await task.app.http.get('/health/live');
    lost.reject(new Error('stopped'));
  });

  it('fails after three tasks have crashed with it, and can be started again', async () => {
    const jobId = await pending(task.ask({ product }));
    const [third, last] = [
      await Task.start(task.app.config.tablePrefix),
      await Task.start(task.app.config.tablePrefix),
    ];
    const runs = [await task.run(0)];
    for (const [index, next] of [other, third].entries()) {
      next.clock.advance((index + 1) * (LEASE + 1_000));
      expect((await next.job(jobId)).status).toBe('RUNNING');
      runs.push(await next.run(0));
    }
    last.clock.advance(3 * (LEASE + 1_000));
    const failed = await last.job(jobId);
    expect(failed).toMatchObject({ status: 'FAILED', error: { code: 'job.interrupted', status: 503 } });
    expect(await pending(last.ask({ product }))).toBe(jobId);
    (await last.run(0)).resolve(42);
    expect(await last.ended(jobId)).toMatchObject({ status: 'DONE', result: 42 });
    runs.forEach(({ reject }) => reject(new Error('crashed')));
    await Promise.all([third.app.stop(), last.app.stop()]);
  });

  it('fails with the problem of its request, and runs again on the next request', async () => {
    const jobId = await pending(task.ask({ product }));
    (await task.run(0)).reject(new TestConflict());
    const { error, ...job } = await other.ended(jobId);
    expect(job).toMatchObject({ jobId, status: 'FAILED' });
    expect(error).toEqual({
      type: 'urn:milkround:problem:test.conflict',
      title: 'Conflict',
      status: 409,
      detail: 'It has changed: try again.',
      code: 'test.conflict',
      count: 1,
      requestId: expect.any(String),
    });
    expect(await pending(other.ask({ product }))).toBe(jobId);
    expect((await task.job(jobId)).error).toBeUndefined();
    (await other.run(0)).resolve(42);
    expect((await task.ended(jobId)).result).toBe(42);
  });

  it('shows only the request id of an internal error', async () => {
    const jobId = await pending(task.ask({ product }));
    (await task.run(0)).reject(new Error('secret'));
    const { error } = await task.ended(jobId);
    expect(error).toMatchObject({ code: 'service.internal', requestId: expect.any(String) });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it('rejects waiting requests with its error', async () => {
    task.wait(LONG_WAIT_MILLISECONDS);
    const before = await stored();
    const answer = task.ask({ product });
    (await task.run(0)).reject(new TestConflict());
    await expect(answer).rejects.toBeInstanceOf(TestConflict);
    expect(await stored()).toEqual(before);
  });

  it('waits while its task runs four other jobs, and runs in the next task that gets the request', async () => {
    const four = await Promise.all(
      ['a', 'b', 'c', 'd'].map((one) => pending(task.ask({ product: `${product}${one}` }))),
    );
    const jobId = await pending(task.ask({ product }));
    expect((await task.job(jobId)).status).toBe('RUNNING');
    expect(await pending(task.ask({ product }))).toBe(jobId);
    expect(task.started).toHaveLength(4);
    expect((await other.job(jobId)).status).toBe('RUNNING');
    (await other.run(0)).resolve(42);
    expect(await other.ended(jobId)).toMatchObject({ status: 'DONE', result: 42 });
    task.started.forEach(({ resolve }) => resolve(1));
    for (const one of four) await task.ended(one);
  });

  it('continues in another task when its own shuts down', async () => {
    const leaving = await Task.start(task.app.config.tablePrefix);
    leaving.wait(LONG_WAIT_MILLISECONDS);
    const answer = leaving.ask({ product });
    const run = await leaving.run(0);
    leaving.app.get<ShutdownSignal>(ShutdownSignal).start();
    const reason = await Promise.resolve()
      .then(() => run.progress.throwIfStopped())
      .catch((error: Error) => error);
    expect(reason).toBeInstanceOf(Error);
    run.reject(reason as Error);
    const jobId = await pending(answer);
    // The task starts no new jobs.
    leaving.wait(0);
    expect(await pending(leaving.ask({ product }))).toBe(jobId);
    expect(leaving.started).toHaveLength(1);
    await leaving.app.stop();
    expect((await other.job(jobId)).status).toBe('RUNNING');
    (await other.run(0)).resolve(42);
    expect(await other.ended(jobId)).toMatchObject({ result: 42 });
  });

  it('keeps the program from being settled while any task runs it', async () => {
    const idle = (one: Task) => one.app.get<IdleMonitor>(IdleMonitor).findBusyComponent();
    const jobId = await pending(task.ask({ product }));
    const run = await task.run(0);
    expect([await idle(task), await idle(other)]).toEqual(['jobs', 'jobs']);
    const { body } = await other.app.as('ADMIN').get('/admin/settled').expect(503);
    expect(body.detail).toContain('jobs');
    run.resolve(42);
    await task.ended(jobId);
    await task.app.as('ADMIN').get('/admin/settled').expect(200);
  });

  it('is 404 if it does not exist, and is for admins only', async () => {
    const { body } = await task.app.as('ADMIN').get('/admin/job/J0').expect(404);
    expect(body).toMatchObject({ code: 'job.not_found' });
    await task.app.as('COURIER').get('/admin/job/J0').expect(403);
  });

  it('stores a result that is too large for one item', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `${index} ${Math.random()} ${Math.random()}`);
    const jobId = await pending(task.ask({ product }));
    (await task.run(0)).resolve(lines);
    const { result } = await other.ended(jobId);
    expect(result).toEqual(lines);
    const chunks = (await stored()).filter((item) => item.jobId === jobId && item.chunk);
    expect(chunks.length).toBeGreaterThan(1);
    for (const { chunk } of chunks) expect(chunk?.length).toBeLessThanOrEqual(350_000);
  });
});

describe('the reports of an admin', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({}, { clock: new FixedBusinessClock('2026-12-01T04:30:00Z') })));
  afterAll(() => app.stop());
  const PATHS = ['/admin/demand', '/admin/books', '/admin/generation/preview?date=2026-12-24'];
  const runner = () => app.get<JobRunner>(JobRunner);

  it.each(PATHS)('answer 202 with the location of a job that has the result: %s', async (path) => {
    const { waitMilliseconds } = runner();
    Object.assign(runner(), { waitMilliseconds: 0 });
    const { headers, body } = await app.as('ADMIN').get(path).expect(202);
    expect(headers).toMatchObject({ location: `/admin/job/${String(body.jobId)}`, 'retry-after': '5' });
    expect(body).toMatchObject({
      status: 'RUNNING',
      progress: { done: expect.any(Number), total: expect.any(Number) },
    });
    Object.assign(runner(), { waitMilliseconds });
    const { body: answer } = await app.as('ADMIN').get(path).expect(200);
    const { body: job } = await app.as('ADMIN').get(String(headers.location)).expect(200);
    expect(job).toMatchObject({ status: 'DONE', result: answer });
    expect(job.progress.done).toBe(job.progress.total);
  });

  it('cost two writes in addition to their work when it is quick', async () => {
    for (const path of ['/admin/demand?from=2026-12-20', '/admin/generation/preview?date=2026-12-27']) {
      const calls = await roundTripsOf(app, () => app.as('ADMIN').get(path).expect(200));
      const reads = calls.filter((call) => /^(Get|BatchGet|Query|Scan)/.test(call));
      expect(calls.filter((call) => !reads.includes(call))).toEqual(['PutItemCommand', 'DeleteItemCommand']);
    }
  });
});
