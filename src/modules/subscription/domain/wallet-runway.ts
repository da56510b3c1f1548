import { addDays, type LocalDate } from '../../../kernel/calendar';
import type { MinorUnits } from '../../../kernel/money';
import type { PriceList } from '../../../kernel/pricing';
import { forecast } from './forecast';
import { nextDueDate, termsOn } from './occurrence';
import type { Subscription } from './subscription';

/** Length of the forecast in days, including today. The calendar has the same length. */
export const RUNWAY_DAYS = 92;

/**
 * The most due dates that a forecast looks at, so that no customer can keep the process busy. Five daily subscriptions
 * have fewer in `RUNWAY_DAYS`.
 */
export const MAX_RUNWAY_STEPS = 500;

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

/** A subscription with its next date that the forecast has not looked at. */
interface Course {
  readonly subscription: Subscription;
  readonly date: LocalDate;
}

/**
 * The coming charges to a customer's wallet at the given prices, in the order of generation: by date, then by
 * subscription. Only for dates that are not decided yet. Each is computed when the caller asks for it, and at most
 * `MAX_RUNWAY_STEPS` dates are looked at. An invalid subscription orders nothing and costs nothing.
 */
export function* upcomingCharges(
  subscriptions: readonly Subscription[],
  products: PriceList,
  today: LocalDate,
): Generator<UpcomingCharge, void> {
  const last = addDays(today, RUNWAY_DAYS - 1);
  const courses = subscriptions
    .filter((subscription) => undefinedIfInvalid(() => everUsesWallet(subscription)))
    .sort((one, other) => (one.subscriptionId < other.subscriptionId ? -1 : 1))
    .flatMap((subscription) => courseFrom(subscription, firstUndecided(subscription, today)) ?? []);
  for (let step = 0; step < MAX_RUNWAY_STEPS; step++) {
    const index = indexOfEarliest(courses);
    const { subscription, date } = courses[index] ?? {};
    if (!subscription || date === undefined || date > last) return;
    const charge = undefinedIfInvalid(() => chargeOn(subscription, date, products));
    if (charge) yield charge;
    const next = courseFrom(subscription, addDays(date, 1));
    courses.splice(index, 1, ...(next ? [next] : []));
  }
}

/** Computes how many charges a balance covers, in their order. Asks for no charge after the first that it does not. */
export function computeRunway(balance: MinorUnits, charges: Iterable<UpcomingCharge>): Runway {
  let remaining = balance;
  let deliveries = 0;
  let until: LocalDate | undefined;
  for (const { date, amount } of charges) {
    remaining -= amount;
    if (remaining < 0) return { deliveries, until, shortOn: date };
    deliveries += 1;
    until = date;
  }
  return { deliveries, until, shortOn: undefined };
}

/** Returns undefined if `compute` throws, because the stored subscription is invalid. */
export function undefinedIfInvalid<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}

function everUsesWallet({ terms }: Subscription): boolean {
  return terms.some(({ paymentMethod }) => paymentMethod === 'WALLET');
}

function courseFrom(subscription: Subscription, from: LocalDate): Course | undefined {
  const date = undefinedIfInvalid(() => nextDueDate(subscription, from));
  return date === undefined ? undefined : { subscription, date };
}

function chargeOn(subscription: Subscription, date: LocalDate, products: PriceList): UpcomingCharge | undefined {
  if (termsOn(subscription, date).paymentMethod !== 'WALLET') return undefined;
  const { items, amount } = forecast(subscription, date, products);
  return items.length > 0 ? { date, amount } : undefined;
}

/** Of several on the same date, the first. */
function indexOfEarliest(courses: readonly Course[]): number {
  let earliest = 0;
  courses.forEach(({ date }, index) => {
    if (date < (courses[earliest] as Course).date) earliest = index;
  });
  return earliest;
}

function firstUndecided({ generatedThrough }: Subscription, today: LocalDate): LocalDate {
  return generatedThrough < today ? today : addDays(generatedThrough, 1);
}
