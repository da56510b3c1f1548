import { Inject, Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import type { Write } from '../../platform/dynamo/write';
import type { Subscription, Terms } from './domain/subscription';
import { TooManySubscriptions } from './domain/subscription.errors';
import { NoRoomListed, OpenSubscriptionRepository } from './open-subscription.repository';
import { SubscriptionCashLimit } from './subscription-cash-limit.service';
import { SubscriptionRepository } from './subscription.repository';
import { SUBSCRIPTION_SETTINGS, type SubscriptionSettings } from './subscription.settings';

/**
 * Limits the subscriptions of a customer that have not ended, and what they can cost in cash. A list names the
 * subscriptions that count. One that ends stays in the list until the list is full; only then are the subscriptions read
 * and the list is written again. So cancelling, pausing and resuming do not touch it, and it cannot block a customer.
 */
@Injectable()
export class SubscriptionLimit {
  constructor(
    private readonly lists: OpenSubscriptionRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly cashLimit: SubscriptionCashLimit,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(SUBSCRIPTION_SETTINGS) private readonly settings: SubscriptionSettings,
  ) {}

  /**
   * The write that counts a new subscription. It fails with a `NoRoomListed`, which the next attempt passes as
   * `conflict`. `subscription.too_many`, `payment.cod_limit`.
   */
  async countWrite(subscription: Subscription, conflict: Error | undefined): Promise<Write> {
    const { subscriptionsMax } = this.settings;
    const { userId, subscriptionId, terms } = subscription;
    const isCash = (terms.at(-1) as Terms).paymentMethod === 'COD';
    const seen = conflict instanceof NoRoomListed ? { list: conflict.listed } : undefined;
    const isListUsable = !seen || (seen.list !== undefined && seen.list.length < subscriptionsMax);
    if (isListUsable && !isCash) return this.lists.add(subscription, subscriptionsMax);
    // The list is read before the subscriptions, so that a creation in between changes it.
    const list = seen ? seen.list : await this.lists.find(userId);
    const open = await this.openOf(userId);
    if (open.length >= subscriptionsMax) throw new TooManySubscriptions(subscriptionsMax);
    if (isCash) await this.cashLimit.check(subscription, undefined, () => Promise.resolve(open));
    return this.lists.replace(userId, list, [...open.map((other) => other.subscriptionId), subscriptionId]);
  }

  /** Checks a change of a subscription. `payment.cod_limit`. */
  async checkChange(changed: Subscription, before: Subscription): Promise<void> {
    await this.cashLimit.check(changed, before, () => this.openOf(before.userId));
  }

  /** The customer's subscriptions that have not ended. */
  private async openOf(userId: UserId): Promise<Subscription[]> {
    const open = await this.subscriptions.openOfUser(userId, this.calendar.dateOf(this.clock.now()));
    return open.filter(({ cancelledFrom }) => cancelledFrom === undefined);
  }
}
