import pLimit from 'p-limit';

const CONCURRENCY = 12;

export async function forEachConcurrently<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  await pLimit(CONCURRENCY).map(items, work);
}
