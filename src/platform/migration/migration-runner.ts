import pLimit from 'p-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import { newSecret } from '../../kernel/ids';
import { isUnavailable } from '../aws-errors';
import type { Clock } from '../clock';
import type { Database } from '../dynamo/database';
import { createTableRequest } from '../dynamo/table';
import { type Item, update } from '../dynamo/write';
import { retry } from '../retry';
import { StartRefused } from '../start-refused';
import { assertReadable, type DataVersion, type MigrationProgress } from './data-version';
import { DataVersionRepository, LeaseTaken } from './data-version.repository';
import { type ItemChange, type Migration, newestVersionOf, readableFromOf } from './migration';

const PAGE_SIZE = 200;
const WRITES_AT_ONCE = 20;
const LEASE_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 1_000;
const PAGES_PER_REPORT = 50;
const PAGE_ATTEMPTS = 5;
const PAGE_BACKOFF = { base: 1_000, ceiling: 10_000 };

export interface RunOptions {
  /** Ends the run after its current page: `MigrationStopped`. */
  readonly signal?: AbortSignal;
  /** Counts the items that would change, and writes nothing. */
  readonly dryRun?: boolean;
}

/** A run was stopped. The next one continues where it was. */
export class MigrationStopped extends StartRefused {
  constructor() {
    super('Stopped. Run npm run migrate to continue.');
  }
}

/** A page failed. The next run repeats it. */
export class MigrationFailed extends StartRefused {
  constructor({ number, name }: Migration, { read }: MigrationProgress, cause: unknown) {
    super(
      `Migration ${number} (${name}) failed after ${read} items: ${withCause(cause)}. Run npm run migrate to continue. ` +
        'See docs/runbook.md#a-migration-fails-or-is-stuck.',
    );
    this.cause = cause;
  }
}

/** An item no longer needs its change. */
class ItemChanged extends Error {}

/** Runs migrations one after the other, page by page. Only one run at a time works; the others wait for it. */
export class MigrationRunner {
  private readonly versions: DataVersionRepository;
  private readonly run = newSecret();
  private leasedUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly migrations: readonly Migration[],
    private readonly report: (line: string) => void,
  ) {
    this.versions = new DataVersionRepository(database);
  }

  /** The version of the data. Undefined before the first start of an installation. */
  find(): Promise<DataVersion | undefined> {
    return this.versions.find();
  }

  /** The migrations that have yet to run. `DataTooNew`. */
  pending(data: DataVersion | undefined): readonly Migration[] {
    const newest = newestVersionOf(this.migrations);
    if (data) assertReadable(data, newest);
    // A new installation starts with the newest version.
    return data ? this.migrations.slice(data.version) : [];
  }

  /**
   * Runs all migrations that have not run. Waits for another run that is at work. `DataTooNew`, `MigrationStopped`,
   * `MigrationFailed`.
   */
  async migrate({ signal, dryRun = false }: RunOptions = {}): Promise<void> {
    for (let hasReported = false; ;) {
      const data = await this.find();
      const pending = this.pending(data);
      if (pending.length === 0) return;
      if (dryRun) return this.countChanges(pending);
      if (signal?.aborted) throw new MigrationStopped();
      if (await this.runLeased(signal)) continue;
      if (!hasReported) this.report('Another run is at work. Waiting for it');
      hasReported = true;
      await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Runs the pending migrations, unless another run holds the lease: then false. */
  private async runLeased(signal?: AbortSignal): Promise<boolean> {
    try {
      const claimed = await this.versions.claim(this.run, this.lease());
      try {
        for (const [index, migration] of this.pending(claimed).entries()) {
          if (signal?.aborted) throw new MigrationStopped();
          await this.runMigration(migration, index === 0 ? claimed.progress : undefined, signal);
        }
      } finally {
        // If this fails, the lease ends by itself. The error of the run is more useful.
        await this.versions.release(this.run).catch(() => undefined);
      }
      return true;
    } catch (error) {
      if (error instanceof LeaseTaken) return false;
      throw error;
    }
  }

  private async runMigration(migration: Migration, from?: MigrationProgress, signal?: AbortSignal): Promise<void> {
    const { number, name } = migration;
    let progress = from ?? { read: 0, changed: 0 };
    this.report(`Migration ${number} (${name}) ${from ? `continues after ${from.read} items` : 'starts'}`);
    try {
      await this.versions.begin(this.run, readableFromOf(this.migrations.slice(0, number)));
      const table = await this.tableOf(migration);
      for (let pages = 1; ; pages++) {
        progress = await this.retryWhileLeased(() => this.runPage(migration, table, progress), signal);
        if (progress.cursor === undefined) break;
        await this.versions.advance(this.run, progress, this.lease().until);
        if (signal?.aborted) throw new MigrationStopped();
        if (pages % PAGES_PER_REPORT === 0) this.report(`Migration ${number} (${name}): ${countsOf(progress)}`);
      }
      await this.versions.complete(this.run, number);
    } catch (error) {
      if (error instanceof LeaseTaken || error instanceof MigrationStopped) throw error;
      throw new MigrationFailed(migration, progress, error);
    }
    this.report(`Migration ${number} (${name}) is complete: ${countsOf(progress)}`);
  }

  /** Repeats a page that failed because DynamoDB was unavailable or throttled the table. */
  private retryWhileLeased<T>(runPage: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const isRetryable = (error: unknown) =>
      isUnavailable(error) && !signal?.aborted && this.clock.realNow() < this.leasedUntil;
    return retry(runPage, { maxAttempts: PAGE_ATTEMPTS, isRetryable, backoff: PAGE_BACKOFF });
  }

  private async countChanges(pending: readonly Migration[]): Promise<void> {
    for (const migration of pending) {
      const table = await this.tableOf(migration);
      let progress: MigrationProgress = { read: 0, changed: 0 };
      do progress = await this.runPage(migration, table, progress, true);
      while (progress.cursor !== undefined);
      this.report(`Migration ${migration.number} (${migration.name}) would run: ${countsOf(progress)}`);
    }
  }

  private async runPage(
    { changeOf }: Migration,
    table: MigratedTable,
    { cursor, read, changed }: MigrationProgress,
    dryRun = false,
  ): Promise<MigrationProgress> {
    const page = await this.database.scanPage<Item>(table.name, { limit: PAGE_SIZE, cursor });
    const changes = page.items.map((item) => async () => {
      const change = changeOf(item);
      return change !== undefined && (dryRun || (await this.changeItem(table, item, change)));
    });
    const count = (await runAll(changes)).filter((isChanged) => isChanged).length;
    return { cursor: page.next, read: read + page.items.length, changed: changed + count };
  }

  /** Whether the item still existed and needed its change. */
  private async changeItem({ name, keyNames }: MigratedTable, item: Item, change: ItemChange): Promise<boolean> {
    const { condition, names, values, ...changes } = change;
    const key = Object.fromEntries(keyNames.map((keyName) => [keyName, item[keyName]]));
    // An update creates an item that does not exist.
    const guarded = {
      condition: `attribute_exists(#migratedKey) AND (${condition})`,
      names: { ...names, migratedKey: keyNames[0] as string },
      values,
    };
    try {
      await this.database.write(update(name, key, changes, guarded, () => new ItemChanged()));
      return true;
    } catch (error) {
      if (error instanceof ItemChanged) return false;
      throw error;
    }
  }

  private async tableOf({ table }: Migration): Promise<MigratedTable> {
    const { KeySchema: keys = [] } = await createTableRequest(table, '');
    return { name: this.database.tableName(table), keyNames: keys.map(({ AttributeName: name }) => name as string) };
  }

  private lease(): { now: number; until: number } {
    const now = this.clock.realNow();
    this.leasedUntil = now + LEASE_MILLISECONDS;
    return { now, until: this.leasedUntil };
  }
}

interface MigratedTable {
  readonly name: string;
  readonly keyNames: readonly string[];
}

/**
 * Runs actions, some at a time, and returns their results. After one has failed, no other begins. Rejects once all have
 * ended.
 */
async function runAll<T>(actions: readonly (() => Promise<T>)[]): Promise<T[]> {
  const limit = pLimit(WRITES_AT_ONCE);
  let failure: { readonly error: unknown } | undefined;
  const results: T[] = [];
  const runOne = async (action: () => Promise<T>) => {
    if (failure) return;
    try {
      results.push(await action());
    } catch (error) {
      failure ??= { error };
    }
  };
  await limit.map(actions, runOne);
  if (failure) throw failure.error;
  return results;
}

function countsOf({ read, changed }: MigrationProgress): string {
  return `${changed} of ${read} items changed`;
}

function withCause(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  return cause instanceof Error ? `${String(error)} (${String(cause)})` : String(error);
}
