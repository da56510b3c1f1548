import { Injectable } from '@nestjs/common';
import { Calendar, type Instant, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { OrderQueryService } from '../order';
import { type Courier, UserService } from '../user';
import { type DaySummary, DayTally } from './domain/day-summary';

/** The summary of a date, and how to name its couriers. */
export interface DayReport extends DaySummary {
  readonly date: LocalDate;
  readonly asOf: Instant;
  /** All couriers, blocked ones too. */
  readonly staff: readonly Courier[];
}

/** Counts the orders and deliveries of a date. */
@Injectable()
export class DaySummaries {
  /** Requests at the same time share one count. */
  private readonly running = new Map<LocalDate, Promise<DayReport>>();

  constructor(
    private readonly orders: OrderQueryService,
    private readonly users: UserService,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** Default: today. Reads the orders of this date and no others. */
  async reportOn(requested?: LocalDate): Promise<DayReport> {
    const date = requested ?? this.calendar.dateOf(this.clock.now());
    const running = this.running.get(date);
    if (running) return running;
    const report = this.count(date).finally(() => this.running.delete(date));
    this.running.set(date, report);
    return report;
  }

  private async count(date: LocalDate): Promise<DayReport> {
    const asOf = this.clock.now();
    const tally = new DayTally();
    const [staff] = await Promise.all([
      this.users.listCouriers(),
      this.orders.visitDay(date, (orders) => tally.add(orders)),
    ]);
    return { date, asOf, staff, ...tally.summary };
  }
}
