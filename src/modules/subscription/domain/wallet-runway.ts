import { addDays, type LocalDate } from '../../../kernel/calendar';
import type { MinorUnits } from '../../../kernel/money';
import type { PriceList } from '../../../kernel/pricing';
import { forecast } from './forecast';
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
export interface UpcomingCharge {
  readonly date: LocalDate;
  readonly amount: MinorUnits;
}

/**
 * What a person's wallet will be asked for, at the prices given, in the order in which generation asks: by date, then
 * by subscription. Only what is not decided yet, and `count` at most.
 */
export function upcomingCharges(
  subscriptions: readonly Subscription[],
  products: PriceList,
  today: LocalDate,
  count = Infinity,
): UpcomingCharge[] {
  return [...subscriptions]
    .sort((one, other) => (one.subscriptionId < other.subscriptionId ? -1 : 1))
    .flatMap((subscription) => emptyIfInvalid(() => chargesOf(subscription, products, today, count)))
    .sort((one, other) => (one.date === other.date ? 0 : one.date < other.date ? -1 : 1))
    .slice(0, count);
}

/** How long a balance lasts when it pays one bill after the other. */
export function computeRunway(balance: MinorUnits, charges: readonly UpcomingCharge[]): Runway {
  let remaining = balance;
  const firstUnpaid = charges.findIndex(({ amount }) => (remaining -= amount) < 0);
  const deliveries = firstUnpaid < 0 ? charges.length : firstUnpaid;
  return { deliveries, until: charges[deliveries - 1]?.date, shortOn: charges[firstUnpaid]?.date };
}

/** What a subscription says; nothing, when it cannot be read: then it orders nothing, and costs nothing. */
export function emptyIfInvalid<T>(compute: () => T[]): T[] {
  try {
    return compute();
  } catch {
    return [];
  }
}

function chargesOf(subscription: Subscription, products: PriceList, today: LocalDate, count: number): UpcomingCharge[] {
  const last = addDays(today, RUNWAY_DAYS - 1);
  const charges: UpcomingCharge[] = [];
  let date = nextDueDate(subscription, firstUndecided(subscription, today));
  while (date !== undefined && date <= last && charges.length < count) {
    const { items, amount } = forecast(subscription, date, products);
    const isCharged = items.length > 0 && termsOn(subscription, date).paymentMethod === 'WALLET';
    if (isCharged) charges.push({ date, amount });
    date = nextDueDate(subscription, addDays(date, 1));
  }
  return charges;
}

function firstUndecided({ generatedThrough }: Subscription, today: LocalDate): LocalDate {
  return generatedThrough < today ? today : addDays(generatedThrough, 1);
}
