import type { Database } from '../dynamo/database';
import { type Read, readItem } from '../dynamo/read';
import { type AttributeChanges, put, update, type Write } from '../dynamo/write';
import { settingsTable } from '../shared-settings.schema';
import { type DataVersion, FIRST_DATA_VERSION, type MigrationProgress } from './data-version';

const NAME = 'data';
/** Stored at the first start of every installation, also before there were migrations. */
const FIRST_START_NAME = 'zone';

/** Another run holds the lease. */
export class LeaseTaken extends Error {}

/** The version of the data, and the lease of the run that changes it. */
export class DataVersionRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(settingsTable);
  }

  /** The version of the data. Undefined before the first start of an installation. */
  async find(): Promise<DataVersion | undefined> {
    const firstStart = await this.database.get(readItem(this.table, { name: FIRST_START_NAME }));
    return firstStart && (await this.findStarted());
  }

  /**
   * The version of the data of an installation that has started. Read it after the first start was found, not in one batch:
   * a batch is no snapshot, and could find only one of the two items of a first start that is being committed.
   */
  async findStarted(): Promise<DataVersion> {
    const read: Read<DataVersion | undefined> = readItem(this.table, { name: NAME });
    return (await this.database.get(read)) ?? FIRST_DATA_VERSION;
  }

  /** The write that records the version of a new installation. */
  first({ version, readableFrom }: DataVersion): Write {
    return put(
      this.table,
      { name: NAME, version, readableFrom },
      { condition: 'attribute_not_exists(#name)', names: { name: 'name' } },
      () => new Error('The version of the data is already recorded'),
    );
  }

  /** Takes the lease for a run until a moment, if no other run holds it: `LeaseTaken`. Returns the version. */
  async claim(run: string, { now, until }: { now: number; until: number }): Promise<DataVersion> {
    const stored = await this.database.write<DataVersion>(
      update(
        this.table,
        { name: NAME },
        { set: { run, leasedUntil: until }, defaults: { ...FIRST_DATA_VERSION } },
        {
          // A claim that is repeated, because its response was lost, finds its own lease.
          condition: 'attribute_not_exists(leasedUntil) OR leasedUntil < :now OR #run = :run',
          names: { run: 'run' },
          values: { now, run },
        },
        () => new LeaseTaken(),
      ),
    );
    return stored as DataVersion;
  }

  /** Records that a migration begins, so that programs which cannot read its result no longer start. `LeaseTaken`. */
  async begin(run: string, readableFrom: number): Promise<void> {
    await this.updateOwn(run, { set: { readableFrom } });
  }

  /** Records how far the next migration has come, and extends the lease: `LeaseTaken`. */
  async advance(run: string, progress: MigrationProgress, until: number): Promise<void> {
    await this.updateOwn(run, { set: { progress, leasedUntil: until } });
  }

  /** Records that the next migration is complete: `LeaseTaken`. */
  async complete(run: string, version: number): Promise<void> {
    await this.updateOwn(run, { set: { version }, remove: ['progress'] });
  }

  /** Ends the lease: `LeaseTaken`. */
  async release(run: string): Promise<void> {
    await this.updateOwn(run, { remove: ['run', 'leasedUntil'] });
  }

  private async updateOwn(run: string, change: AttributeChanges): Promise<void> {
    await this.database.write(
      update(
        this.table,
        { name: NAME },
        change,
        { condition: '#run = :run', names: { run: 'run' }, values: { run } },
        () => new LeaseTaken(),
      ),
    );
  }
}
