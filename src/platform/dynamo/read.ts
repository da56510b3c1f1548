import type { Item } from './write';

/**
 * The read of one item and what it means. A module exports its reads, as it exports its writes, so that a caller can
 * batch reads of several modules in one round trip.
 */
export interface Read<T> {
  readonly table: string;
  readonly key: Item;
  /** Turns the stored item into the result; called with undefined if there is none. */
  readonly parse: (item: Item | undefined) => T;
}

/** What a batch of reads returns, read by read; undefined where no read was given. */
export type Results<Reads extends readonly (Read<unknown> | undefined)[]> = {
  -readonly [Index in keyof Reads]: ResultOf<Reads[Index]>;
};
type ResultOf<R> = R extends Read<infer T> ? T : undefined;

/** Reads an item as it is stored; undefined if there is none. */
export function readItem<T extends object>(table: string, key: Item): Read<T | undefined> {
  return { table, key, parse: (item) => item as T | undefined };
}

/** The same read with another result. */
export function mapRead<T, U>(read: Read<T>, map: (result: T) => U): Read<U> {
  return { ...read, parse: (item) => map(read.parse(item)) };
}
