import { Injectable } from '@nestjs/common';
import { CashOnDelivery } from '../payment';
import { ProductService } from '../product';
import { highestCashCost } from './domain/forecast';
import type { Subscription } from './domain/subscription';
import { CashLimitExceeded } from './domain/subscription.errors';

/**
 * Limits what the deliveries of one day can cost a customer in cash, because the nightly run does not. Prices that rise
 * later are not checked again. See ADR 28.
 */
@Injectable()
export class SubscriptionCashLimit {
  constructor(
    private readonly products: ProductService,
    private readonly cash: CashOnDelivery,
  ) {}

  /**
   * `payment.cod_limit` if the subscription, with the customer's others that have not ended, could cost more in a day
   * than the customer may owe on delivery. Only a higher cost than `before` is checked, and only then `openOf` is called.
   */
  async check(
    subscription: Subscription,
    before: Subscription | undefined,
    openOf: () => Promise<readonly Subscription[]>,
  ): Promise<void> {
    const ownCost = await this.costOf([subscription]);
    if (ownCost <= (before ? await this.costOf([before]) : 0)) return;
    const { userId, subscriptionId } = subscription;
    const others = (await openOf()).filter((other) => other.subscriptionId !== subscriptionId);
    const cost = ownCost + (await this.costOf(others));
    const limit = await this.cash.limitOf(userId);
    if (cost > limit) throw new CashLimitExceeded(cost, limit);
  }

  private async costOf(subscriptions: readonly Subscription[]): Promise<number> {
    const lines = subscriptions.flatMap(({ terms, exceptions }) => [
      ...(terms.at(-1)?.items ?? []),
      ...exceptions.flatMap(({ items }) => [...items]),
    ]);
    const products = await this.products.cachedProductsOf(lines);
    return subscriptions.reduce((sum, subscription) => sum + highestCashCost(subscription, products), 0);
  }
}
