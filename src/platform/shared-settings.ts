import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { isSameTimeZone } from '../kernel/calendar';
import { Clock } from './clock';
import { ConfigurationError } from './config/env-reader';
import { PLATFORM_SETTINGS, type PlatformSettings } from './config/platform.settings';
import { Database } from './dynamo/database';
import { readItem } from './dynamo/read';
import { put, type Write } from './dynamo/write';
import { assertUsable, type DataVersion } from './migration/data-version';
import { DataVersionRepository } from './migration/data-version.repository';
import { type Migration, newestVersionOf, readableFromOf } from './migration/migration';
import { settingsTable } from './shared-settings.schema';
import { DependenciesUnavailable, existenceCheck } from './startup/wait-for';

/** The migrations of the application. */
export const APPLICATION_MIGRATIONS = Symbol('migrations');

const CLOCK_SETTING = 'clock';
const TIME_ZONE_SETTING = 'zone';
const CLOCK_POLL_MILLISECONDS = 1_000;

/** What is stored since the first start. */
interface FirstStart {
  readonly zone: { readonly zone: string };
  readonly data: DataVersion;
}

/**
 * Settings that all tasks share: the business time zone and the version of the data, both recorded at the first start,
 * and the test clock outside production.
 */
@Injectable()
export class SharedSettings implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SharedSettings.name);
  private readonly table: string;
  private readonly versions: DataVersionRepository;
  private timer?: NodeJS.Timeout;
  private clockMoves = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
    @Inject(APPLICATION_MIGRATIONS) private readonly migrations: readonly Migration[],
  ) {
    this.table = database.tableName(settingsTable);
    this.versions = new DataVersionRepository(database);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.checkFirstStart();
    if (this.config.production) return;
    await this.refreshClock();
    this.timer = setInterval(() => {
      this.refreshClock().catch((error: unknown) => this.logger.warn({ err: error }, 'Test clock not refreshed'));
    }, CLOCK_POLL_MILLISECONDS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Sets business time for every task to `ahead` milliseconds ahead of real time. */
  async moveClock(ahead: number): Promise<void> {
    await this.database.write(put(this.table, { name: CLOCK_SETTING, ahead }));
    this.clockMoves++;
    this.clock.setOffset(ahead);
  }

  /** Rejects if the database is unavailable. */
  async ping(): Promise<void> {
    await this.read<object>(TIME_ZONE_SETTING);
  }

  /** Records the first start of an installation, or checks that this program fits it. */
  private async checkFirstStart(): Promise<void> {
    const { zone } = this.config;
    const newest = newestVersionOf(this.migrations);
    const first = { version: newest, readableFrom: readableFromOf(this.migrations) };
    let stored = await this.readFirstStart();
    if (!stored) {
      try {
        return await this.database.transact([this.firstTimeZone(zone), this.versions.first(first)]);
      } catch (error) {
        if (!(error instanceof AlreadyStarted)) throw error;
        stored = await this.readFirstStart();
      }
    }
    assertSameTimeZone(stored?.zone ?? { zone }, zone);
    assertUsable(stored?.data ?? first, newest);
  }

  private firstTimeZone(zone: string): Write {
    return put(
      this.table,
      { name: TIME_ZONE_SETTING, zone },
      { condition: 'attribute_not_exists(#name)', names: { name: 'name' } },
      () => new AlreadyStarted(),
    );
  }

  /** `DependenciesUnavailable`, because one-off commands do not wait for their dependencies. */
  private async readFirstStart(): Promise<FirstStart | undefined> {
    let stored: FirstStart | undefined;
    const server = { server: 'DynamoDB', endpoint: this.config.endpoints.dynamodb };
    const problem = await existenceCheck(`The table ${this.table}`, 'ResourceNotFoundException', server, async () => {
      const zone = await this.read<FirstStart['zone']>(TIME_ZONE_SETTING);
      stored = zone && { zone, data: await this.versions.findStarted() };
    })();
    if (problem !== undefined) throw new DependenciesUnavailable([problem]);
    return stored;
  }

  private async refreshClock(): Promise<void> {
    const { clockMoves: moves } = this;
    const stored = await this.read<{ ahead: number }>(CLOCK_SETTING);
    // If this task moved the clock during the read, the value read is older than the move.
    if (stored && moves === this.clockMoves) this.clock.setOffset(stored.ahead);
  }

  private read<T extends object>(name: string): Promise<T | undefined> {
    return this.database.get(readItem<T>(this.table, { name }));
  }
}

/** Another task was first to start. */
class AlreadyStarted extends Error {}

function assertSameTimeZone(stored: { zone: string }, zone: string): void {
  if (isSameTimeZone(stored.zone, zone)) return;
  throw new ConfigurationError([
    `BUSINESS_TIMEZONE must stay ${stored.zone}, as at the first start of this installation, because dates would shift otherwise`,
  ]);
}
