import { Injectable } from '@nestjs/common';
import { addDays, datesBetween, daysBetween, type LocalDate } from '../../kernel/calendar';
import type { SubscriptionId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { InvalidRequest } from '../../platform/errors';
import { ProductService } from '../product';
import { Cutoff } from './cutoff';
import { type CalendarDay, forecast, type PriceList } from './forecast';
import { GenerationHistory } from './generation.history';
import { unrecorded } from './happened';
import type { Subscription } from './subscription';
import { SubscriptionService } from './subscription.service';

const DAYS_AT_MOST = 92;
const DAYS_UNASKED = 31;

/** What a subscription brings, day by day. Amounts in minor units. */
@Injectable()
export class SubscriptionCalendar {
  constructor(
    private readonly subscriptions: SubscriptionService,
    private readonly products: ProductService,
    private readonly history: GenerationHistory,
    private readonly cutoff: Cutoff,
    private readonly clock: Clock,
  ) {}

  /**
   * Every date of a range, both ends included: what will come, at today's prices, or why nothing does; for closed dates
   * what was decided. From today, for 31 days, when nothing else is asked for. `subscription.not_found`,
   * `request.invalid`.
   */
  async days(id: SubscriptionId, range: { from?: LocalDate; to?: LocalDate }, caller: Caller): Promise<CalendarDay[]> {
    const subscription = await this.subscriptions.ownedBy(id, caller);
    const { today, firstOpenDate } = this.cutoff.daysAt(this.clock.now(), subscription.generatedThrough);
    const dates = calendarDates(today, range);
    const closed = dates.filter((date) => date < firstOpenDate);
    const asked = closed.map((date) => ({ subscription, date }));
    const [products, happened] = await Promise.all([this.productsOf(subscription), this.history.of(asked)]);
    const decided = new Map(happened.flatMap((day) => (day ? [[day.date, day]] : [])));
    return dates.map(
      (date) => decided.get(date) ?? unrecorded(subscription, forecast(subscription, date, products), today),
    );
  }

  private async productsOf({ terms, exceptions }: Subscription): Promise<PriceList> {
    return this.products.cachedProductsOf([...terms, ...exceptions].flatMap(({ items }) => items));
  }
}

function calendarDates(today: LocalDate, range: { from?: LocalDate; to?: LocalDate }): LocalDate[] {
  const from = range.from ?? (range.to !== undefined && range.to < today ? range.to : today);
  const to = range.to ?? addDays(from, DAYS_UNASKED - 1);
  const days = daysBetween(from, to) + 1;
  if (days >= 1 && days <= DAYS_AT_MOST) return datesBetween(from, to);
  const message = days < 1 ? 'to must not be before from' : `at most ${DAYS_AT_MOST} days, not ${days}`;
  throw new InvalidRequest([{ field: 'to', message }]);
}
