import { InvalidRequest } from '../errors';

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** One page of a list. It may be short; only a missing `next` ends the list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

type Key = Record<string, unknown>;

/** DynamoDB's limit for a sort key. */
const MAX_KEY_BYTES = 1_024;

export class InvalidCursor extends InvalidRequest {
  constructor() {
    super([{ field: 'cursor', message: 'cursor must come from the Link header of the same list' }]);
  }
}

export function encodeCursor(key: object | undefined): string | undefined {
  return key && Buffer.from(JSON.stringify(key)).toString('base64url');
}

export function decodeCursor(cursor: string | undefined): Key | undefined {
  if (cursor === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (isKey(key)) return key;
  } catch {
    // Not JSON: InvalidCursor, below.
  }
  throw new InvalidCursor();
}

/** Whether a decoded cursor has only values that DynamoDB accepts in a key. It may contain an inner cursor. */
function isKey(key: unknown): key is Key {
  if (typeof key !== 'object' || key === null || Array.isArray(key)) return false;
  const isScalar = (value: unknown) =>
    typeof value === 'string' ? Buffer.byteLength(value) <= MAX_KEY_BYTES : Number.isSafeInteger(value);
  return Object.values(key).every((value) =>
    Array.isArray(value) ? value.every(isScalar) : isScalar(value) || isKey(value),
  );
}

/**
 * Pages through a list that is spread over partitions (`date#shard`), one partition after the other. A page ends when
 * it is full or after `maxQueries` partitions, so that many empty partitions cause short pages and not a timeout.
 */
export async function pageAcrossPartitions<T>(
  partitions: readonly string[],
  { limit, cursor }: PageRequest,
  read: (partition: string, page: PageRequest) => Promise<Page<T>>,
  maxQueries = 64,
): Promise<Page<T>> {
  const start = decodeCursor(cursor);
  let index = start ? partitions.indexOf(start.partition as string) : 0;
  if (index < 0) throw new InvalidCursor();
  let inner = typeof start?.inner === 'string' ? start.inner : undefined;

  const items: T[] = [];
  for (let queries = 0; index < partitions.length; queries++) {
    const partition = partitions[index] as string;
    if (items.length >= limit || queries === maxQueries) {
      return { items, next: encodeCursor({ partition, inner }) };
    }
    const page = await read(partition, { limit: limit - items.length, cursor: inner });
    items.push(...page.items);
    inner = page.next;
    if (inner === undefined) index++;
  }
  return { items };
}

/** All pages of a list in order. Each is read when the caller asks for it. */
export async function* iteratePages<T>(
  limit: number,
  read: (page: PageRequest) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  let cursor: string | undefined;
  do {
    const page = await read({ limit, cursor });
    yield page.items;
    cursor = page.next;
  } while (cursor);
}

/** All items of a list that is known to be short. */
export async function collectAll<T>(limit: number, read: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of iteratePages(limit, read)) items.push(...page);
  return items;
}

export function mapPage<T, U>({ items, next }: Page<T>, map: (item: T) => U): Page<U> {
  return { items: items.map(map), next };
}
