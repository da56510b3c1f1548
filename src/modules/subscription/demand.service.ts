import { Injectable, Logger } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { ProductService } from '../product';
import { type DayDemand, DemandSheet } from './demand';
import { datesAhead } from './outlook';
import { byName } from './preview';
import type { Subscription } from './subscription';
import { SubscriptionWalk } from './subscription.walk';

/** What the dairy must have, day by day, to keep what its subscriptions promise. */
@Injectable()
export class SubscriptionDemand {
  private readonly logger = new Logger(SubscriptionDemand.name);

  constructor(
    private readonly walk: SubscriptionWalk,
    private readonly products: ProductService,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * The units of every product on every date of a range, both ends included, by date and name: all that is due, whatever
   * is in stock or in the wallets. From tomorrow, for a week, when nothing else is asked. `request.invalid` for dates that
   * are over, more than 31, or more than a year ahead.
   */
  async of(range: { from?: LocalDate; to?: LocalDate }): Promise<DayDemand[]> {
    const sheet = new DemandSheet(datesAhead(range, this.calendar.dateOf(this.clock.now())));
    await this.walk.pages((page) => page.forEach((subscription) => this.add(sheet, subscription)));
    const products = await this.products.cachedProductsOf(sheet.products);
    const rows = [...sheet.rows()].map((row) => {
      const { name = row.productId, active: available = false } = products.get(row.productId) ?? {};
      return { ...row, name, available };
    });
    return byName(rows).sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  }

  /** One that makes the rules stumble costs itself, and nobody else. */
  private add(sheet: DemandSheet, subscription: Subscription): void {
    try {
      sheet.add(subscription);
    } catch (error) {
      const { subscriptionId } = subscription;
      this.logger.error({ err: error, subscriptionId }, 'What a subscription needs cannot be told');
    }
  }
}
