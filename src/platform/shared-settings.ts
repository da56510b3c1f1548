import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { isSameTimeZone } from '../kernel/calendar';
import { Clock } from './clock';
import { ConfigurationError } from './config/env-reader';
import { PLATFORM_SETTINGS, type PlatformSettings } from './config/platform.settings';
import { Database } from './dynamo/database';
import { readItem } from './dynamo/read';
import { declareTable } from './dynamo/table';
import { put } from './dynamo/write';
import { DependenciesUnavailable, existenceCheck } from './startup/wait-for';

export const settingsTable = declareTable('Settings', { name: { type: String, hashKey: true } });

const CLOCK_SETTING = 'clock';
const TIME_ZONE_SETTING = 'zone';
const CLOCK_POLL_MILLISECONDS = 1_000;

/**
 * Settings that all tasks share: the business time zone, fixed at the first start, and the test clock outside
 * production.
 */
@Injectable()
export class SharedSettings implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SharedSettings.name);
  private readonly table: string;
  private timer?: NodeJS.Timeout;
  private clockMoves = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {
    this.table = database.tableName(settingsTable);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.ensureTimeZone();
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

  private async ensureTimeZone(): Promise<void> {
    const { zone } = this.config;
    const ifAbsent = { condition: 'attribute_not_exists(#name)', names: { name: 'name' } };
    const stored = await this.readStoredTimeZone();
    if (stored) return assertSameTimeZone(stored, zone);
    const write = put(
      this.table,
      { name: TIME_ZONE_SETTING, zone },
      ifAbsent,
      (old) => new TimeZoneAlreadySet(old as { zone: string }),
    );
    try {
      await this.database.write(write);
    } catch (error) {
      if (!(error instanceof TimeZoneAlreadySet)) throw error;
      assertSameTimeZone(error.stored, zone);
    }
  }

  /** `DependenciesUnavailable`, because one-off commands do not wait for their dependencies. */
  private async readStoredTimeZone(): Promise<{ zone: string } | undefined> {
    let stored: { zone: string } | undefined;
    const server = { server: 'DynamoDB', endpoint: this.config.endpoints.dynamodb };
    const problem = await existenceCheck(`The table ${this.table}`, 'ResourceNotFoundException', server, async () => {
      stored = await this.read(TIME_ZONE_SETTING);
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

/** Another task stored a time zone first. */
class TimeZoneAlreadySet extends Error {
  constructor(readonly stored: { zone: string }) {
    super('The time zone is already set');
  }
}

function assertSameTimeZone(stored: { zone: string }, zone: string): void {
  if (isSameTimeZone(stored.zone, zone)) return;
  throw new ConfigurationError([
    `BUSINESS_TIMEZONE must stay ${stored.zone}, as at the first start of this installation, because dates would shift otherwise`,
  ]);
}
