import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../infra/local/ports.mts';
import type { Chance } from '../support/chance';
import { Program } from '../support/program';

const WORKERS = 2;
const KILLS_AT_MOST = 2;

/** The workers of a dairy, processes of the built program, of which one dies now and then and another takes its place. */
export class Crew {
  private readonly programs: Program[] = [];
  kills = 0;

  private constructor(
    private readonly environment: Record<string, string>,
    private readonly chance: Chance,
  ) {}

  static async start(environment: Record<string, string>, chance: Chance): Promise<Crew> {
    // The simulation alone says when to look: one who has heard of the time would send to one who has not.
    const crew = new Crew({ ...environment, APP_ROLES: 'worker' }, chance);
    for (let nth = 0; nth < WORKERS; nth++) crew.programs.push(await (await crew.hire()).untilReady());
    return crew;
  }

  /** Kills some of them, at moments that are left to chance; each is replaced at once. */
  async suffer(): Promise<void> {
    const moments = Array.from({ length: this.chance.between(0, KILLS_AT_MOST) }, () => ({
      worker: this.chance.between(0, WORKERS - 1),
      milliseconds: this.chance.between(0, 1_500),
    }));
    for (const { worker, milliseconds } of moments) {
      await pause(milliseconds);
      await this.programs[worker]?.kill('SIGKILL');
      this.programs[worker] = await this.hire();
      this.kills++;
    }
    await Promise.all(this.programs.map((program) => program.untilReady()));
  }

  async leave(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.kill()));
  }

  private async hire(): Promise<Program> {
    const env = { ...process.env, ...this.environment, NODE_ENV: 'test', LOG_LEVEL: 'error', RATE_LIMITS: 'off' };
    return new Program('dist/main.js', { env, port: await freePort() });
  }
}
