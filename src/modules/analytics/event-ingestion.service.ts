import { Inject, Injectable } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { random } from '../../kernel/random';
import { isUnavailable } from '../../platform/aws-errors';
import { Batcher } from '../../platform/batcher';
import { Database } from '../../platform/dynamo/database';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { ActiveCustomerRepository } from './active-customer.repository';
import { ANALYTICS_SETTINGS, type AnalyticsSettings } from './analytics.settings';
import type { AnalyticsEvent } from './domain/analytics-event';
import { AlreadyCounted } from './domain/analytics.errors';
import { addTo, type Contribution, contributionOf, isCounted } from './domain/figures';
import { EventArchive, type PlacedEvent } from './event-archive.service';
import { EventLogRepository } from './event-log.repository';
import { FIGURE_SHARDS, FigureRepository } from './figure.repository';

/** An event causes at most five writes: two rows of its own and three of its day and month. A transaction has 100. */
const MAX_EVENTS = 20;
/** Short, because the messages of one receipt arrive together. */
const BATCH_WINDOW_MILLISECONDS = 20;

type IncomingEvent = PlacedEvent & { readonly contribution: Contribution };

/** What is already stored of a batch. */
interface Stored {
  readonly eventIds: ReadonlySet<string>;
  /** `date#userId`. */
  readonly customers: ReadonlySet<string>;
}

/**
 * Stores the events of the analytics queue in batches: first in the archive, then in the log together with what they add
 * to their day, if anything. An event in the log is therefore in the archive, and has been counted once. See ADR 40.
 */
@Injectable()
export class EventIngestion {
  private readonly batches = new Batcher<IncomingEvent>((events) => this.store(events), {
    maxSize: MAX_EVENTS,
    windowMilliseconds: BATCH_WINDOW_MILLISECONDS,
  });

  constructor(
    private readonly log: EventLogRepository,
    private readonly figures: FigureRepository,
    private readonly activeCustomers: ActiveCustomerRepository,
    private readonly archive: EventArchive,
    private readonly database: Database,
    private readonly calendar: Calendar,
    @Inject(ANALYTICS_SETTINGS) private readonly settings: AnalyticsSettings,
  ) {}

  /**
   * Resolves once the event is stored and counted, now or earlier. Rejects with `MalformedAnalyticsEvent` if its figures
   * are invalid, and with `service.unavailable` if S3 or DynamoDB does not answer.
   */
  async ingest(event: AnalyticsEvent): Promise<void> {
    const slot = {
      date: this.calendar.dateOf(event.timestamp),
      hour: this.calendar.timeOf(event.timestamp).slice(0, 2),
    };
    const contribution = contributionOf(event, this.settings.deliveryWindowMinutes);
    await this.batches.add({ slot, event, contribution });
  }

  private async store(events: readonly IncomingEvent[]): Promise<(Error | undefined)[]> {
    const different = [...new Map(events.map((one) => [one.event.eventId, one])).values()];
    // Not consistent, because the transaction decides. It only keeps most duplicates out of the archive.
    const stored = await this.findStored(different, { consistent: false });
    const added = different.filter(({ event }) => !stored.eventIds.has(event.eventId));
    if (added.length === 0) return [];
    await this.archive.store(added);
    const [counted, others] = partition(added, ({ contribution }) => isCounted(contribution));
    const errors = new Map([
      ...(counted.length > 0 ? await this.commitOrSplit(counted, stored) : []),
      ...(await this.logEach(others)),
    ]);
    return events.map(({ event }) => errors.get(event.eventId));
  }

  /** Events that add nothing need no transaction, which would cost twice as much. Returns the errors by event id. */
  private async logEach(events: readonly IncomingEvent[]): Promise<[string, Error][]> {
    const outcomes = events.map(async ({ slot, event }): Promise<[string, Error][]> => {
      try {
        await this.database.write(this.log.append(slot, event));
        return [];
      } catch (error) {
        return error instanceof AlreadyCounted ? [] : [[event.eventId, error as Error]];
      }
    });
    return (await Promise.all(outcomes)).flat();
  }

  /** Returns the errors by event id. If DynamoDB refuses a batch, its halves are tried, so that only one event fails. */
  private async commitOrSplit(events: readonly IncomingEvent[], stored: Stored): Promise<Map<string, Error>> {
    try {
      await this.commit(events, stored);
      return new Map();
    } catch (error) {
      const isFinal = events.length === 1 || isUnavailable(error);
      if (isFinal) return new Map(events.map(({ event }) => [event.eventId, error as Error]));
      const middle = Math.ceil(events.length / 2);
      const first = await this.commitOrSplit(events.slice(0, middle), stored);
      return new Map([...first, ...(await this.commitOrSplit(events.slice(middle), stored))]);
    }
  }

  private async commit(events: readonly IncomingEvent[], seen: Stored): Promise<void> {
    await retryOnConflict(AlreadyCounted, async (conflict) => {
      const stored = conflict ? await this.findStored(events, { consistent: true }) : seen;
      const added = events.filter(({ event }) => !stored.eventIds.has(event.eventId));
      if (added.length > 0) await this.database.transact(this.writesOf(added, stored.customers));
    });
  }

  private writesOf(events: readonly IncomingEvent[], knownCustomers: ReadonlySet<string>): Write[] {
    const shard = Math.floor(random() * FIGURE_SHARDS);
    const byDate = Map.groupBy(events, ({ slot }) => slot.date);
    const days = [...byDate].flatMap(([date, members]) => this.dayWritesOf(date, members, shard, knownCustomers));
    return [
      ...events.map(({ slot, event }) => this.log.append(slot, event)),
      ...days,
      ...this.walletWritesOf(byDate, shard),
    ];
  }

  private dayWritesOf(
    date: LocalDate,
    events: readonly IncomingEvent[],
    shard: number,
    knownCustomers: ReadonlySet<string>,
  ): Write[] {
    const figures = new Map<string, number>();
    const products = new Map<string, number>();
    const customers = new Set<UserId>();
    for (const { contribution } of events) {
      addTo(figures, Object.entries(contribution.figures));
      addTo(products, contribution.products);
      if (contribution.customer && !knownCustomers.has(customerKey(date, contribution.customer)))
        customers.add(contribution.customer);
    }
    if (customers.size > 0) figures.set('activeCustomers', customers.size);
    return [
      ...[...customers].map((userId) => this.activeCustomers.add(date, userId)),
      ...(figures.size > 0 ? [this.figures.addFigures(date, shard, Object.fromEntries(figures))] : []),
      ...(products.size > 0 ? [this.figures.addProducts(date, shard, products)] : []),
    ];
  }

  private walletWritesOf(byDate: ReadonlyMap<LocalDate, readonly IncomingEvent[]>, shard: number): Write[] {
    const months = new Map<string, number>();
    for (const [date, events] of byDate) {
      addTo(
        months,
        events.map(({ contribution }) => [date.slice(0, 'YYYY-MM'.length), contribution.figures.walletChange ?? 0]),
      );
    }
    return [...months].flatMap(([month, change]) =>
      change === 0 ? [] : [this.figures.addToWallets(month, shard, change)],
    );
  }

  private async findStored(events: readonly IncomingEvent[], { consistent }: { consistent: boolean }): Promise<Stored> {
    const reads = events.map(({ slot, event }) => this.log.readOf(slot, event.eventId));
    const customers = new Map(
      events.flatMap(({ slot: { date }, contribution: { customer } }) =>
        customer ? [[customerKey(date, customer), this.activeCustomers.readOf(date, customer)]] : [],
      ),
    );
    const found = await this.database.batchGet([...reads, ...customers.values()], { consistent });
    return {
      eventIds: new Set(events.flatMap(({ event }, index) => (found[index] ? [event.eventId] : []))),
      customers: new Set([...customers.keys()].filter((_, index) => found[events.length + index])),
    };
  }
}

function partition<T>(values: readonly T[], belongs: (value: T) => boolean): [T[], T[]] {
  return [values.filter(belongs), values.filter((value) => !belongs(value))];
}

function customerKey(date: LocalDate, userId: UserId): string {
  return `${date}#${userId}`;
}
