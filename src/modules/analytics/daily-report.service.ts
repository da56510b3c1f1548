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

/** Both ends included. */
export interface DateRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

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

  /** The dates of a report. Default: the last seven days. `request.invalid` if they are reversed, or over 366. */
  rangeOf(from?: LocalDate, to?: LocalDate): DateRange {
    const dates = reportDates(this.calendar.dateOf(this.clock.now()), { from, to });
    return { from: dates.at(0) ?? '', to: dates.at(-1) ?? '' };
  }

  /** One row per day, both ends included. `request.invalid`, as `rangeOf`. */
  async generate({ from, to }: DateRange): Promise<DailyFigures[]> {
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

  /**
   * Records that the caller asked for a file of the dates. Call it in the request, because requests share the job that
   * writes the file. Emits `report.exported`. `request.invalid` if there can be no file of the dates: they are in the
   * future, reversed, or over 366.
   */
  async recordFileRequest(range: DateRange): Promise<void> {
    reportFileDates(this.calendar.dateOf(this.clock.now()), range);
    await this.recordExport(range);
  }

  /** Records that figures leave the program as a file. Emits `report.exported`. */
  async recordExport({ from, to }: DateRange): Promise<void> {
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
