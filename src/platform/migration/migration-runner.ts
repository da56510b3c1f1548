import pLimit from 'p-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import { newSecret } from '../../kernel/ids';
import type { Clock } from '../clock';
import type { Database } from '../dynamo/database';
import { createTableRequest } from '../dynamo/table';
import { type Item, update } from '../dynamo/write';
import { StartRefused } from '../start-refused';
import { assertReadable, type DataVersion, type MigrationProgress } from './data-version';
import { DataVersionRepository, LeaseTaken } from './data-version.repository';
import { type Migration, newestVersionOf, readableFromOf } from './migration';

const PAGE_SIZE = 200;
const WRITES_AT_ONCE = 20;
const LEASE_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 1_000;
const PAGES_PER_REPORT = 50;

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
      `Migration ${number} (${name}) failed after ${read} items: ${String(cause)}. Run npm run migrate to continue. ` +
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
          await this.runMigration(migration, index === 0 ? claimed.progress : undefined, signal);
        }
      } finally {
        await this.versions.release(this.run);
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
    await this.versions.begin(this.run, readableFromOf(this.migrations.slice(0, number)));
    const table = await this.tableOf(migration);
    for (let pages = 1; ; pages++) {
      try {
        progress = await this.runPage(migration, table, progress);
      } catch (error) {
        throw new MigrationFailed(migration, progress, error);
      }
      if (progress.cursor === undefined) break;
      await this.versions.advance(this.run, progress, this.lease().until);
      if (signal?.aborted) throw new MigrationStopped();
      if (pages % PAGES_PER_REPORT === 0) this.report(`Migration ${number} (${name}): ${countsOf(progress)}`);
    }
    await this.versions.complete(this.run, number);
    this.report(`Migration ${number} (${name}) is complete: ${countsOf(progress)}`);
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
    { name, keyOf }: MigratedTable,
    { cursor, read, changed }: MigrationProgress,
    dryRun = false,
  ): Promise<MigrationProgress> {
    const page = await this.database.scanPage<Item>(name, { limit: PAGE_SIZE, cursor });
    const results = await pLimit(WRITES_AT_ONCE).map(page.items, async (item) => {
      const change = changeOf(item);
      if (!change) return false;
      if (dryRun) return true;
      const { condition, names, values, ...changes } = change;
      try {
        await this.database.write(
          update(name, keyOf(item), changes, { condition, names, values }, () => new ItemChanged()),
        );
        return true;
      } catch (error) {
        if (error instanceof ItemChanged) return false;
        throw error;
      }
    });
    const count = results.filter((isChanged) => isChanged).length;
    return { cursor: page.next, read: read + page.items.length, changed: changed + count };
  }

  private async tableOf({ table }: Migration): Promise<MigratedTable> {
    const { KeySchema: keys = [] } = await createTableRequest(table, '');
    const names = keys.map(({ AttributeName: name }) => name as string);
    const keyOf = (item: Item) => Object.fromEntries(names.map((name) => [name, item[name]]));
    return { name: this.database.tableName(table), keyOf };
  }

  private lease(): { now: number; until: number } {
    const now = this.clock.realNow();
    return { now, until: now + LEASE_MILLISECONDS };
  }
}

interface MigratedTable {
  readonly name: string;
  readonly keyOf: (item: Item) => Item;
}

function countsOf({ read, changed }: MigrationProgress): string {
  return `${changed} of ${read} items changed`;
}
