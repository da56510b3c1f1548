import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../infra/local/ports.mts';
import { Program } from '../support/program';
import type { SeededRandom } from '../support/seeded-random';

const WORKERS = 2;
const MAX_KILL_DELAY_MILLISECONDS = 1_500;

/** Worker processes of the built program. A worker that exits for any reason is replaced. */
export class WorkerPool {
  private readonly programs: Program[] = [];
  private isStopping = false;
  kills = 0;

  private constructor(
    private readonly environment: Record<string, string>,
    private readonly random: SeededRandom,
  ) {}

  static async start(environment: Record<string, string>, random: SeededRandom): Promise<WorkerPool> {
    // No scheduler role: a scheduler that has read the new time would send work to workers that have not.
    const pool = new WorkerPool({ ...environment, APP_ROLES: 'worker' }, random);
    await Promise.all(Array.from({ length: WORKERS }, (_, index) => pool.startWorker(index)));
    await Promise.all(pool.programs.map((program) => program.waitUntilReady()));
    return pool;
  }

  /** Kills up to `maxKills` random workers at random moments. */
  async killRandomly(maxKills: number): Promise<void> {
    const kills = Array.from({ length: this.random.between(0, maxKills) }, () => ({
      worker: this.random.between(0, WORKERS - 1),
      milliseconds: this.random.between(0, MAX_KILL_DELAY_MILLISECONDS),
    }));
    for (const { worker, milliseconds } of kills) {
      await pause(milliseconds);
      await this.programs[worker]?.kill('SIGKILL');
      this.kills++;
    }
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.programs.map((program) => program.kill()));
  }

  private async startWorker(index: number): Promise<void> {
    const env = { ...process.env, ...this.environment, NODE_ENV: 'test', LOG_LEVEL: 'error', RATE_LIMITS: 'off' };
    const port = await freePort();
    if (this.isStopping) return;
    const program = new Program('dist/main.js', { env, port });
    this.programs[index] = program;
    void program.exited.then(() => this.startWorker(index));
  }
}
