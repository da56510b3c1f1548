import { Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { SubscriptionId } from '../../kernel/ids';
import { iteratePages, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import type { Read } from '../../platform/dynamo/read';
import type { JobProgress } from '../../platform/jobs/job-progress';
import { SHARDS } from './domain/ids';
import type { Subscription } from './domain/subscription';
import { SubscriptionRepository } from './subscription.repository';

const SHARD_CONCURRENCY = 4;
const PAGE_SIZE = 250;
const VISITED_AT_ONCE = 25;

/** Reads all subscriptions page by page, so that memory use is constant. */
@Injectable()
export class SubscriptionScan {
  constructor(private readonly subscriptions: SubscriptionRepository) {}

  /** One page of a shard, by id: the subscriptions of one user are adjacent, oldest first. */
  pageOfShard(shard: string, page: PageRequest): Promise<Page<Subscription>> {
    return this.subscriptions.ofShard(shard, page);
  }

  /** The read of one subscription, to batch with other reads. Undefined if there is none. */
  readOf(subscriptionId: SubscriptionId): Read<Subscription | undefined> {
    return this.subscriptions.readOf(subscriptionId);
  }

  get shardCount(): number {
    return SHARDS.length;
  }

  /**
   * Visits several shards at once, each page by page, by id: the subscriptions of one user are adjacent. Completes one
   * step of progress per shard. Stops between two pages if the job is stopped.
   */
  async forEachShard(
    visit: (pages: AsyncIterable<readonly Subscription[]>) => Promise<void>,
    progress: JobProgress,
  ): Promise<void> {
    const limit = pLimit(SHARD_CONCURRENCY);
    await limit.map(SHARDS, async (shard) => {
      await visit(this.pagesOf(shard, progress));
      progress.completeStep();
    });
  }

  /** Like `forEachShard`, for a visitor that does not need the shard of a page. Visits a part of a page at a time. */
  async forEachPage(visit: (page: readonly Subscription[]) => void, progress: JobProgress): Promise<void> {
    await this.forEachShard(async (pages) => {
      for await (const page of pages) {
        for (let first = 0; first < page.length; first += VISITED_AT_ONCE) {
          visit(page.slice(first, first + VISITED_AT_ONCE));
          await nextTurn();
        }
      }
    }, progress);
  }

  private async *pagesOf(shard: string, progress: JobProgress): AsyncGenerator<readonly Subscription[]> {
    progress.throwIfStopped();
    for await (const subscriptions of iteratePages(PAGE_SIZE, (page) => this.subscriptions.ofShard(shard, page))) {
      // Parsing a large page takes long, so other requests come before the work on it.
      await nextTurn();
      yield subscriptions;
      progress.throwIfStopped();
    }
  }
}
