import { Injectable } from '@nestjs/common';
import { addDays, Calendar, daysBetween, type Instant, type LocalDate, parseInstant } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { decodeCursor, encodeCursor, InvalidCursor, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { InvalidRequest } from '../../platform/errors';
import { AuditRepository, type EntryKey, type MomentRange, type StoredEntry } from './audit.repository';
import type { AuditEntry } from './domain/audit-entry';

export interface AuditSearch {
  readonly actor?: UserId;
  readonly subject?: string;
  /** Local dates, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

const DEFAULT_DAYS = 7;
const MAX_DAYS = 366;
/** A page of a period without entries is short instead of slow. */
const MAX_DAYS_PER_PAGE = 8;
/** An instant with the id of an entry, or with `~` for the end of a day. */
const MOMENT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)(?:#[0-9A-Z]{1,64}|~)$/;
const MIN_MOMENT = '0000';
/** Sorts after every character of an id. */
const AFTER_IDS = '~';
const MAX_MOMENT = AFTER_IDS;

/** Lists the audit log, newest first. A cursor holds the moment before which the next page begins. */
@Injectable()
export class AuditQuery {
  constructor(
    private readonly repository: AuditRepository,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * Entries by actor, by subject, or by both. Without either, those of the last seven days or of another period of at
   * most 366 days. Pages may be short; only a missing `next` ends a list. `request.invalid`.
   */
  async list({ actor, subject, from, to }: AuditSearch, page: PageRequest): Promise<Page<AuditEntry>> {
    if (from && to && from > to) throw invalid('to', 'to must not be before from');
    if (actor === undefined && subject === undefined) return this.listDates(from, to, page);
    const found = await this.listIndex({ actor, subject, from, to }, page);
    return { ...found, items: found.items.filter(({ by }) => actor === undefined || by === actor) };
  }

  private async listIndex(
    { actor, subject, from, to }: AuditSearch,
    { limit, cursor }: PageRequest,
  ): Promise<Page<AuditEntry>> {
    const before = beforeOf(cursor);
    const first = from ? this.calendar.startOfDay(from) : MIN_MOMENT;
    const last = before ?? (to ? this.calendar.endOfDay(to) + AFTER_IDS : MAX_MOMENT);
    const keys = await this.newestKeys({ actor, subject }, { first, last }, limit + 2);
    const older = keys.filter(({ moment }) => moment !== before);
    const items = await this.repository.findAll(older.slice(0, limit));
    return { items, next: older.length > limit ? encodeCursor({ before: older[limit - 1]?.moment }) : undefined };
  }

  private newestKeys({ actor, subject }: AuditSearch, range: MomentRange, limit: number): Promise<EntryKey[]> {
    return subject === undefined
      ? this.repository.newestKeysByActor(actor as UserId, range, limit)
      : this.repository.newestKeysBySubject(subject, range, limit);
  }

  private async listDates(
    requestedFrom: LocalDate | undefined,
    requestedTo: LocalDate | undefined,
    { limit, cursor }: PageRequest,
  ): Promise<Page<AuditEntry>> {
    const to = requestedTo ?? this.calendar.dateOf(this.clock.now());
    const from = requestedFrom ?? addDays(to, 1 - DEFAULT_DAYS);
    if (from > to) throw invalid('from', `from must not be after to (${to})`);
    if (daysBetween(from, to) >= MAX_DAYS) throw invalid('to', `a list covers at most ${MAX_DAYS} days`);
    const before = beforeOf(cursor);
    const items: StoredEntry[] = [];
    const start = before && instantIn(before);
    let date = start === undefined ? to : earlierOf(to, this.calendar.dateOf(start));
    for (let days = 0; date >= from; date = addDays(date, -1), days++) {
      if (days === MAX_DAYS_PER_PAGE) return { items, next: encodeCursor({ before: this.endOf(date) }) };
      const range = { first: MIN_MOMENT, last: before ?? MAX_MOMENT };
      const found = await this.repository.newestOfDate(date, range, limit - items.length + 2);
      items.push(...found.filter(({ moment }) => moment !== before));
      if (items.length > limit) {
        return { items: items.slice(0, limit), next: encodeCursor({ before: items[limit - 1]?.moment }) };
      }
    }
    return { items };
  }

  private endOf(date: LocalDate): string {
    return `${this.calendar.endOfDay(date)}${AFTER_IDS}`;
  }
}

function earlierOf(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other;
}

/** The moment in a cursor. `InvalidCursor` if it comes from another list. */
function beforeOf(cursor: string | undefined): string | undefined {
  const key = decodeCursor(cursor);
  if (key === undefined) return undefined;
  const { before } = key;
  if (typeof before !== 'string' || instantIn(before) === undefined) throw new InvalidCursor();
  return before;
}

function instantIn(moment: string): Instant | undefined {
  return parseInstant(MOMENT.exec(moment)?.[1]);
}

function invalid(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, message }]);
}
