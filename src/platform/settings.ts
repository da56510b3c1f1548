import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from './clock';
import { CONFIG, type Config } from './config';
import { Database } from './dynamo/database';
import { declareTable } from './dynamo/table';
import { put } from './dynamo/write';

export const settingsTable = declareTable('Settings', { name: { type: String, hashKey: true } });

const CLOCK = 'clock';
const ZONE = 'zone';
const CLOCK_LOOK_MILLISECONDS = 1_000;

/** What all tasks share: the business time zone, chosen once, and outside production the moved clock. */
@Injectable()
export class Settings implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Settings.name);
  private readonly table: string;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.table = database.tableName(settingsTable);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.keepZone();
    if (this.config.production) return;
    await this.readClock();
    this.timer = setInterval(() => {
      this.readClock().catch((error: unknown) => this.logger.warn({ err: error }, 'The clock was not read'));
    }, CLOCK_LOOK_MILLISECONDS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Moves business time for every task; `ahead` in milliseconds before real time, 0 brings it back. */
  async moveClock(ahead: number): Promise<void> {
    await this.database.write(put(this.table, { name: CLOCK, ahead }, {}, () => new Error('no condition')));
    this.clock.setAhead(ahead);
  }

  /** Fails when the database does not answer. */
  async ping(): Promise<void> {
    await this.read<object>(ZONE);
  }

  private async keepZone(): Promise<void> {
    const { zone } = this.config;
    const stored = await this.read<{ zone: string }>(ZONE);
    if (!stored) {
      await this.database.write(put(this.table, { name: ZONE, zone }, {}, () => new Error('no condition')));
    } else if (stored.zone !== zone) {
      throw new Error(
        `BUSINESS_TIMEZONE is not what this dairy was started with (${stored.zone}): its dates would shift. Set it back.`,
      );
    }
  }

  private async readClock(): Promise<void> {
    const stored = await this.read<{ ahead: number }>(CLOCK);
    if (stored) this.clock.setAhead(stored.ahead);
  }

  private read<T extends object>(name: string): Promise<T | undefined> {
    return this.database.get<T>({ table: this.table, key: { name } });
  }
}
