import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../infra/local/ports.mts';
import type { Chance } from '../support/chance';
import { Program } from '../support/program';

const WORKERS = 2;
const MOMENT_MILLISECONDS = 1_500;

/** The workers of a dairy, processes of the built program. When one dies, by itself too, another takes its place. */
export class Crew {
  private readonly programs: Program[] = [];
  private isLeaving = false;
  kills = 0;

  private constructor(
    private readonly environment: Record<string, string>,
    private readonly chance: Chance,
  ) {}

  static async start(environment: Record<string, string>, chance: Chance): Promise<Crew> {
    // The simulation alone says when to look: one who has heard of the time would send to one who has not.
    const crew = new Crew({ ...environment, APP_ROLES: 'worker' }, chance);
    await Promise.all(Array.from({ length: WORKERS }, (_, place) => crew.hire(place)));
    await Promise.all(crew.programs.map((program) => program.untilReady()));
    return crew;
  }

  /** Kills some of them, so often at most, at moments that are left to chance. */
  async suffer(most: number): Promise<void> {
    const moments = Array.from({ length: this.chance.between(0, most) }, () => ({
      worker: this.chance.between(0, WORKERS - 1),
      milliseconds: this.chance.between(0, MOMENT_MILLISECONDS),
    }));
    for (const { worker, milliseconds } of moments) {
      await pause(milliseconds);
      await this.programs[worker]?.kill('SIGKILL');
      this.kills++;
    }
  }

  async leave(): Promise<void> {
    this.isLeaving = true;
    await Promise.all(this.programs.map((program) => program.kill()));
  }

  private async hire(place: number): Promise<void> {
    const env = { ...process.env, ...this.environment, NODE_ENV: 'test', LOG_LEVEL: 'error', RATE_LIMITS: 'off' };
    const port = await freePort();
    if (this.isLeaving) return;
    const program = new Program('dist/main.js', { env, port });
    this.programs[place] = program;
    void program.ended.then(() => this.hire(place));
  }
}
