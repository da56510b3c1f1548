import { Injectable } from '@nestjs/common';
import {
  addDays,
  Calendar,
  datesBetween,
  type Instant,
  type LocalDate,
  MAX_SLOT_DAYS_AHEAD,
} from '../../kernel/calendar';
import { type OrderId, parseOrderNumber, type UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { iteratePages, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { InvalidRequest } from '../../platform/errors';
import type { Order } from './domain/order';
import type { OrderStatus } from './domain/order.status';
import { OrderRepository } from './order.repository';

export interface OrderSearch {
  readonly status?: OrderStatus;
  /** Local dates of the delivery slot, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

const PAGE_SIZE = 20;
const LATEST_ORDERS = 100;
const MIN_INSTANT = '0000';
const MAX_INSTANT = '9999-12-31T23:59:59Z';
const NUMBER_RULE = 'number must be an order number of eight letters and digits, such as K7M4-Q2XD';

/** Lists of orders. Pages may be short; only a missing `next` ends a list. */
@Injectable()
export class OrderQueryService {
  constructor(
    private readonly repository: OrderRepository,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** A customer's orders, latest slot first. `request.invalid` if `to` is before `from`. */
  async findByUser(userId: UserId, { status, from, to }: OrderSearch, page: PageRequest): Promise<Page<Order>> {
    if (from && to && from > to) throw new InvalidRequest([{ field: 'to', message: 'to must not be before from' }]);
    const first = from ? this.calendar.startOfDay(from) : MIN_INSTANT;
    const last = to ? this.calendar.endOfDay(to) : MAX_INSTANT;
    return filterByStatus(await this.repository.findByUser(userId, first, last, page), status);
  }

  /**
   * The orders to deliver on a local date, in no particular order. Without a date: those of today and of every later
   * date for which orders can be placed.
   */
  async findByDate(
    date: LocalDate | undefined,
    status: OrderStatus | undefined,
    page: PageRequest,
  ): Promise<Page<Order>> {
    const today = this.calendar.dateOf(this.clock.now());
    const dates = date ? [date] : datesBetween(today, addDays(today, MAX_SLOT_DAYS_AHEAD));
    return filterByStatus(await this.repository.findByDates(dates, page), status);
  }

  /**
   * The orders with an order number, as a person typed it: usually one or none. `request.invalid` if it is not an order
   * number.
   */
  async findByNumber(
    number: string,
    { date, status }: { date?: LocalDate; status?: OrderStatus },
    page: PageRequest,
  ): Promise<Page<Order>> {
    const orderNumber = parseOrderNumber(number);
    if (orderNumber === undefined) throw new InvalidRequest([{ field: 'number', message: NUMBER_RULE }]);
    const found = filterByStatus(await this.repository.findByNumber(orderNumber, page), status);
    const isOnDate = ({ deliverySlot }: Order) => date === undefined || this.calendar.dateOf(deliverySlot) === date;
    return { ...found, items: found.items.filter(isOnDate) };
  }

  /** Visits all orders to deliver on a local date, in no particular order. They may be seconds old. */
  async visitDay(date: LocalDate, visit: (orders: readonly Order[]) => void): Promise<void> {
    return this.repository.visitDay(date, visit);
  }

  /** Whether one of the customer's latest hundred orders was delivered. */
  async hasDeliveredOrder(userId: UserId): Promise<boolean> {
    const pages = iteratePages(PAGE_SIZE, (page) =>
      this.repository.findByUser(userId, MIN_INSTANT, this.clock.now(), page),
    );
    let looked = 0;
    for await (const orders of pages) {
      if (orders.some(({ status }) => status === 'DELIVERED')) return true;
      looked += orders.length;
      if (looked >= LATEST_ORDERS) break;
    }
    return false;
  }

  /** A customer's orders for one delivery slot, at most twenty. */
  async findAtSlot(userId: UserId, deliverySlot: Instant): Promise<readonly Order[]> {
    return (await this.repository.findByUser(userId, deliverySlot, deliverySlot, { limit: PAGE_SIZE })).items;
  }

  /** Orders by id, in the order of the ids. Undefined for ids without an order. */
  async findByIds(orderIds: readonly OrderId[]): Promise<(Order | undefined)[]> {
    return this.repository.findAll(orderIds);
  }

  /** All orders, in no particular order. Reads the whole table, so it is for the reconciliation only. */
  async scan(page: PageRequest): Promise<Page<Order>> {
    return this.repository.scan(page);
  }
}

function filterByStatus({ items, next }: Page<Order>, status: OrderStatus | undefined): Page<Order> {
  return { items: status ? items.filter((order) => order.status === status) : items, next };
}
