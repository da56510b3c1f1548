import { Injectable } from '@nestjs/common';
import { addDays, Calendar, datesBetween, type LocalDate } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { DAYS_AHEAD_AT_MOST, type Delivery } from './delivery';
import { NotYourRound } from './delivery.errors';
import { DeliveryListsRepository } from './delivery.lists.repository';
import type { DeliveryStatus } from './delivery.status';

export interface DeliverySearch {
  /** Local date of the delivery slot; without it, from today on. */
  readonly date?: LocalDate;
  readonly status?: DeliveryStatus;
  readonly courierId?: UserId;
}

const THE_END = '9999-12-31T23:59:59Z';

/** Deliveries as admins and couriers look for them, earliest slot first. */
@Injectable()
export class DeliveryLists {
  constructor(
    private readonly repository: DeliveryListsRepository,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** Those that an admin looks for; a courier's own: `auth.not_owner` when he names another. A page may be short. */
  async of(caller: Caller, { date, status, courierId }: DeliverySearch, page: PageRequest): Promise<Page<Delivery>> {
    const isCourier = caller.role === 'COURIER';
    if (isCourier && courierId !== undefined && courierId !== caller.userId) throw new NotYourRound();
    const courier = isCourier ? caller.userId : courierId;
    const { items, next } = await (courier ? this.ofCourier(courier, date, page) : this.ofEverybody(date, page));
    return { items: status ? items.filter((delivery) => delivery.status === status) : items, next };
  }

  private ofCourier(courierId: UserId, date: LocalDate | undefined, page: PageRequest): Promise<Page<Delivery>> {
    const until = date ? this.calendar.endOfDay(date) : THE_END;
    return this.repository.ofCourier(courierId, this.calendar.startOfDay(date ?? this.today()), until, page);
  }

  private ofEverybody(date: LocalDate | undefined, page: PageRequest): Promise<Page<Delivery>> {
    const today = this.today();
    return this.repository.ofDates(date ? [date] : datesBetween(today, addDays(today, DAYS_AHEAD_AT_MOST)), page);
  }

  private today(): LocalDate {
    return this.calendar.dateOf(this.clock.now());
  }
}
