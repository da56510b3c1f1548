import { Injectable } from '@nestjs/common';
import { addDays, Calendar, datesBetween, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { Transaction } from '../../platform/transaction/transaction';
import { ProductService } from '../product';
import { monthOf } from './domain/months';
import { type DailyFigures, dailyFiguresOf, reportDates, reportFileDates, withNames } from './domain/report';
import { FigureRepository } from './figure.repository';
import { WalletFloat } from './wallet-float.service';

/** Dates that are read and summed at once. */
const DATES_AT_ONCE = 31;

/** The figures of days. Days are local dates; money is in minor units. */
@Injectable()
export class DailyReport {
  constructor(
    private readonly figures: FigureRepository,
    private readonly walletFloat: WalletFloat,
    private readonly products: ProductService,
    private readonly transaction: Transaction,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** One row per day, both ends included. Default: the last seven days. `request.invalid` over 366 days. */
  async generate(from?: LocalDate, to?: LocalDate): Promise<DailyFigures[]> {
    const dates = reportDates(this.calendar.dateOf(this.clock.now()), { from, to });
    let walletFloat = await this.walletFloatBefore(dates[0] ?? '');
    const rows: DailyFigures[] = [];
    for (let start = 0; start < dates.length; start += DATES_AT_ONCE) {
      const part = dates.slice(start, start + DATES_AT_ONCE);
      const sums = await this.figures.sumsOf(part);
      part.forEach((date, index) => {
        const row = dailyFiguresOf(date, sums[index] ?? { figures: {}, products: new Map() }, walletFloat);
        walletFloat = row.walletFloat;
        rows.push(row);
      });
    }
    const products = await this.products.cachedProductsOf(rows.flatMap(({ topProducts }) => topProducts));
    return withNames(rows, products);
  }

  /** The same, for a file that leaves the program. Emits `report.exported`. */
  async export(from?: LocalDate, to?: LocalDate): Promise<DailyFigures[]> {
    const days = await this.generate(from, to);
    await this.recordExport(days.at(0)?.date, days.at(-1)?.date);
    return days;
  }

  /**
   * Records that the caller asked for a file of the dates. Call it in the request, because requests share the job that
   * writes the file. Emits `report.exported`. `request.invalid` if there can be no file of the dates: they are in the
   * future, reversed, or over 366.
   */
  async recordFileRequest({ from, to }: { from: LocalDate; to: LocalDate }): Promise<void> {
    reportFileDates(this.calendar.dateOf(this.clock.now()), { from, to });
    await this.recordExport(from, to);
  }

  private async recordExport(from?: LocalDate, to?: LocalDate): Promise<void> {
    await this.transaction.commit([], [{ type: 'report.exported', report: 'daily-figures', from, to }]);
  }

  private async walletFloatBefore(date: LocalDate): Promise<number> {
    const month = monthOf(date);
    const firstOfMonth = `${month}-01`;
    const [opening, days] = await Promise.all([
      this.walletFloat.atBeginningOf(month),
      date > firstOfMonth ? this.figures.sumsOf(datesBetween(firstOfMonth, addDays(date, -1))) : [],
    ]);
    return days.reduce((sum, { figures }) => sum + (figures.walletChange ?? 0), opening);
  }
}
