import { Injectable } from '@nestjs/common';
import type { SubscriptionId, UserId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { mapPage, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import type { Item } from '../../platform/dynamo/write';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { MissingAddress } from '../order';
import { ProductNotFound, ProductService } from '../product';
import { UserService } from '../user';
import { Cutoff } from './cutoff';
import { type Draft, standing, type StandingSubscription, subscribe } from './lifetime';
import type { Line, Subscription } from './subscription';
import { NeverDue, SubscriptionNotFound } from './subscription.errors';
import { SubscriptionRepository } from './subscription.repository';

export type Subscribe = Omit<Draft, 'userId' | 'address'> & {
  /** Without it the profile's. */
  readonly address?: string;
};

/** Standing orders, as they begin and as they stand. Dates are local dates. */
@Injectable()
export class SubscriptionService {
  constructor(
    private readonly repository: SubscriptionRepository,
    private readonly cutoff: Cutoff,
    private readonly products: ProductService,
    private readonly users: UserService,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins a subscription and emits `subscription.created`; it is paid delivery by delivery, so no balance is asked for.
   * `request.invalid`, `product.not_found`, `order.address_missing`, `subscription.never_due`; `subscription.cutoff_passed` when the first date is
   * closed already.
   */
  async subscribe(userId: UserId, wanted: Subscribe, once?: IdempotentRequest): Promise<StandingSubscription> {
    return this.idempotency.run(once, async () => {
      await this.checkOnSale(wanted.items);
      const address = wanted.address ?? (await this.addressOf(userId));
      const now = this.clock.now();
      const days = this.cutoff.daysAt(now);
      const subscription = subscribe({ ...wanted, userId, address }, days, now);
      const begun = standing(subscription, days);
      const { subscriptionId, startDate, nextDeliveryDate } = begun;
      if (nextDeliveryDate === undefined) throw new NeverDue();
      await this.transaction.commit(
        [this.idempotency.recordResponse(once, begun), this.repository.create(subscription)],
        [{ type: 'subscription.created', subscriptionId, userId, startDate, nextDeliveryDate }],
      );
      return begun;
    });
  }

  /** A subscription of the caller's own, or any for an admin; else `subscription.not_found`. */
  async get(subscriptionId: SubscriptionId, caller: Caller): Promise<StandingSubscription> {
    return this.standing(await this.ownedBy(subscriptionId, caller));
  }

  /** The same as it is stored. */
  async ownedBy(subscriptionId: SubscriptionId, { userId, role }: Caller): Promise<Subscription> {
    const subscription = await this.repository.find(subscriptionId);
    if (!subscription || (subscription.userId !== userId && role !== 'ADMIN')) {
      throw new SubscriptionNotFound(subscriptionId);
    }
    return subscription;
  }

  /** A user's subscriptions, also those that are over, youngest first. */
  async ofUser(userId: UserId, page: PageRequest): Promise<Page<StandingSubscription>> {
    return mapPage(await this.repository.ofUser(userId, page), (subscription) => this.standing(subscription));
  }

  /** `product.not_found` when one of the products is not on sale. */
  async checkOnSale(items: readonly Line[]): Promise<void> {
    const products = await this.products.cachedProductsOf(items);
    const absent = items.find(({ productId }) => !products.get(productId)?.active);
    if (absent) throw new ProductNotFound(absent.productId);
  }

  private standing(subscription: Subscription): StandingSubscription {
    return standing(subscription, this.cutoff.daysAt(this.clock.now(), subscription.generatedThrough));
  }

  private async addressOf(userId: UserId): Promise<string> {
    const address = this.users.addressOf(await this.database.get<Item>(this.users.addressReadOf(userId)));
    if (address === undefined) throw new MissingAddress();
    return address;
  }
}
