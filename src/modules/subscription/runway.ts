import { addDays, type LocalDate } from '../../kernel/calendar';
import type { MinorUnits } from '../../kernel/money';
import { forecast, type PriceList } from './forecast';
import { nextDueDate, termsOn } from './occurrence';
import type { Subscription } from './subscription';

/** How many days are looked at, today included: as many as the calendar shows. */
export const RUNWAY_DAYS = 92;

/** How long a wallet lasts. */
export interface Runway {
  /** How many deliveries it pays, one after the other, before it falls short of one. */
  readonly deliveries: number;
  /** The date of the last of them. */
  readonly until?: LocalDate;
  /** The date of the first it falls short of; undefined when it pays for all that is in sight. */
  readonly shortOn?: LocalDate;
}

/** A delivery that a wallet is to pay. */
export interface Bill {
  readonly date: LocalDate;
  readonly amount: MinorUnits;
}

/**
 * What a person's wallet will be asked for, at the prices given, in the order in which generation asks: by date, then
 * by subscription. Only what is not decided yet, and `count` at most.
 */
export function bills(
  subscriptions: readonly Subscription[],
  products: PriceList,
  today: LocalDate,
  count = Infinity,
): Bill[] {
  return [...subscriptions]
    .sort((one, other) => (one.subscriptionId < other.subscriptionId ? -1 : 1))
    .flatMap((subscription) => ifReadable(() => billsOf(subscription, products, today, count)))
    .sort((one, other) => (one.date === other.date ? 0 : one.date < other.date ? -1 : 1))
    .slice(0, count);
}

/** How long a balance lasts when it pays one bill after the other. */
export function runway(balance: MinorUnits, due: readonly Bill[]): Runway {
  let left = balance;
  const short = due.findIndex(({ amount }) => (left -= amount) < 0);
  const deliveries = short < 0 ? due.length : short;
  return { deliveries, until: due[deliveries - 1]?.date, shortOn: due[short]?.date };
}

/** What a subscription says; nothing, when it cannot be read: then it orders nothing, and costs nothing. */
export function ifReadable<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch {
    return [];
  }
}

function billsOf(subscription: Subscription, products: PriceList, today: LocalDate, count: number): Bill[] {
  const last = addDays(today, RUNWAY_DAYS - 1);
  const due: Bill[] = [];
  let date = nextDueDate(subscription, firstUndecided(subscription, today));
  while (date !== undefined && date <= last && due.length < count) {
    const { items, amount } = forecast(subscription, date, products);
    const isBilled = items.length > 0 && termsOn(subscription, date).paymentMethod === 'WALLET';
    if (isBilled) due.push({ date, amount });
    date = nextDueDate(subscription, addDays(date, 1));
  }
  return due;
}

function firstUndecided({ generatedThrough }: Subscription, today: LocalDate): LocalDate {
  return generatedThrough < today ? today : addDays(generatedThrough, 1);
}
