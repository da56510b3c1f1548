import { Inject, Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import type { Write } from '../../platform/dynamo/write';
import type { Subscription } from './domain/subscription';
import { TooManySubscriptions } from './domain/subscription.errors';
import { NoRoomListed, OpenSubscriptionRepository } from './open-subscription.repository';
import { SubscriptionRepository } from './subscription.repository';
import { SUBSCRIPTION_SETTINGS, type SubscriptionSettings } from './subscription.settings';

const PAGE_SIZE = 100;

/**
 * Limits the subscriptions of a customer that have not ended. A list names those that count. A subscription that ends
 * stays in the list until the list is full; only then are the subscriptions read and the list is written again. So
 * cancelling, pausing and resuming do not touch it, and it cannot block a customer.
 */
@Injectable()
export class SubscriptionLimit {
  constructor(
    private readonly lists: OpenSubscriptionRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(SUBSCRIPTION_SETTINGS) private readonly settings: SubscriptionSettings,
  ) {}

  /**
   * The write that counts a new subscription. It fails with a `NoRoomListed`, which the next attempt passes as
   * `conflict`. `subscription.too_many`.
   */
  async countWrite(subscription: Subscription, conflict: Error | undefined): Promise<Write> {
    const { subscriptionsMax } = this.settings;
    const isListUsable =
      !(conflict instanceof NoRoomListed) || (conflict.listed && conflict.listed.length < subscriptionsMax);
    if (isListUsable) return this.lists.add(subscription, subscriptionsMax);
    const open = await this.openOf(subscription);
    if (open.length >= subscriptionsMax) throw new TooManySubscriptions(subscriptionsMax);
    const { userId, subscriptionId } = subscription;
    return this.lists.replace(userId, conflict.listed, [...open, subscriptionId]);
  }

  /** The ids of the customer's subscriptions that have not ended; not more than needed to refuse another one. */
  private async openOf({ userId }: Subscription): Promise<string[]> {
    const today = this.calendar.dateOf(this.clock.now());
    const open: string[] = [];
    const pages = iteratePages(PAGE_SIZE, (page) => this.subscriptions.openOfUser(userId, today, page));
    for await (const page of pages) {
      open.push(...page.flatMap(({ subscriptionId, cancelledFrom }) => (cancelledFrom ? [] : [subscriptionId])));
      if (open.length >= this.settings.subscriptionsMax) break;
    }
    return open;
  }
}
