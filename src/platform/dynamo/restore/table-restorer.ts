import type { Instant } from '../../../kernel/calendar';
import { StartRefused } from '../../start-refused';
import type { TableDeclaration } from '../table';

/** The table that another one was restored from, and the state that it has. */
export interface Origin {
  readonly source: string;
  readonly at: Instant;
}

export interface SourceTable {
  readonly createdAt: Instant;
  /** Between these instants, it can be restored to any second. Absent without point-in-time recovery. */
  readonly earliest?: Instant;
  readonly latest?: Instant;
  /** Set if it was restored itself. */
  readonly origin?: Origin;
}

export interface TargetTable {
  /** Absent if it was not restored. */
  readonly origin?: Origin;
  readonly state: TargetState;
}

/** Not all rows of a table are there yet if DynamoDB is still copying them, or if the command was interrupted. */
export type TargetState = 'COMPLETE' | 'IN_PROGRESS' | 'INTERRUPTED';

/** Copies tables as they were at an instant. Each method can be repeated after a crash. */
export interface TableRestorer {
  /** The delay between two looks at a table that is in progress. */
  readonly pollMilliseconds: number;
  describeSource(name: string): Promise<SourceTable | undefined>;
  describeTarget(name: string): Promise<TargetTable | undefined>;
  /** Begins to restore a table to its origin. Does nothing if the table exists. */
  restore(table: TableDeclaration, prefix: string, origin: Origin): Promise<void>;
  /** Creates a table that did not exist at the instant of its origin. Does nothing if the table exists. */
  createEmpty(table: TableDeclaration, prefix: string, origin: Origin): Promise<void>;
  /** Enables expiry, point-in-time recovery and deletion protection, which a restored table does not have. */
  applySettings(table: TableDeclaration, name: string): Promise<void>;
}

/** The tables cannot be restored. The message names each table with its problem. */
export class RestoreRefused extends StartRefused {}
