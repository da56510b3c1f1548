import { Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { collectAll } from '../../platform/dynamo/cursor';
import { ProductService } from '../product';
import { WalletService } from '../wallet';
import type { StandingSubscription } from './lifetime';
import { type Bill, bills, ifReadable, type Runway, runway } from './runway';
import type { Terms } from './subscription';
import { SubscriptionRepository } from './subscription.repository';

const SUBSCRIPTIONS_A_PAGE = 100;

/** How long the wallets last, given all that they are to pay. */
@Injectable()
export class Runways {
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
  async of({ userId, status, terms }: StandingSubscription): Promise<Runway | undefined> {
    const isOver = status === 'ENDED' || status === 'CANCELLED';
    if (isOver || (terms.at(-1) as Terms).paymentMethod !== 'WALLET') return undefined;
    const [{ balance }, coming] = await Promise.all([this.wallets.view(userId), this.billsOf(userId)]);
    return runway(balance, coming);
  }

  /** What a wallet will be asked for next, `count` at most. */
  async billsOf(userId: UserId, count?: number): Promise<Bill[]> {
    const subscriptions = await collectAll(SUBSCRIPTIONS_A_PAGE, (page) => this.subscriptions.ofUser(userId, page));
    const lines = subscriptions.flatMap(({ terms, exceptions }) =>
      ifReadable(() => [...terms, ...exceptions].flatMap(({ items }) => [...items])),
    );
    const products = await this.products.cachedProductsOf(lines);
    return bills(subscriptions, products, this.calendar.dateOf(this.clock.now()), count);
  }
}
