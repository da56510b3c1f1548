import { StartRefused } from '../start-refused';

/** The state of the data, as stored. */
export interface DataVersion {
  /** The number of the last complete migration. */
  readonly version: number;
  /** The oldest version whose program can read the data. */
  readonly readableFrom: number;
  /** How far the next migration has come: where its next page begins, and what it has read and changed. */
  readonly progress?: MigrationProgress;
  /** The run that works on the next migration, and until when it holds the lease, in epoch milliseconds. */
  readonly run?: string;
  readonly leasedUntil?: number;
}

export interface MigrationProgress {
  readonly cursor?: string;
  readonly read: number;
  readonly changed: number;
}

/** Data of an installation from before there were migrations. */
export const FIRST_DATA_VERSION: DataVersion = { version: 0, readableFrom: 0 };

/** A newer program has changed the data. */
export class DataTooNew extends StartRefused {
  constructor({ version, readableFrom }: DataVersion, known: number) {
    super(
      `The tables have data version ${version}, which needs a program of data version ${readableFrom} or later. This ` +
        `program has data version ${known}. Deploy a newer one.`,
    );
  }
}

/** The migrations of this program have not run. */
export class DataTooOld extends StartRefused {
  constructor({ version }: DataVersion, needed: number) {
    super(
      `The tables have data version ${version}, and this program needs data version ${needed}. Run npm run migrate. ` +
        'See docs/runbook.md#a-migration-fails-or-is-stuck.',
    );
  }
}

/** Throws unless a program whose newest version is `known` can read the data: `DataTooNew`. */
export function assertReadable(data: DataVersion, known: number): void {
  if (data.readableFrom > known) throw new DataTooNew(data, known);
}

/** Throws unless a program whose newest version is `known` can work on the data: `DataTooNew`, `DataTooOld`. */
export function assertUsable(data: DataVersion, known: number): void {
  assertReadable(data, known);
  if (data.version < known) throw new DataTooOld(data, known);
}
