import { Inject, Injectable } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { decodeCursor, encodeCursor, InvalidCursor, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import type { Queue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import { Transaction } from '../../platform/transaction/transaction';
import { AnalyticsRepository } from './analytics.repository';
import { ANALYTICS_QUEUE } from './analytics.settings';
import { type AnalyticsEvent, type DailyFigures, figuresOf, reportDates, reportOf } from './domain/analytics';
import { AlreadyLogged } from './domain/analytics.errors';

/** The event log and the daily figures. Days are local dates; money is in minor units. */
@Injectable()
export class AnalyticsService {
  constructor(
    private readonly repository: AnalyticsRepository,
    private readonly transaction: Transaction,
    private readonly publisher: Publisher,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(ANALYTICS_QUEUE) private readonly queue: Queue,
  ) {}

  /** Resolves when the analytics queue has accepted the event. */
  async publish(event: AnalyticsEvent): Promise<void> {
    await this.publisher.sendToQueue(this.queue.url, event);
  }

  /** Logs an event and adds its figures to its day, in one transaction. Ignores a duplicate. */
  async logEvent(event: AnalyticsEvent): Promise<void> {
    const date = this.calendar.dateOf(event.timestamp);
    const figures = figuresOf(event);
    try {
      await this.transaction.commit([
        this.repository.appendEvent(date, event),
        figures && this.repository.addFigures(date, event.eventId, figures),
      ]);
    } catch (error) {
      if (!(error instanceof AlreadyLogged)) throw error;
    }
  }

  /** One row per day, both ends included. Default: the last seven days. `request.invalid` over 366 days. */
  async generateReport(from?: LocalDate, to?: LocalDate): Promise<DailyFigures[]> {
    const dates = reportDates(this.today(), { from, to });
    return reportOf(dates, await this.repository.sumsOf(dates));
  }

  /** The same, for a file that leaves the program. Emits `report.exported`. */
  async exportReport(from?: LocalDate, to?: LocalDate): Promise<DailyFigures[]> {
    const days = await this.generateReport(from, to);
    const [first, last] = [days.at(0)?.date, days.at(-1)?.date];
    await this.transaction.commit([], [{ type: 'report.exported', report: 'daily-figures', from: first, to: last }]);
    return days;
  }

  /** The events of a day (default: today), oldest first. */
  async eventsOf(date: LocalDate = this.today(), { limit, cursor }: PageRequest): Promise<Page<AnalyticsEvent>> {
    const after = decodeCursor(cursor)?.eventId;
    if (cursor !== undefined && (typeof after !== 'string' || after === '')) throw new InvalidCursor();
    const found = await this.repository.eventsOf(date, limit + 1, after as string | undefined);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, next: encodeCursor(last && { eventId: last.eventId }) };
  }

  private today(): LocalDate {
    return this.calendar.dateOf(this.clock.now());
  }
}
