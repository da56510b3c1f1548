import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../infra/local/ports.mts';
import type { Run } from '../../src/modules/generation/domain/run';
import type { Environment } from '../../src/platform/config/env-reader';
import { FaultProxy, type RequestOutcome } from '../support/faults/fault-proxy';
import type { Program } from '../support/program';
import type { SeededRandom } from '../support/seeded-random';
import type { TestDairy } from '../support/fixtures/test-dairy';

interface Worker {
  readonly port: number;
  readonly database: FaultProxy;
  program: Program;
  kills: number;
}

interface TransactAction {
  readonly Put?: {
    readonly TableName: string;
    readonly Item: Record<string, { readonly S: string; readonly N: string }>;
  };
}

const WORKERS = 2;

/**
 * Two generation workers. At chosen steps of a run one of them is killed and replaced. A step is a write that advances a
 * shard, so the moments of the kills do not depend on the speed of the machine.
 */
export class CrashingWorkerPool {
  private readonly workers: Worker[] = [];
  private readonly steps = new Set<string>();
  private killSteps: number[] = [];
  private pendingKill?: Promise<void>;
  /** The latest run at each kill. */
  readonly runsAtKill: Run[] = [];
  /** The maximum delay added to a step. */
  maxDelayMilliseconds = 0;

  private constructor(
    private readonly dairy: TestDairy,
    private readonly random: SeededRandom,
    private readonly environment: Environment,
  ) {}

  static async start(dairy: TestDairy, random: SeededRandom, environment: Environment): Promise<CrashingWorkerPool> {
    const pool = new CrashingWorkerPool(dairy, random, { ...environment, APP_ROLES: 'worker,scheduler' });
    for (let index = 0; index < WORKERS; index++) {
      const database = await FaultProxy.start(process.env.DYNAMODB_ENDPOINT ?? '', (body) =>
        pool.outcomeOf(index, body),
      );
      const port = await freePort();
      pool.workers.push({ port, database, program: await pool.launch({ port, database }), kills: 0 });
    }
    return pool.waitUntilReady();
  }

  get programs(): Program[] {
    return this.workers.map(({ program }) => program);
  }

  /** Waits until all workers are ready, including the replacement of a killed one. */
  async waitUntilReady(): Promise<this> {
    await this.pendingKill;
    await Promise.all(this.programs.map((program) => program.waitUntilReady()));
    return this;
  }

  /** Schedules kills at random steps, spread over the given number of steps from now. */
  scheduleKills(times: number, steps: number): void {
    this.killSteps = Array.from({ length: times }, (_, nth) =>
      Math.ceil(this.steps.size + ((nth + this.random.between(1, 99) / 100) * steps) / times),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map(({ database }) => database.stop()));
  }

  /** For a killed worker, either the request or the response is lost. */
  private async outcomeOf(index: number, body: string): Promise<RequestOutcome> {
    const step = stepOf(body);
    if (step === undefined) return 'answered';
    const worker = this.workers[index] as Worker;
    const { kills: killsBefore } = worker;
    await pause(this.random.between(0, this.maxDelayMilliseconds));
    await this.pendingKill;
    if (worker.kills === killsBefore && this.isKillStep(step)) await this.killNext();
    if (worker.kills === killsBefore) return 'answered';
    if (this.random.chance(0.5)) return 'request-lost';
    // The step takes place all the same, and may be the last one at which a kill is due.
    if (this.isKillStep(step)) await this.killNext();
    return 'response-lost';
  }

  private isKillStep(step: string): boolean {
    this.steps.add(step);
    const isNow = this.steps.size >= (this.killSteps[0] ?? Infinity);
    if (isNow) this.killSteps.shift();
    return isNow;
  }

  /** One after the other, because each replaces a program on its port. */
  private async killNext(): Promise<void> {
    const previous = this.pendingKill;
    this.pendingKill = (async () => {
      await previous;
      await this.killOne();
    })();
    await this.pendingKill;
  }

  private async killOne(): Promise<void> {
    const victim = this.random.oneOf(this.workers);
    await victim.program.waitUntilReady();
    const runs = await this.dairy.allStored<Run>('GenerationRuns');
    this.runsAtKill.push(runs.reduce((latest, run) => (run.date > latest.date ? run : latest)));
    await victim.program.kill('SIGKILL');
    victim.kills++;
    victim.program = await this.launch(victim);
  }

  private launch({ port, database }: Pick<Worker, 'port' | 'database'>): Promise<Program> {
    return this.dairy.launch({ ...this.environment, DYNAMODB_ENDPOINT: database.url }, port);
  }
}

/** Identifies the shard progress that a request writes; undefined for other requests. */
function stepOf(body: string): string | undefined {
  if (!body.includes('GenerationShards')) return undefined;
  const { TransactItems: actions = [] } = JSON.parse(body) as { TransactItems?: readonly TransactAction[] };
  const progress = actions.find(({ Put: item }) => item?.TableName.endsWith('GenerationShards'))?.Put?.Item;
  return progress && `${progress.dateShard?.S} ${progress.round?.N} ${progress.version?.N}`;
}
