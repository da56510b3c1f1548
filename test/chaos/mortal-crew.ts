import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../infra/local/ports.mts';
import type { Run } from '../../src/modules/generation/domain/run';
import type { Environment } from '../../src/platform/config/config';
import type { Chance } from '../support/chance';
import { type Fate, FatefulProxy } from '../support/fateful-proxy';
import type { Dairy, Program } from '../support/program';

interface Worker {
  readonly port: number;
  readonly database: FatefulProxy;
  program: Program;
  deaths: number;
}

interface Action {
  readonly Put?: {
    readonly TableName: string;
    readonly Item: Record<string, { readonly S: string; readonly N: string }>;
  };
}

const WORKERS = 2;

/**
 * Two workers who make the daily orders, of whom one is killed when a run is so many steps ahead, and replaced: a step is
 * what brings a shard further, so that the moments are of the run, however fast it goes.
 */
export class MortalCrew {
  private readonly workers: Worker[] = [];
  private readonly steps = new Set<string>();
  private moments: number[] = [];
  private killing?: Promise<void>;
  /** How the runs were when somebody was killed. */
  readonly deaths: Run[] = [];
  /** How long a step takes longer at most. */
  delayMilliseconds = 0;

  private constructor(
    private readonly dairy: Dairy,
    private readonly chance: Chance,
    private readonly environment: Environment,
  ) {}

  static async hire(dairy: Dairy, chance: Chance, environment: Environment): Promise<MortalCrew> {
    const crew = new MortalCrew(dairy, chance, { ...environment, APP_ROLES: 'worker,scheduler' });
    for (let nth = 0; nth < WORKERS; nth++) {
      const database = await FatefulProxy.start(process.env.DYNAMODB_ENDPOINT ?? '', (body) => crew.fateOf(nth, body));
      const port = await freePort();
      crew.workers.push({ port, database, program: await crew.launch({ port, database }), deaths: 0 });
    }
    return crew.untilReady();
  }

  get programs(): Program[] {
    return this.workers.map(({ program }) => program);
  }

  /** All are there, whoever was replaced last. */
  async untilReady(): Promise<this> {
    await this.killing;
    await Promise.all(this.programs.map((program) => program.untilReady()));
    return this;
  }

  /** Deaths will come so often, spread by chance over so many steps to come. */
  expectDeaths(times: number, steps: number): void {
    this.moments = Array.from({ length: times }, (_, nth) =>
      Math.ceil(this.steps.size + ((nth + this.chance.between(1, 99) / 100) * steps) / times),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map(({ database }) => database.stop()));
  }

  /** What the dead have asked is done unheard, or is not. */
  private async fateOf(nth: number, body: string): Promise<Fate> {
    const step = stepOf(body);
    if (step === undefined) return 'answered';
    const worker = this.workers[nth] as Worker;
    const { deaths } = worker;
    await pause(this.chance.between(0, this.delayMilliseconds));
    await this.killing;
    if (worker.deaths === deaths && this.isMoment(step)) await (this.killing = this.killOne());
    if (worker.deaths === deaths) return 'answered';
    if (this.chance.happens(0.5)) return 'lost';
    this.steps.add(step);
    return 'unheard';
  }

  private isMoment(step: string): boolean {
    this.steps.add(step);
    const isNow = this.steps.size >= (this.moments[0] ?? Infinity);
    if (isNow) this.moments.shift();
    return isNow;
  }

  private async killOne(): Promise<void> {
    const victim = this.chance.oneOf(this.workers);
    await victim.program.untilReady();
    const runs = await this.dairy.stored<Run>('GenerationRuns');
    this.deaths.push(runs.reduce((latest, run) => (run.date > latest.date ? run : latest)));
    await victim.program.kill('SIGKILL');
    victim.deaths++;
    victim.program = await this.launch(victim);
  }

  private launch({ port, database }: Pick<Worker, 'port' | 'database'>): Promise<Program> {
    return this.dairy.launch({ ...this.environment, DYNAMODB_ENDPOINT: database.url }, port);
  }
}

/** Which shard is to be how far by a write; undefined when it is none of these. */
function stepOf(body: string): string | undefined {
  if (!body.includes('GenerationShards')) return undefined;
  const { TransactItems: actions = [] } = JSON.parse(body) as { TransactItems?: readonly Action[] };
  const progress = actions.find(({ Put: item }) => item?.TableName.endsWith('GenerationShards'))?.Put?.Item;
  return progress && `${progress.dateShard?.S} ${progress.round?.N} ${progress.version?.N}`;
}
