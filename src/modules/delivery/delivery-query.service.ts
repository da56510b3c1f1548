import { Injectable } from '@nestjs/common';
import { addDays, Calendar, datesBetween, type LocalDate, MAX_SLOT_DAYS_AHEAD } from '../../kernel/calendar';
import type { DeliveryId, OrderId, UserId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { iteratePages, type Page, pageAcrossPartitions, type PageRequest } from '../../platform/dynamo/cursor';
import { UserService } from '../user';
import { DeliveryQueryRepository, type Period } from './delivery-query.repository';
import { UNASSIGNED_SHARDS } from './delivery.repository';
import type { Delivery } from './domain/delivery';
import { NotYourDeliveries } from './domain/delivery.errors';
import { type DeliveryStatus, isOpen } from './domain/delivery.status';
import { deliveryIdOf } from './domain/ids';
import { InactiveCourierRepository } from './inactive-courier.repository';

export interface DeliverySearch {
  /** Local date of the delivery slot. Default: today and later. */
  readonly date?: LocalDate;
  readonly status?: DeliveryStatus;
  readonly courierId?: UserId;
  /** Only open deliveries without a courier, or whose courier was blocked or is no longer a courier. */
  readonly needsCourier?: boolean;
}

/** Keys only, so a page of the index is small. */
const CANDIDATES_PER_PAGE = 500;
const MAX_INSTANT = '9999-12-31T23:59:59Z';
/** Not an id, so that it differs from every courier. */
const UNASSIGNED_PREFIX = '#';

/** Lists deliveries for admins and couriers, earliest slot first. */
@Injectable()
export class DeliveryQueryService {
  constructor(
    private readonly repository: DeliveryQueryRepository,
    private readonly inactiveCouriers: InactiveCourierRepository,
    private readonly users: UserService,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds deliveries: any for an admin, only their own for a courier. A page may be short. Those that need a courier
   * are grouped: first those without one, then courier by courier. `auth.not_owner` if a courier names another courier.
   */
  async find(caller: Caller, search: DeliverySearch, page: PageRequest): Promise<Page<Delivery>> {
    const { date, status, courierId, needsCourier = false } = search;
    const isCourier = caller.role === 'COURIER';
    if (isCourier && courierId !== undefined && courierId !== caller.userId) throw new NotYourDeliveries();
    const courier = isCourier ? caller.userId : courierId;
    const { items, next } = await (needsCourier
      ? this.findNeedingCourier(courier, date, page)
      : courier
        ? this.repository.findByCourier(courier, this.periodOf(date), page)
        : this.findByDate(date, page));
    return { items: status ? items.filter((delivery) => delivery.status === status) : items, next };
  }

  /**
   * The deliveries that the index lists for a courier on a date, and those of further orders, as they are now. The index
   * lags behind, so the caller must check courier and slot, and name the orders that must not be missed. Undefined if the
   * index lists more than `max`.
   */
  async findCandidates(
    courierId: UserId,
    date: LocalDate,
    further: Iterable<OrderId>,
    max: number,
  ): Promise<Delivery[] | undefined> {
    const period = this.periodOf(date);
    const listed = new Set<DeliveryId>();
    const pages = iteratePages(CANDIDATES_PER_PAGE, (page) => this.repository.idsByCourier(courierId, period, page));
    for await (const page of pages) {
      for (const deliveryId of page) listed.add(deliveryId);
      if (listed.size > max) return undefined;
    }
    return this.repository.findAll([...new Set([...listed, ...[...further].map(deliveryIdOf)])]);
  }

  /** The slots of a local date. Without a date: those of today and later. */
  periodOf(date: LocalDate | undefined): Period {
    return {
      from: this.calendar.startOfDay(date ?? this.today()),
      until: date ? this.calendar.endOfDay(date) : MAX_INSTANT,
    };
  }

  /** Reads the couriers themselves without a cache, so that a block shows at once. */
  private async findNeedingCourier(
    courierId: UserId | undefined,
    date: LocalDate | undefined,
    page: PageRequest,
  ): Promise<Page<Delivery>> {
    const period = this.periodOf(date);
    const deactivated = await this.inactiveCouriers.list();
    const active = await this.users.activeCouriersAmong(deactivated);
    const unassigned = Array.from({ length: UNASSIGNED_SHARDS }, (_, shard) => `${UNASSIGNED_PREFIX}${shard}`);
    const partitions = courierId === undefined ? [...unassigned, ...deactivated] : [courierId];
    const { items, next } = await pageAcrossPartitions(partitions, page, async (partition, inner) => {
      if (unassigned.includes(partition))
        return this.repository.findUnassigned(Number(partition.slice(1)), period, inner);
      if (active.has(partition) || !deactivated.includes(partition)) return { items: [] };
      return this.repository.findByCourier(partition, period, inner);
    });
    return { items: items.filter(({ status }) => isOpen(status)), next };
  }

  private findByDate(date: LocalDate | undefined, page: PageRequest): Promise<Page<Delivery>> {
    const today = this.today();
    return this.repository.findByDates(date ? [date] : datesBetween(today, addDays(today, MAX_SLOT_DAYS_AHEAD)), page);
  }

  private today(): LocalDate {
    return this.calendar.dateOf(this.clock.now());
  }
}
