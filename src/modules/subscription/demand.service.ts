import { Injectable, Logger } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { JobProgress } from '../../platform/jobs/job-progress';
import { Transaction } from '../../platform/transaction/transaction';
import { ProductService } from '../product';
import { type DateRange, upcomingDates } from './domain/date-range';
import { type DailyDemand, DemandTotals, sortByDateAndName } from './domain/demand';
import type { Subscription } from './domain/subscription';
import { SubscriptionScan } from './subscription-scan';

/** Computes how much of each product the subscriptions need per day. */
@Injectable()
export class DemandService {
  private readonly logger = new Logger(DemandService.name);

  constructor(
    private readonly scan: SubscriptionScan,
    private readonly products: ProductService,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    private readonly transaction: Transaction,
  ) {}

  /**
   * Completes a requested range. Default: the week from tomorrow. `request.invalid` for dates in the past, more than 31
   * days, or dates more than a year ahead.
   */
  rangeOf(requested: Partial<DateRange>): DateRange {
    const dates = this.upcomingDates(requested);
    return { from: dates[0] as LocalDate, to: dates.at(-1) as LocalDate };
  }

  /**
   * The units of every product on every date of a range, by date and name: everything that is due, regardless of stock
   * and wallet balances. One step of progress per partition. `request.invalid` as for `rangeOf`.
   */
  async demandFor(range: DateRange, progress = new JobProgress()): Promise<DailyDemand[]> {
    const totals = new DemandTotals(this.upcomingDates(range));
    progress.expectSteps(this.scan.partitionCount);
    const visit = (page: readonly Subscription[]) =>
      page.forEach((subscription) => this.addIfValid(totals, subscription));
    await this.scan.forEachPage(visit, progress);
    const products = await this.products.cachedProductsOf(totals.products);
    const rows = [...totals.rows()].map((row) => {
      const { name = row.productId, active: available = false } = products.get(row.productId) ?? {};
      return { ...row, name, available };
    });
    return sortByDateAndName(rows);
  }

  /** Records that the demand leaves the program as a file. Emits `report.exported`. */
  async recordExport({ from, to }: DateRange): Promise<void> {
    await this.transaction.commit([], [{ type: 'report.exported', report: 'demand', from, to }]);
  }

  private upcomingDates(range: Partial<DateRange>): LocalDate[] {
    return upcomingDates(range, this.calendar.dateOf(this.clock.now()));
  }

  /** If a rule throws for one subscription, only that subscription is skipped. */
  private addIfValid(totals: DemandTotals, subscription: Subscription): void {
    try {
      totals.add(subscription);
    } catch (error) {
      const { subscriptionId } = subscription;
      this.logger.error({ err: error, subscriptionId }, 'Demand of subscription not computed');
    }
  }
}
