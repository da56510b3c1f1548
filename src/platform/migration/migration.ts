import type { TableDeclaration } from '../dynamo/table';
import type { AttributeChanges, Condition, Item } from '../dynamo/write';

/** The change of one item. The condition holds as long as the item still needs it. The runner adds that the item exists. */
export type ItemChange = AttributeChanges & Condition & Required<Pick<Condition, 'condition'>>;

/**
 * Rewrites the items of one table that earlier versions have written. It may meet an item more than once, and runs while
 * the previous version still serves. See ADR 48.
 */
export interface Migration {
  /** From 1, without gaps. The data have this version once the migration is complete. */
  readonly number: number;
  /** A few words in kebab case, for the log. */
  readonly name: string;
  /** The oldest version of the data whose program can still read them. It starts, so that a deployment can be rolled back. */
  readonly readableFrom: number;
  readonly table: TableDeclaration;
  /** Undefined for an item that needs no change. */
  readonly changeOf: (item: Item) => ItemChange | undefined;
}

/** The version of the data that a program with these migrations writes. Throws if their numbers have gaps. */
export function newestVersionOf(migrations: readonly Migration[]): number {
  migrations.forEach(({ number, name }, index) => {
    if (number !== index + 1) throw new Error(`The migration ${name} must have the number ${index + 1}, not ${number}`);
  });
  return migrations.length;
}

/** The oldest version of the data whose program can read data that all these migrations have changed. */
export function readableFromOf(migrations: readonly Migration[]): number {
  return Math.max(0, ...migrations.map(({ readableFrom }) => readableFrom));
}
