import { Injectable, Logger } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { ProductService } from '../product';
import { upcomingDates } from './domain/date-range';
import { type DailyDemand, DemandTotals, sortByName } from './domain/demand';
import type { Subscription } from './domain/subscription';
import { SubscriptionScan } from './subscription-scan';

/** What the dairy must have, day by day, to keep what its subscriptions promise. */
@Injectable()
export class DemandService {
  private readonly logger = new Logger(DemandService.name);

  constructor(
    private readonly scan: SubscriptionScan,
    private readonly products: ProductService,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * The units of every product on every date of a range, both ends included, by date and name: all that is due, whatever
   * is in stock or in the wallets. From tomorrow, for a week, when nothing else is asked. `request.invalid` for dates that
   * are over, more than 31, or more than a year ahead.
   */
  async demandFor(range: { from?: LocalDate; to?: LocalDate }): Promise<DailyDemand[]> {
    const totals = new DemandTotals(upcomingDates(range, this.calendar.dateOf(this.clock.now())));
    await this.scan.forEachPage((page) => page.forEach((subscription) => this.addIfValid(totals, subscription)));
    const products = await this.products.cachedProductsOf(totals.products);
    const rows = [...totals.rows()].map((row) => {
      const { name = row.productId, active: available = false } = products.get(row.productId) ?? {};
      return { ...row, name, available };
    });
    return sortByName(rows).sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  }

  /** One that makes the rules stumble costs itself, and nobody else. */
  private addIfValid(totals: DemandTotals, subscription: Subscription): void {
    try {
      totals.add(subscription);
    } catch (error) {
      const { subscriptionId } = subscription;
      this.logger.error({ err: error, subscriptionId }, 'What a subscription needs cannot be told');
    }
  }
}
