import { Calendar } from '../../src/kernel/calendar';
import { subscriptionOrderIdOf } from '../../src/kernel/ids';
import { ReconciliationService } from '../../src/modules/reconciliation';
import { WalletService } from '../../src/modules/wallet';
import type { TestApp } from '../support/app';
import type { Counter } from './counter';
import type { Became, NaiveDairy, Standing } from './naive-dairy';
import { dayAfter, type Line } from './paper-calendar';

export interface SoldOrder {
  readonly orderId: string;
  readonly userId: string;
  readonly status: string;
  readonly amount: number;
  readonly items: readonly (Line & { readonly price: number })[];
  readonly missing?: readonly Line[];
  readonly deliverySlot: string;
  readonly address: string;
  readonly history: readonly { readonly status: string; readonly reason?: string }[];
  readonly payment: { readonly method: string; readonly status: string };
  readonly delivery?: { readonly deliveryId: string; readonly courierId?: string };
  readonly subscriptionId: string;
}

interface Outcome {
  readonly subscriptionId: string;
  readonly outcome: string;
  readonly amount: number;
  readonly orderId?: string;
  readonly missing?: readonly Line[];
}

interface Report {
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** All that is known of a date, and of stock and money, at one moment. */
export interface Snapshot {
  readonly report: Report;
  readonly outcomes: readonly Outcome[];
  readonly orders: readonly SoldOrder[];
  readonly stock: Readonly<Record<string, number>>;
  readonly balances: Readonly<Record<string, number>>;
  readonly events: readonly string[];
}

const WALLETS_AT_ONCE = 100;
const COMPLAINTS_SHOWN = 20;

/** What must be true every morning, whatever has happened: the program and the paper say the same. */
export class Laws {
  /** By date, what has left for good. */
  private readonly sold = new Map<string, readonly Line[]>();
  private readonly added = new Map<string, number>();

  constructor(
    private readonly app: TestApp,
    private readonly counter: Counter,
    private readonly dairy: NaiveDairy,
    private readonly settled: () => Promise<void>,
  ) {}

  /** So much came to the dairy. */
  delivered(productId: string, qty: number): void {
    this.added.set(productId, (this.added.get(productId) ?? 0) + qty);
  }

  /** All that is not as it should be about a date that is over, as sentences. */
  async broken(date: string): Promise<string[]> {
    const seen = await this.snapshot(date);
    const broken = [
      ...this.outcomesOf(date, seen),
      ...this.ordersOf(date, seen),
      ...this.stockAfter(date, seen),
      ...this.balancesOf(seen),
      ...this.eventsOf(seen),
      ...(await this.books()),
      ...(await this.again(date, seen)),
    ];
    return broken.length > COMPLAINTS_SHOWN
      ? [...broken.slice(0, COMPLAINTS_SHOWN), `and ${broken.length - COMPLAINTS_SHOWN} more`]
      : broken;
  }

  async snapshot(date: string): Promise<Snapshot> {
    const path = `/admin/generation/${date}`;
    const { status, counts } = (await this.counter.order('GET', path)).body as Report;
    return {
      report: { status, counts },
      outcomes: sorted(
        await this.counter.all(path, (body: { outcomes: Outcome[] }) => body.outcomes),
        (one) => one.subscriptionId,
      ),
      orders: sorted(await this.counter.all<SoldOrder>(`/admin/orders?date=${date}`), (one) => one.orderId),
      stock: await this.stock(),
      balances: await this.balances(),
      events: await this.events(date),
    };
  }

  /** One outcome of every subscription, the one on paper. */
  private outcomesOf(date: string, { report, outcomes }: Snapshot): string[] {
    const became = this.dairy.on(date);
    const counts: Record<string, number> = Object.fromEntries(Object.keys(report.counts).map((name) => [name, 0]));
    for (const { outcome } of became.values()) if (outcome in counts) counts[outcome] = (counts[outcome] ?? 0) + 1;
    const told = outcomes.map(({ subscriptionId, outcome, amount, missing, orderId }) =>
      text({ subscriptionId, outcome, amount, missing: lines(missing), orderId }),
    );
    const standings = this.dairy.standings.filter(({ id }) => id !== undefined);
    const expected = sorted(standings, ({ id }) => id as string).map((standing) => {
      const { id: subscriptionId = '', paper } = standing;
      const { outcome, amount, missing } = became.get(standing) ?? {
        ...{ outcome: paper.on(date).outcome, amount: 0, missing: [] },
      };
      const orderId = outcome === 'ORDERED' ? subscriptionOrderIdOf(subscriptionId, date) : undefined;
      return text({ subscriptionId, outcome, amount, missing: lines(missing), orderId });
    });
    return [
      ...differences(`outcome of ${date}`, told, expected),
      ...differences(`counts of ${date}`, [text(report)], [text({ status: 'COMPLETED', counts })]),
    ];
  }

  /** One order of every ORDERED, with what is on paper; none otherwise. */
  private ordersOf(date: string, { orders }: Snapshot): string[] {
    const calendar = this.app.get<Calendar>(Calendar);
    const told = orders.map((order) =>
      text({ ...facts(order), orderId: order.orderId, deliverySlot: order.deliverySlot, address: order.address }),
    );
    const ordered = [...this.dairy.on(date)].filter(([, { outcome }]) => outcome === 'ORDERED');
    const expected = ordered.map(([standing, became]) =>
      text({
        ...facts({ ...became, status: became.status ?? '' }),
        orderId: orderIdOf(standing, date),
        deliverySlot: calendar.instantAt(date, standing.paper.wishOn(date).deliverySlot),
        address: `${standing.household.userId}'s door`,
      }),
    );
    return differences(`order of ${date}`, told.sort(), expected.sort());
  }

  /** What came to the dairy is there or sold; and as much is there as on paper. */
  private stockAfter(date: string, { stock, orders }: Snapshot): string[] {
    this.sold.set(
      date,
      orders.filter(isSold).flatMap(({ items }) => items),
    );
    const lines = [...this.sold.values()].flat();
    return [...this.dairy.goods].flatMap(([productId, good]) => {
      const there = stock[productId] ?? 0;
      const added = this.added.get(productId) ?? 0;
      const sold = lines.reduce((sum, line) => sum + (line.productId === productId ? line.qty : 0), 0);
      return [
        ...(added === there + sold ? [] : [`${productId}: ${added} came, ${there} are there and ${sold} sold`]),
        ...(there === good.stock ? [] : [`${productId}: ${there} are there, ${good.stock} on paper`]),
      ];
    });
  }

  private balancesOf({ balances }: Snapshot): string[] {
    return this.dairy.households.flatMap(({ userId, balance }) =>
      (balances[userId] ?? 0) === balance ? [] : [`${userId} has ${balances[userId]}, on paper ${balance}`],
    );
  }

  /** Every order is told of as often as it happened: once. */
  private eventsOf({ orders, events }: Snapshot): string[] {
    return differences('event', events, orders.flatMap(eventsToldOf));
  }

  private async books(): Promise<string[]> {
    const { violations } = await this.app.get<ReconciliationService>(ReconciliationService).run();
    return violations.map((violation) => `the books: ${JSON.stringify(violation)}`);
  }

  /** A date that is run again stays as it is. */
  private async again(date: string, before: Snapshot): Promise<string[]> {
    await this.counter.order('POST', '/admin/generation/run', { date });
    await this.settled();
    const after = await this.snapshot(date);
    return Object.entries(before).flatMap(([name, was]) => {
      const is = after[name as keyof Snapshot];
      return text(is) === text(was) ? [] : [`${date} run again: ${name} were ${text(was)} and are ${text(is)}`];
    });
  }

  private async stock(): Promise<Record<string, number>> {
    const products = [...this.dairy.goods.keys()].map(async (productId) => {
      return [productId, Number((await this.app.stored('Products', { productId }))?.stock)] as const;
    });
    return Object.fromEntries(await Promise.all(products));
  }

  private async balances(): Promise<Record<string, number>> {
    const ids = this.dairy.households.map(({ userId }) => userId);
    const balances: [string, number][] = [];
    for (let from = 0; from < ids.length; from += WALLETS_AT_ONCE) {
      const some = ids.slice(from, from + WALLETS_AT_ONCE);
      const wallets = await this.app.get<WalletService>(WalletService).walletsOf(some);
      balances.push(...wallets.flatMap((one): [string, number][] => (one ? [[one.userId, one.balance / 100]] : [])));
    }
    return Object.fromEntries(balances);
  }

  /** What the event log says of the orders of a date. */
  private async events(date: string): Promise<string[]> {
    const made = date.replaceAll('-', '');
    const days = [dayAfter(date, -1), date].map((day) =>
      this.counter.all<{ eventType: string; orderId?: string }>(`/analytics/events?date=${day}`),
    );
    return (await Promise.all(days)).flat().flatMap(({ eventType, orderId }) => {
      const isItsOrder = orderId?.endsWith(made) && eventType !== 'DELIVERY_UPDATED';
      return isItsOrder ? [`${orderId} ${eventType}`] : [];
    });
  }
}

export function orderIdOf({ id = '' }: Standing, date: string): string {
  return subscriptionOrderIdOf(id, date);
}

/** What has left the dairy does not come back: it is sold, or lost. */
function isSold({ status, history }: SoldOrder): boolean {
  return status !== 'CANCELLED' || history.at(-1)?.reason === 'DELIVERY_FAILED';
}

function eventsToldOf({ orderId, history, payment: { method, status } }: SoldOrder): string[] {
  const steps = history.map((step) => (step.status === 'CREATED' ? 'ORDER_PLACED' : `ORDER_${step.status}`));
  const isPaid = method === 'WALLET' || status === 'SUCCESS';
  const paid = isPaid ? ['PAYMENT_SUCCEEDED', ...(status === 'REFUNDED' ? ['PAYMENT_REFUNDED'] : [])] : [];
  const unpaid = status === 'FAILED' ? ['PAYMENT_FAILED'] : [];
  return [...steps, 'DELIVERY_ASSIGNED', ...paid, ...unpaid].map((type) => `${orderId} ${type}`);
}

function facts({
  status,
  amount,
  items,
  missing,
}: Pick<Became, 'amount' | 'items'> & Pick<SoldOrder, 'status' | 'missing'>) {
  const priced = items.map(({ productId, qty, price }) => ({ productId, qty, price }));
  return { status, amount, items: sorted(priced, ({ productId }) => productId), missing: lines(missing) };
}

function lines(some: readonly Line[] = []): Line[] {
  return sorted(
    some.map(({ productId, qty }) => ({ productId, qty })),
    ({ productId }) => productId,
  );
}

function differences(what: string, told: readonly string[], expected: readonly string[]): string[] {
  const [is, should] = [new Set(told), new Set(expected)];
  return [
    ...(is.size === told.length ? [] : [`${what}: told twice`]),
    ...told.filter((one) => !should.has(one)).map((one) => `${what}: ${one}, not on paper`),
    ...expected.filter((one) => !is.has(one)).map((one) => `${what}: ${one} is on paper only`),
  ];
}

function sorted<T>(some: readonly T[], by: (one: T) => string): T[] {
  return [...some].sort((one, other) => (by(one) < by(other) ? -1 : 1));
}

function text(value: unknown): string {
  return JSON.stringify(value);
}
