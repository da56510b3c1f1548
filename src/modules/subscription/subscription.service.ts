import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import type { SubscriptionId, UserId } from '../../kernel/ids';
import type { Line } from '../../kernel/lines';
import { productOnSale } from '../../kernel/pricing';
import { type Caller, isOwnerOrAdmin } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { mapPage, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { MissingAddress } from '../order';
import { ProductNotFound, ProductService } from '../product';
import { UserService } from '../user';
import { Cutoff } from './domain/cutoff';
import { subscribe, type SubscriptionDraft, type SubscriptionView, withStatus } from './domain/lifecycle';
import type { Subscription } from './domain/subscription';
import { CustomerBlocked, NeverDue, SubscriptionConflict, SubscriptionNotFound } from './domain/subscription.errors';
import { SubscriptionLimit } from './subscription-limit.service';
import { SubscriptionRepository } from './subscription.repository';

export type NewSubscription = Omit<SubscriptionDraft, 'userId' | 'address'> & {
  /** Default: the address of the profile, also after it changes. */
  readonly address?: string;
};

/** Creates and shows subscriptions. Dates are local dates. */
@Injectable()
export class SubscriptionService {
  constructor(
    private readonly repository: SubscriptionRepository,
    private readonly limit: SubscriptionLimit,
    private readonly cutoff: Cutoff,
    private readonly products: ProductService,
    private readonly users: UserService,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates a subscription. Does not check the wallet, because each delivery is paid separately. Emits
   * `subscription.created`. `request.invalid`, `product.not_found`, `order.address_missing`, `user.blocked`,
   * `subscription.never_due`, `subscription.too_many`, `payment.cod_limit`; `subscription.cutoff_passed` if `startDate` is closed.
   */
  async subscribe(
    userId: UserId,
    request: NewSubscription,
    idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionView> {
    return this.idempotency.run(idempotencyKey, async () => {
      await this.checkOnSale(request.items);
      return retryOnConflict(SubscriptionConflict, (conflict) =>
        this.create(userId, request, conflict, idempotencyKey),
      );
    });
  }

  /** A subscription, for its customer or an admin. `subscription.not_found` for anyone else. */
  async get(subscriptionId: SubscriptionId, caller: Caller): Promise<SubscriptionView> {
    return this.viewOf(await this.getOwned(subscriptionId, caller));
  }

  /** Like `get`, but in the stored form. */
  async getOwned(subscriptionId: SubscriptionId, caller: Caller): Promise<Subscription> {
    const subscription = await this.repository.find(subscriptionId);
    if (!subscription || !isOwnerOrAdmin(caller, subscription.userId)) {
      throw new SubscriptionNotFound(subscriptionId);
    }
    return subscription;
  }

  /** A user's subscriptions, including ended ones, newest first. */
  async ofUser(userId: UserId, page: PageRequest): Promise<Page<SubscriptionView>> {
    return mapPage(await this.repository.ofUser(userId, page), (subscription) => this.viewOf(subscription));
  }

  /** Checks that all products are on sale. `product.not_found`. */
  async checkOnSale(items: readonly Line[]): Promise<void> {
    const products = await this.products.cachedProductsOf(items);
    const unavailable = items.find(({ productId }) => !productOnSale(productId, products));
    if (unavailable) throw new ProductNotFound(unavailable.productId);
  }

  /** Marks a date as decided. `SubscriptionConflict` if it already is, or if the subscription has changed since. */
  markGenerated(subscription: Subscription, date: LocalDate): Write {
    return this.repository.markGenerated(subscription, date);
  }

  /** The address of a customer's profile. `order.address_missing` if it has none. */
  async addressOf(userId: UserId): Promise<string> {
    const address = await this.database.get(this.users.addressReadOf(userId));
    if (address === undefined) throw new MissingAddress();
    return address;
  }

  /**
   * Lets a transaction fail with `user.blocked` if the customer is blocked, or with `SubscriptionConflict` if the address
   * of the profile is no longer `address`.
   */
  requireActive(userId: UserId, address: string | undefined): Write {
    return this.users.requireActive(userId, address, new SubscriptionConflict());
  }

  /** Lets a transaction fail with `CustomerBlocked` if the customer is blocked. */
  requireNotBlocked(userId: UserId): Write {
    const refusal = new CustomerBlocked();
    return { ...this.users.requireActive(userId, undefined, refusal), onConditionFailed: () => refusal };
  }

  private async create(
    userId: UserId,
    request: NewSubscription,
    conflict: SubscriptionConflict | undefined,
    idempotencyKey?: IdempotentRequest,
  ): Promise<SubscriptionView> {
    const followsProfile = request.address === undefined;
    const address = request.address ?? (await this.addressOf(userId));
    const now = this.clock.now();
    const window = this.cutoff.changeWindowAt(now);
    const subscription = subscribe(
      { ...request, userId, address, ...(followsProfile && { followsProfile }) },
      window,
      now,
    );
    const view = withStatus(subscription, window);
    const { subscriptionId, startDate, nextDeliveryDate } = view;
    if (nextDeliveryDate === undefined) throw new NeverDue();
    await this.transaction.commit(
      [
        this.idempotency.recordResponse(idempotencyKey, view),
        this.repository.create(subscription),
        this.requireActive(userId, followsProfile ? address : undefined),
        await this.limit.countWrite(subscription, conflict),
      ],
      [{ type: 'subscription.created', subscriptionId, userId, startDate, nextDeliveryDate }],
    );
    return view;
  }

  private viewOf(subscription: Subscription): SubscriptionView {
    return withStatus(subscription, this.cutoff.changeWindowAt(this.clock.now(), subscription.generatedThrough));
  }
}
