import { Injectable } from '@nestjs/common';
import { addDays, Calendar, datesBetween, type LocalDate, MAX_SLOT_DAYS_AHEAD } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { DeliveryQueryRepository } from './delivery-query.repository';
import type { Delivery } from './domain/delivery';
import { NotYourDeliveries } from './domain/delivery.errors';
import type { DeliveryStatus } from './domain/delivery.status';

export interface DeliverySearch {
  /** Local date of the delivery slot. Default: today and later. */
  readonly date?: LocalDate;
  readonly status?: DeliveryStatus;
  readonly courierId?: UserId;
}

const MAX_INSTANT = '9999-12-31T23:59:59Z';

/** Lists deliveries for admins and couriers, earliest slot first. */
@Injectable()
export class DeliveryQueryService {
  constructor(
    private readonly repository: DeliveryQueryRepository,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds deliveries: any for an admin, only their own for a courier. A page may be short. `auth.not_owner` if a
   * courier names another courier.
   */
  async find(caller: Caller, { date, status, courierId }: DeliverySearch, page: PageRequest): Promise<Page<Delivery>> {
    const isCourier = caller.role === 'COURIER';
    if (isCourier && courierId !== undefined && courierId !== caller.userId) throw new NotYourDeliveries();
    const courier = isCourier ? caller.userId : courierId;
    const { items, next } = await (courier ? this.findByCourier(courier, date, page) : this.findByDate(date, page));
    return { items: status ? items.filter((delivery) => delivery.status === status) : items, next };
  }

  private findByCourier(courierId: UserId, date: LocalDate | undefined, page: PageRequest): Promise<Page<Delivery>> {
    const until = date ? this.calendar.endOfDay(date) : MAX_INSTANT;
    return this.repository.findByCourier(courierId, this.calendar.startOfDay(date ?? this.today()), until, page);
  }

  private findByDate(date: LocalDate | undefined, page: PageRequest): Promise<Page<Delivery>> {
    const today = this.today();
    return this.repository.findByDates(date ? [date] : datesBetween(today, addDays(today, MAX_SLOT_DAYS_AHEAD)), page);
  }

  private today(): LocalDate {
    return this.calendar.dateOf(this.clock.now());
  }
}
