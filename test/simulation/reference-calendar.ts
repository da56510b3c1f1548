export type CalendarFrequency =
  | 'DAILY'
  | 'ALTERNATE_DAYS'
  | { readonly everyNDays: number }
  | { readonly weekdays: Readonly<Record<string, number>> };

export interface Line {
  readonly productId: string;
  readonly qty: number;
}

export interface CalendarTerms {
  readonly items: readonly Line[];
  readonly frequency: CalendarFrequency;
  readonly deliverySlot: string;
  readonly paymentMethod: 'WALLET' | 'COD';
}

interface CalendarDay {
  terms: CalendarTerms;
  /** The date from which the frequency counts its days. */
  anchor: string;
  isPaused: boolean;
  isCancelled: boolean;
  isPastEnd: boolean;
  /** Whether the customer was blocked when generation decided the date, or is blocked now. */
  isBlocked: boolean;
  address: string;
  /** Delivered instead on this date; empty when the date is skipped. */
  overrideItems?: readonly Line[];
}

export type CalendarOccurrence =
  | { readonly outcome: 'NOT_DUE' | 'ENDED' | 'PAUSED' | 'SKIPPED' | 'BLOCKED' }
  | { readonly outcome: 'DUE'; items: Line[] };

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * The reference model of one subscription: one record per calendar day, and a change updates every day it affects. Slow
 * and simple on purpose, and independent of the program's rules.
 */
export class ReferenceCalendar {
  private readonly days: Map<string, CalendarDay>;

  constructor(
    readonly dates: readonly string[],
    readonly startDate: string,
    terms: CalendarTerms,
    address: string,
  ) {
    const flags = { isPaused: false, isCancelled: false, isPastEnd: false, isBlocked: false };
    this.days = new Map(dates.map((date) => [date, { terms, anchor: startDate, address, ...flags }]));
  }

  /** The items due on a date, or why none are. */
  occurrenceOn(date: string): CalendarOccurrence {
    const { isCancelled, isPastEnd, isPaused, isBlocked, overrideItems } = this.day(date);
    if (date < this.startDate) return { outcome: 'NOT_DUE' };
    if (isCancelled || isPastEnd) return { outcome: 'ENDED' };
    const regularItems = this.regularItemsOn(date);
    if (regularItems.length === 0 && !overrideItems?.length) return { outcome: 'NOT_DUE' };
    if (isPaused) return { outcome: 'PAUSED' };
    if (overrideItems?.length === 0) return { outcome: 'SKIPPED' };
    if (isBlocked) return { outcome: 'BLOCKED' };
    return { outcome: 'DUE', items: [...(overrideItems ?? regularItems)] };
  }

  termsOn(date: string): CalendarTerms {
    return this.day(date).terms;
  }

  addressOn(date: string): string {
    return this.day(date).address;
  }

  /** The terms after the last change. */
  get latestTerms(): CalendarTerms {
    return this.termsOn(this.dates.at(-1) as string);
  }

  /** The items of every date from `from` on that has items of its own. */
  overridesFrom(from: string): (readonly Line[])[] {
    return [...this.days].flatMap(([date, { overrideItems }]) =>
      date >= from && overrideItems ? [overrideItems] : [],
    );
  }

  /** Whether the subscription has neither ended by a date nor been cancelled, even for a later date. */
  isOpenOn(date: string): boolean {
    return !this.day(date).isPastEnd && [...this.days.values()].every(({ isCancelled }) => !isCancelled);
  }

  copy(): ReferenceCalendar {
    const copy = new ReferenceCalendar(this.dates, this.startDate, this.latestTerms, '');
    for (const [date, day] of this.days) copy.days.set(date, { ...day });
    return copy;
  }

  isPausedOn(date: string): boolean {
    return this.day(date).isPaused;
  }

  hasOverride(date: string): boolean {
    return this.day(date).overrideItems !== undefined;
  }

  /** Whether any day from a date on is still active. */
  canChange(from: string): boolean {
    return [...this.days].some(([date, { isCancelled, isPastEnd }]) => date >= from && !isCancelled && !isPastEnd);
  }

  changeTerms(from: string, change: Partial<CalendarTerms>): void {
    const first = from < this.startDate ? this.startDate : from;
    const terms = { ...this.day(this.dates.at(-1) as string).terms, ...change };
    const before = first > this.startDate ? this.day(dayAfter(first, -1)) : undefined;
    const keepsPattern = before && JSON.stringify(before.terms.frequency) === JSON.stringify(terms.frequency);
    const anchor = keepsPattern ? before.anchor : first;
    this.updateDays(first, undefined, (day) => Object.assign(day, { terms, anchor }));
  }

  endAfter(end: string, from: string): void {
    this.updateDays(from, undefined, (day, date) => (day.isPastEnd = date > end));
  }

  cancel(from: string): void {
    this.updateDays(from, undefined, (day) => (day.isCancelled = true));
  }

  pause(from: string, to?: string): void {
    this.updateDays(from, to, (day) => (day.isPaused = true));
  }

  /** Ends the pause that includes a date. */
  resume(from: string): void {
    for (let date = from; this.days.get(date)?.isPaused; date = dayAfter(date)) this.day(date).isPaused = false;
  }

  block(from: string): void {
    this.updateDays(from, undefined, (day) => (day.isBlocked = true));
  }

  unblock(from: string): void {
    this.updateDays(from, undefined, (day) => (day.isBlocked = false));
  }

  moveTo(address: string, from: string): void {
    this.updateDays(from, undefined, (day) => (day.address = address));
  }

  overrideDate(date: string, items: readonly Line[]): void {
    this.day(date).overrideItems = items;
  }

  clearOverride(date: string): void {
    delete this.day(date).overrideItems;
  }

  private regularItemsOn(date: string): Line[] {
    const { terms, anchor } = this.day(date);
    const { frequency, items } = terms;
    if (typeof frequency === 'object' && 'weekdays' in frequency) {
      const factor = frequency.weekdays[WEEKDAYS[new Date(date).getUTCDay()] as string] ?? 0;
      return factor === 0 ? [] : items.map(({ productId, qty }) => ({ productId, qty: qty * factor }));
    }
    const interval = frequency === 'DAILY' ? 1 : frequency === 'ALTERNATE_DAYS' ? 2 : frequency.everyNDays;
    let due = anchor;
    while (due < date) due = dayAfter(due, interval);
    return due === date ? [...items] : [];
  }

  private updateDays(from: string, to: string | undefined, update: (day: CalendarDay, date: string) => void): void {
    for (const [date, day] of this.days) if (date >= from && (to === undefined || date <= to)) update(day, date);
  }

  private day(date: string): CalendarDay {
    const found = this.days.get(date);
    if (!found) throw new Error(`The calendar does not include ${date}`);
    return found;
  }
}

export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
