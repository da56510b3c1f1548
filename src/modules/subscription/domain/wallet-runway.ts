import { addDays, type LocalDate } from '../../../kernel/calendar';
import type { MinorUnits } from '../../../kernel/money';
import type { PriceList } from '../../../kernel/pricing';
import { forecast } from './forecast';
import { nextDueDate, termsOn } from './occurrence';
import type { Subscription } from './subscription';

/** Length of the forecast in days, including today. The calendar has the same length. */
export const RUNWAY_DAYS = 92;

/** How many coming deliveries a wallet balance covers. */
export interface Runway {
  /** Number of deliveries that the balance covers before the first that it does not cover. */
  readonly deliveries: number;
  /** The date of the last covered delivery. */
  readonly until?: LocalDate;
  /** The date of the first delivery that is not covered. Undefined if all are covered. */
  readonly shortOn?: LocalDate;
}

/** A coming delivery that is paid from the wallet. */
export interface UpcomingCharge {
  readonly date: LocalDate;
  readonly amount: MinorUnits;
}

/**
 * The coming charges to a customer's wallet at the given prices, in the order of generation: by date, then by
 * subscription. At most `count`, and only for dates that are not decided yet.
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

/** Computes how many charges a balance covers, in their order. */
export function computeRunway(balance: MinorUnits, charges: readonly UpcomingCharge[]): Runway {
  let remaining = balance;
  const firstUnpaid = charges.findIndex(({ amount }) => (remaining -= amount) < 0);
  const deliveries = firstUnpaid < 0 ? charges.length : firstUnpaid;
  return { deliveries, until: charges[deliveries - 1]?.date, shortOn: charges[firstUnpaid]?.date };
}

/** Returns an empty list if `compute` throws: an invalid subscription orders nothing and costs nothing. */
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
