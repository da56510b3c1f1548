import { Injectable } from '@nestjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { SubscriptionId } from '../../kernel/ids';
import { iteratePages, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import type { Read } from '../../platform/dynamo/read';
import type { JobProgress } from '../../platform/jobs/job-progress';
import { SUBSCRIPTION_PARTITIONS, type SubscriptionSlice } from './domain/ids';
import type { Subscription } from './domain/subscription';
import { SubscriptionRepository } from './subscription.repository';

const PARTITION_CONCURRENCY = 4;
const PAGE_SIZE = 250;
const VISITED_AT_ONCE = 25;

/** Reads all subscriptions page by page, so that memory use is constant. */
@Injectable()
export class SubscriptionScan {
  constructor(private readonly subscriptions: SubscriptionRepository) {}

  /** One page of a partition, by id: the subscriptions of one user are adjacent, oldest first. */
  pageOfPartition(partition: string, page: PageRequest): Promise<Page<Subscription>> {
    return this.subscriptions.ofPartition(partition, page);
  }

  /** One page of a slice, in the same order. */
  pageOfSlice({ partition, ...range }: SubscriptionSlice, page: PageRequest): Promise<Page<Subscription>> {
    return this.subscriptions.ofPartition(partition, page, range);
  }

  /** The read of one subscription, to batch with other reads. Undefined if there is none. */
  readOf(subscriptionId: SubscriptionId): Read<Subscription | undefined> {
    return this.subscriptions.readOf(subscriptionId);
  }

  get partitionCount(): number {
    return SUBSCRIPTION_PARTITIONS.length;
  }

  /**
   * Visits several partitions at once, each page by page, by id: the subscriptions of one user are adjacent. Completes one
   * step of progress per partition. Stops between two pages if the job is stopped.
   */
  async forEachPartition(
    visit: (pages: AsyncIterable<readonly Subscription[]>) => Promise<void>,
    progress: JobProgress,
  ): Promise<void> {
    const limit = pLimit(PARTITION_CONCURRENCY);
    await limit.map(SUBSCRIPTION_PARTITIONS, async (partition) => {
      await visit(this.pagesOf(partition, progress));
      progress.completeStep();
    });
  }

  /** Like `forEachPartition`, for a visitor that does not need the partition of a page. Visits a part of a page at a time. */
  async forEachPage(visit: (page: readonly Subscription[]) => void, progress: JobProgress): Promise<void> {
    await this.forEachPartition(async (pages) => {
      for await (const page of pages) {
        for (let first = 0; first < page.length; first += VISITED_AT_ONCE) {
          visit(page.slice(first, first + VISITED_AT_ONCE));
          await nextTurn();
        }
      }
    }, progress);
  }

  private async *pagesOf(partition: string, progress: JobProgress): AsyncGenerator<readonly Subscription[]> {
    progress.throwIfStopped();
    for await (const subscriptions of iteratePages(PAGE_SIZE, (page) =>
      this.subscriptions.ofPartition(partition, page),
    )) {
      // Parsing a large page takes long, so other requests come before the work on it.
      await nextTurn();
      yield subscriptions;
      progress.throwIfStopped();
    }
  }
}
