import type { Item } from './write';

/**
 * The read of one item, with the function that interprets it. Modules export reads, as they export writes, so that a
 * caller can combine reads of several modules in one round trip.
 */
export interface Read<T> {
  readonly table: string;
  readonly key: Item;
  /** Turns the stored item into the result. Called with undefined if there is none. */
  readonly parse: (item: Item | undefined) => T;
}

/** The results of a batch of reads, in order. An undefined read has an undefined result. */
export type Results<Reads extends readonly (Read<unknown> | undefined)[]> = {
  -readonly [Index in keyof Reads]: ResultOf<Reads[Index]>;
};
type ResultOf<R> = R extends Read<infer T> ? T : undefined;

/** Reads a stored item. Undefined if there is none. */
export function readItem<T extends object>(table: string, key: Item): Read<T | undefined> {
  return { table, key, parse: (item) => item as T | undefined };
}

/** The same read with another result. */
export function mapRead<T, U>(read: Read<T>, map: (result: T) => U): Read<U> {
  return { ...read, parse: (item) => map(read.parse(item)) };
}
