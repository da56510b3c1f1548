import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { iteratePages } from '../../platform/dynamo/cursor';
import type { Subscription } from './subscription';
import { SHARDS, SubscriptionRepository } from './subscription.repository';

const SHARDS_AT_ONCE = 4;
const SUBSCRIPTIONS_A_PAGE = 250;

/** Going through all subscriptions there are, without ever having all of them in memory. */
@Injectable()
export class SubscriptionWalk {
  constructor(private readonly subscriptions: SubscriptionRepository) {}

  /** A few shards at once, each page by page, by id: the subscriptions of one person come one after the other. */
  async shards(visit: (pages: AsyncIterable<readonly Subscription[]>) => Promise<void>): Promise<void> {
    const limit = pLimit(SHARDS_AT_ONCE);
    const pages = (shard: string) =>
      iteratePages(SUBSCRIPTIONS_A_PAGE, (page) => this.subscriptions.ofShard(shard, page));
    await limit.map(SHARDS, (shard) => visit(pages(shard)));
  }

  /** The same for whom it does not matter which shard a page is of. */
  async pages(visit: (page: readonly Subscription[]) => void): Promise<void> {
    await this.shards(async (pages) => {
      for await (const page of pages) visit(page);
    });
  }
}
