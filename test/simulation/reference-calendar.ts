/**
 * What a household has wished, as its dairy would have kept it on paper: a leaf a date, and every wish is written on all
 * the leaves it concerns. Slow and plain on purpose; it knows nothing of how the program does it.
 */
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
  wish: CalendarTerms;
  /** From when on a pattern counts its days. */
  countedFrom: string;
  isPaused: boolean;
  isCancelled: boolean;
  isPastEnd: boolean;
  /** Comes instead, on this date alone; nothing, when it is skipped. */
  overrideItems?: readonly Line[];
}

export type CalendarOccurrence =
  { readonly outcome: 'NOT_DUE' | 'ENDED' | 'PAUSED' | 'SKIPPED' } | { readonly outcome: 'DUE'; items: Line[] };

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export class ReferenceCalendar {
  private readonly days: Map<string, CalendarDay>;

  constructor(
    readonly dates: readonly string[],
    readonly startDate: string,
    wish: CalendarTerms,
  ) {
    this.days = new Map(
      dates.map((date) => [
        date,
        { wish, countedFrom: startDate, isPaused: false, isCancelled: false, isPastEnd: false },
      ]),
    );
  }

  /** What is to come on a date, or why nothing is. */
  occurrenceOn(date: string): CalendarOccurrence {
    const { isCancelled, isPastEnd, isPaused, overrideItems } = this.day(date);
    if (date < this.startDate) return { outcome: 'NOT_DUE' };
    if (isCancelled || isPastEnd) return { outcome: 'ENDED' };
    const regularItems = this.regularItemsOn(date);
    if (regularItems.length === 0 && !overrideItems?.length) return { outcome: 'NOT_DUE' };
    if (isPaused) return { outcome: 'PAUSED' };
    if (overrideItems?.length === 0) return { outcome: 'SKIPPED' };
    return { outcome: 'DUE', items: [...(overrideItems ?? regularItems)] };
  }

  termsOn(date: string): CalendarTerms {
    return this.day(date).wish;
  }

  isPausedOn(date: string): boolean {
    return this.day(date).isPaused;
  }

  hasOverride(date: string): boolean {
    return this.day(date).overrideItems !== undefined;
  }

  /** Whether there is a leaf from a date on that can be changed. */
  canChange(from: string): boolean {
    return [...this.days].some(([date, { isCancelled, isPastEnd }]) => date >= from && !isCancelled && !isPastEnd);
  }

  changeTerms(from: string, change: Partial<CalendarTerms>): void {
    const first = from < this.startDate ? this.startDate : from;
    const terms = { ...this.day(this.dates.at(-1) as string).wish, ...change };
    const before = first > this.startDate ? this.day(dayAfter(first, -1)) : undefined;
    const keepsPattern = before && JSON.stringify(before.wish.frequency) === JSON.stringify(terms.frequency);
    const anchor = keepsPattern ? before.countedFrom : first;
    this.updateDays(first, undefined, (day) => Object.assign(day, { wish: terms, countedFrom: anchor }));
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

  /** Ends the pause that a date is in. */
  resume(from: string): void {
    for (let date = from; this.days.get(date)?.isPaused; date = dayAfter(date)) this.day(date).isPaused = false;
  }

  overrideDate(date: string, items: readonly Line[]): void {
    this.day(date).overrideItems = items;
  }

  clearOverride(date: string): void {
    delete this.day(date).overrideItems;
  }

  private regularItemsOn(date: string): Line[] {
    const { wish: terms, countedFrom: anchor } = this.day(date);
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
    if (!found) throw new Error(`The calendar has no leaf for ${date}`);
    return found;
  }
}

export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
