import { Inject, Injectable } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { decodeCursor, encodeCursor, InvalidCursor, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import type { Queue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import { ANALYTICS_QUEUE } from './analytics.settings';
import type { AnalyticsEvent } from './domain/analytics-event';
import { EventLogRepository } from './event-log.repository';

/** The analytics queue and the event log. Days are local dates; money is in minor units. */
@Injectable()
export class AnalyticsService {
  constructor(
    private readonly log: EventLogRepository,
    private readonly publisher: Publisher,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    @Inject(ANALYTICS_QUEUE) private readonly queue: Queue,
  ) {}

  /** Resolves when the analytics queue has accepted the event. */
  async publish(event: AnalyticsEvent): Promise<void> {
    await this.publisher.sendToQueue(this.queue.url, event);
  }

  /** The events of a day (default: today), oldest hour first. */
  async eventsOf(date: LocalDate = this.today(), { limit, cursor }: PageRequest): Promise<Page<AnalyticsEvent>> {
    const after = decodeCursor(cursor);
    if (cursor !== undefined && !this.log.isPosition(after)) throw new InvalidCursor();
    const found = await this.log.eventsOf(date, limit + 1, this.log.isPosition(after) ? after : undefined);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return {
      items: items.map(({ event }) => event),
      next: encodeCursor(last && { hour: last.hour, eventId: last.eventId }),
    };
  }

  private today(): LocalDate {
    return this.calendar.dateOf(this.clock.now());
  }
}
