/**
 * What a household has wished, as its dairy would have kept it on paper: a leaf a date, and every wish is written on all
 * the leaves it concerns. Slow and plain on purpose; it knows nothing of how the program does it.
 */
export type Pattern =
  | 'DAILY'
  | 'ALTERNATE_DAYS'
  | { readonly everyNDays: number }
  | { readonly weekdays: Readonly<Record<string, number>> };

export interface Line {
  readonly productId: string;
  readonly qty: number;
}

export interface Wish {
  readonly items: readonly Line[];
  readonly frequency: Pattern;
  readonly deliverySlot: string;
  readonly paymentMethod: 'WALLET' | 'COD';
}

interface Leaf {
  wish: Wish;
  /** From when on a pattern counts its days. */
  countedFrom: string;
  isPaused: boolean;
  isCancelled: boolean;
  isPastEnd: boolean;
  /** Comes instead, on this date alone; nothing, when it is skipped. */
  instead?: readonly Line[];
}

export type Wanted =
  { readonly outcome: 'NOT_DUE' | 'ENDED' | 'PAUSED' | 'SKIPPED' } | { readonly outcome: 'DUE'; items: Line[] };

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export class PaperCalendar {
  private readonly leaves: Map<string, Leaf>;

  constructor(
    readonly dates: readonly string[],
    readonly startDate: string,
    wish: Wish,
  ) {
    this.leaves = new Map(
      dates.map((date) => [
        date,
        { wish, countedFrom: startDate, isPaused: false, isCancelled: false, isPastEnd: false },
      ]),
    );
  }

  /** What is to come on a date, or why nothing is. */
  on(date: string): Wanted {
    const { isCancelled, isPastEnd, isPaused, instead } = this.leaf(date);
    if (date < this.startDate) return { outcome: 'NOT_DUE' };
    if (isCancelled || isPastEnd) return { outcome: 'ENDED' };
    const usual = this.usuallyOn(date);
    if (usual.length === 0 && !instead?.length) return { outcome: 'NOT_DUE' };
    if (isPaused) return { outcome: 'PAUSED' };
    if (instead?.length === 0) return { outcome: 'SKIPPED' };
    return { outcome: 'DUE', items: [...(instead ?? usual)] };
  }

  wishOn(date: string): Wish {
    return this.leaf(date).wish;
  }

  isPausedOn(date: string): boolean {
    return this.leaf(date).isPaused;
  }

  isExceptional(date: string): boolean {
    return this.leaf(date).instead !== undefined;
  }

  /** Whether there is a leaf from a date on that can be changed. */
  isOpen(from: string): boolean {
    return [...this.leaves].some(([date, { isCancelled, isPastEnd }]) => date >= from && !isCancelled && !isPastEnd);
  }

  change(from: string, change: Partial<Wish>): void {
    const first = from < this.startDate ? this.startDate : from;
    const wish = { ...this.leaf(this.dates.at(-1) as string).wish, ...change };
    const before = first > this.startDate ? this.leaf(dayAfter(first, -1)) : undefined;
    const goesOn = before && JSON.stringify(before.wish.frequency) === JSON.stringify(wish.frequency);
    const countedFrom = goesOn ? before.countedFrom : first;
    this.write(first, undefined, (leaf) => Object.assign(leaf, { wish, countedFrom }));
  }

  endAfter(end: string, from: string): void {
    this.write(from, undefined, (leaf, date) => (leaf.isPastEnd = date > end));
  }

  cancel(from: string): void {
    this.write(from, undefined, (leaf) => (leaf.isCancelled = true));
  }

  pause(from: string, to?: string): void {
    this.write(from, to, (leaf) => (leaf.isPaused = true));
  }

  /** Ends the pause that a date is in. */
  resume(from: string): void {
    for (let date = from; this.leaves.get(date)?.isPaused; date = dayAfter(date)) this.leaf(date).isPaused = false;
  }

  instead(date: string, items: readonly Line[]): void {
    this.leaf(date).instead = items;
  }

  asUsual(date: string): void {
    delete this.leaf(date).instead;
  }

  private usuallyOn(date: string): Line[] {
    const { wish, countedFrom } = this.leaf(date);
    const { frequency, items } = wish;
    if (typeof frequency === 'object' && 'weekdays' in frequency) {
      const factor = frequency.weekdays[WEEKDAYS[new Date(date).getUTCDay()] as string] ?? 0;
      return factor === 0 ? [] : items.map(({ productId, qty }) => ({ productId, qty: qty * factor }));
    }
    const apart = frequency === 'DAILY' ? 1 : frequency === 'ALTERNATE_DAYS' ? 2 : frequency.everyNDays;
    let due = countedFrom;
    while (due < date) due = dayAfter(due, apart);
    return due === date ? [...items] : [];
  }

  private write(from: string, to: string | undefined, note: (leaf: Leaf, date: string) => void): void {
    for (const [date, leaf] of this.leaves) if (date >= from && (to === undefined || date <= to)) note(leaf, date);
  }

  private leaf(date: string): Leaf {
    const leaf = this.leaves.get(date);
    if (!leaf) throw new Error(`The calendar has no leaf for ${date}`);
    return leaf;
  }
}

export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
