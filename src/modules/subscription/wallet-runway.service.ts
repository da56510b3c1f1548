import { Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { collectAll } from '../../platform/dynamo/cursor';
import { ProductService } from '../product';
import { WalletService } from '../wallet';
import type { SubscriptionView } from './domain/lifecycle';
import type { Terms } from './domain/subscription';
import {
  computeRunway,
  emptyIfInvalid,
  type Runway,
  type UpcomingCharge,
  upcomingCharges,
} from './domain/wallet-runway';
import { SubscriptionRepository } from './subscription.repository';

const PAGE_SIZE = 100;

/** How long the wallets last, given all that they are to pay. */
@Injectable()
export class WalletRunwayService {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly products: ProductService,
    private readonly wallets: WalletService,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * How long the wallet lasts that pays for a subscription, with all others of the same person that it pays for, at
   * today's prices, 92 days ahead. Undefined where the wallet does not pay, or nothing comes any more.
   */
  async runwayOf({ userId, status, terms }: SubscriptionView): Promise<Runway | undefined> {
    const isOver = status === 'ENDED' || status === 'CANCELLED';
    if (isOver || (terms.at(-1) as Terms).paymentMethod !== 'WALLET') return undefined;
    const [{ balance }, charges] = await Promise.all([this.wallets.view(userId), this.upcomingChargesOf(userId)]);
    return computeRunway(balance, charges);
  }

  /** What a wallet will be asked for next, `count` at most. */
  async upcomingChargesOf(userId: UserId, count?: number): Promise<UpcomingCharge[]> {
    const subscriptions = await collectAll(PAGE_SIZE, (page) => this.subscriptions.ofUser(userId, page));
    const lines = subscriptions.flatMap(({ terms, exceptions }) =>
      emptyIfInvalid(() => [...terms, ...exceptions].flatMap(({ items }) => [...items])),
    );
    const products = await this.products.cachedProductsOf(lines);
    return upcomingCharges(subscriptions, products, this.calendar.dateOf(this.clock.now()), count);
  }
}
