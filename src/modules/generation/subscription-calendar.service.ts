import { Injectable } from '@nestjs/common';
import { addDays, datesBetween, daysBetween, type LocalDate } from '../../kernel/calendar';
import type { SubscriptionId } from '../../kernel/ids';
import type { PriceList } from '../../kernel/pricing';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { InvalidRequest } from '../../platform/errors';
import { ProductService } from '../product';
import { type CalendarDay, Cutoff, forecast, type Subscription, SubscriptionService } from '../subscription';
import { inferPastOutcome } from './domain/past-outcome';
import { OutcomeHistory } from './outcome-history.service';

const MAX_DAYS = 92;
const DEFAULT_DAYS = 31;

/** The calendar of a subscription: its deliveries, day by day. Amounts in minor units. */
@Injectable()
export class SubscriptionCalendar {
  constructor(
    private readonly subscriptions: SubscriptionService,
    private readonly products: ProductService,
    private readonly history: OutcomeHistory,
    private readonly cutoff: Cutoff,
    private readonly clock: Clock,
  ) {}

  /**
   * Every date of a range, both ends included, by default 31 days from today. For open dates, what will be delivered, at
   * today's prices, or why nothing is; for closed dates, what was decided. `subscription.not_found`, `request.invalid`.
   */
  async days(id: SubscriptionId, range: { from?: LocalDate; to?: LocalDate }, caller: Caller): Promise<CalendarDay[]> {
    const subscription = await this.subscriptions.getOwned(id, caller);
    const { today, firstOpenDate } = this.cutoff.changeWindowAt(this.clock.now(), subscription.generatedThrough);
    const dates = calendarDates(today, range);
    const closedDates = dates.filter((date) => date < firstOpenDate);
    const queries = closedDates.map((date) => ({ subscription, date }));
    const [products, pastDays] = await Promise.all([this.priceListOf(subscription), this.history.pastDaysOf(queries)]);
    const pastDayByDate = new Map(pastDays.flatMap((day) => (day ? [[day.date, day]] : [])));
    return dates.map(
      (date) =>
        pastDayByDate.get(date) ?? inferPastOutcome(subscription, forecast(subscription, date, products), today),
    );
  }

  private async priceListOf({ terms, exceptions }: Subscription): Promise<PriceList> {
    return this.products.cachedProductsOf([...terms, ...exceptions].flatMap(({ items }) => items));
  }
}

function calendarDates(today: LocalDate, range: { from?: LocalDate; to?: LocalDate }): LocalDate[] {
  const from = range.from ?? (range.to !== undefined && range.to < today ? range.to : today);
  const to = range.to ?? addDays(from, DEFAULT_DAYS - 1);
  const days = daysBetween(from, to) + 1;
  if (days >= 1 && days <= MAX_DAYS) return datesBetween(from, to);
  const message = days < 1 ? 'to must not be before from' : `the range may have at most ${MAX_DAYS} days, not ${days}`;
  throw new InvalidRequest([{ field: 'to', message }]);
}
