import { Injectable } from '@nestjs/common';
import { addDays, Calendar, datesBetween, type LocalDate } from '../../kernel/calendar';
import type { OrderId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { InvalidRequest } from '../../platform/errors';
import { DAYS_AHEAD_AT_MOST, type Order } from './order';
import { OrderRepository } from './order.repository';
import type { OrderStatus } from './order.status';

export interface OrderSearch {
  readonly status?: OrderStatus;
  /** Local dates of the delivery slot, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

const THE_BEGINNING = '0000';
const THE_END = '9999-12-31T23:59:59Z';

/** Orders as people look for them. */
@Injectable()
export class OrderLists {
  constructor(
    private readonly repository: OrderRepository,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** A customer's orders, latest slot first. A page may be short. */
  async ofUser(userId: UserId, { status, from, to }: OrderSearch, page: PageRequest): Promise<Page<Order>> {
    if (from && to && from > to) throw new InvalidRequest([{ field: 'to', message: 'to must not be before from' }]);
    const first = from ? this.calendar.startOfDay(from) : THE_BEGINNING;
    const last = to ? this.calendar.endOfDay(to) : THE_END;
    return ofStatus(await this.repository.ofUser(userId, first, last, page), status);
  }

  /** The orders to be delivered on a date; without one, from today on, as far ahead as orders are taken. */
  async ofDate(date: LocalDate | undefined, status: OrderStatus | undefined, page: PageRequest): Promise<Page<Order>> {
    const today = this.calendar.dateOf(this.clock.now());
    const dates = date ? [date] : datesBetween(today, addDays(today, DAYS_AHEAD_AT_MOST));
    return ofStatus(await this.repository.ofDates(dates, page), status);
  }

  /** Orders by their ids, in the order asked; undefined where there is none. */
  async ofIds(orderIds: readonly OrderId[]): Promise<(Order | undefined)[]> {
    return this.repository.findAll(orderIds);
  }

  /** For the books alone, which walk everything: all orders, in no order. */
  async walk(page: PageRequest): Promise<Page<Order>> {
    return this.repository.all(page);
  }
}

function ofStatus({ items, next }: Page<Order>, status: OrderStatus | undefined): Page<Order> {
  return { items: status ? items.filter((order) => order.status === status) : items, next };
}
