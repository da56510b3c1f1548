import { Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { ProductService } from '../product';
import { WalletService } from '../wallet';
import type { SubscriptionView } from './domain/lifecycle';
import type { Terms } from './domain/subscription';
import {
  computeRunway,
  type Runway,
  undefinedIfInvalid,
  type UpcomingCharge,
  upcomingCharges,
} from './domain/wallet-runway';
import { SubscriptionRepository } from './subscription.repository';

/** Forecasts how many coming deliveries a wallet covers. */
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
   * The runway of the wallet that pays for a subscription, over the next 92 days and at most 500 deliveries, at today's
   * prices. Includes all other subscriptions of the customer that the wallet pays for. Undefined if the subscription is
   * not paid by wallet or has ended.
   */
  async runwayOf({ userId, status, terms }: SubscriptionView): Promise<Runway | undefined> {
    const isOver = status === 'ENDED' || status === 'CANCELLED';
    if (isOver || (terms.at(-1) as Terms).paymentMethod !== 'WALLET') return undefined;
    const [{ balance }, charges] = await Promise.all([this.wallets.view(userId), this.upcomingChargesOf(userId)]);
    return computeRunway(balance, charges);
  }

  /** The next charges to a wallet, in order. Each is computed when the caller asks for it. */
  async upcomingChargesOf(userId: UserId): Promise<Iterable<UpcomingCharge>> {
    const today = this.calendar.dateOf(this.clock.now());
    const subscriptions = await this.subscriptions.openOfUser(userId, today);
    const lines = subscriptions.flatMap(
      ({ terms, exceptions }) =>
        undefinedIfInvalid(() => [...terms, ...exceptions].flatMap(({ items }) => [...items])) ?? [],
    );
    return upcomingCharges(subscriptions, await this.products.cachedProductsOf(lines), today);
  }
}
