import { Calendar } from '../../src/kernel/calendar';
import { subscriptionOrderIdOf } from '../../src/modules/order/domain/ids';
import { ReconciliationService } from '../../src/modules/reconciliation';
import { WalletService } from '../../src/modules/wallet';
import { dayAfter, type Line } from './reference-calendar';
import type { ModelOutcome, ModelSubscription, ReferenceModel } from './reference-model';
import type { SimulatedDairy } from './simulated-dairy';
import type { SimulationClient } from './simulation-client';

export interface OrderView {
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

/** The state of a date, of the stock and of the wallets at one moment. */
export interface Snapshot {
  readonly report: Report;
  readonly outcomes: readonly Outcome[];
  readonly orders: readonly OrderView[];
  readonly stock: Readonly<Record<string, number>>;
  readonly balances: Readonly<Record<string, number>>;
  readonly events: readonly string[];
}

const WALLET_BATCH_SIZE = 100;
const MAX_VIOLATIONS_SHOWN = 20;

/** The invariants that hold after every simulated day: the program agrees with the reference model. */
export class SimulationInvariants {
  /** The lines sold, by date. */
  private readonly soldLines = new Map<string, readonly Line[]>();
  private readonly addedStock = new Map<string, number>();

  constructor(
    private readonly dairy: SimulatedDairy,
    private readonly client: SimulationClient,
    private readonly model: ReferenceModel,
  ) {}

  recordRestock(productId: string, qty: number): void {
    this.addedStock.set(productId, (this.addedStock.get(productId) ?? 0) + qty);
  }

  /** The violations of a finished date, as sentences. */
  async violationsOf(date: string): Promise<string[]> {
    const snapshot = await this.snapshot(date);
    const violations = [
      ...this.outcomeViolations(date, snapshot),
      ...this.orderViolations(date, snapshot),
      ...this.stockViolations(date, snapshot),
      ...this.balanceViolations(snapshot),
      ...this.eventViolations(date, snapshot),
      ...(await this.reconciliationViolations()),
      ...(await this.rerunDifferences(date, snapshot)),
    ];
    return violations.length > MAX_VIOLATIONS_SHOWN
      ? [...violations.slice(0, MAX_VIOLATIONS_SHOWN), `and ${violations.length - MAX_VIOLATIONS_SHOWN} more`]
      : violations;
  }

  async snapshot(date: string): Promise<Snapshot> {
    const path = `/admin/generation/${date}`;
    const { status, counts } = (await this.client.adminOrThrow('GET', path)).body as Report;
    return {
      report: { status, counts },
      outcomes: sortedBy(
        await this.client.all(path, (body: { outcomes: Outcome[] }) => body.outcomes),
        (one) => one.subscriptionId,
      ),
      orders: sortedBy(await this.client.all<OrderView>(`/admin/orders?date=${date}`), (one) => one.orderId),
      stock: await this.stock(),
      balances: await this.balances(),
      events: await this.events(date),
    };
  }

  /** Every subscription has exactly one outcome, and it matches the model. */
  private outcomeViolations(date: string, { report, outcomes }: Snapshot): string[] {
    const modelOutcomes = this.model.outcomesOn(date);
    const counts: Record<string, number> = Object.fromEntries(Object.keys(report.counts).map((name) => [name, 0]));
    for (const { outcome } of modelOutcomes.values())
      if (outcome in counts) counts[outcome] = (counts[outcome] ?? 0) + 1;
    const actual = outcomes.map(({ subscriptionId, outcome, amount, missing, orderId }) =>
      toText({ subscriptionId, outcome, amount, missing: sortedLines(missing), orderId }),
    );
    const subscriptions = this.model.subscriptions.filter(({ id }) => id !== undefined);
    const expected = sortedBy(subscriptions, ({ id }) => id as string).map((subscription) => {
      const { id: subscriptionId = '', calendar } = subscription;
      const { outcome, amount, missing } = modelOutcomes.get(subscription) ?? {
        ...{ outcome: calendar.occurrenceOn(date).outcome, amount: 0, missing: [] },
      };
      const orderId = outcome === 'ORDERED' ? subscriptionOrderIdOf(subscriptionId, date) : undefined;
      return toText({ subscriptionId, outcome, amount, missing: sortedLines(missing), orderId });
    });
    return [
      ...differences(`outcome of ${date}`, actual, expected),
      ...differences(`counts of ${date}`, [toText(report)], [toText({ status: 'COMPLETED', counts })]),
    ];
  }

  /** Every ORDERED outcome has exactly one order, and it matches the model. */
  private orderViolations(date: string, { orders }: Snapshot): string[] {
    const calendar = this.dairy.app.get<Calendar>(Calendar);
    const actual = orders.map((order) =>
      toText({
        ...comparableOrder(order),
        orderId: order.orderId,
        deliverySlot: order.deliverySlot,
        address: order.address,
      }),
    );
    const ordered = [...this.model.outcomesOn(date)].filter(([, { outcome }]) => outcome === 'ORDERED');
    const expected = ordered.map(([subscription, outcome]) =>
      toText({
        ...comparableOrder({ ...outcome, status: outcome.status ?? '' }),
        orderId: orderIdOf(subscription, date),
        deliverySlot: calendar.instantAt(date, subscription.calendar.termsOn(date).deliverySlot),
        address: subscription.calendar.addressOn(date),
      }),
    );
    return differences(`order of ${date}`, actual.sort(), expected.sort());
  }

  /** All added stock is in stock or sold, and the stock matches the model. */
  private stockViolations(date: string, { stock, orders }: Snapshot): string[] {
    this.soldLines.set(
      date,
      orders.filter(isSold).flatMap(({ items }) => items),
    );
    const lines = [...this.soldLines.values()].flat();
    return [...this.model.products].flatMap(([productId, product]) => {
      const inStock = stock[productId] ?? 0;
      const added = this.addedStock.get(productId) ?? 0;
      const sold = lines.reduce((sum, line) => sum + (line.productId === productId ? line.qty : 0), 0);
      return [
        ...(added === inStock + sold ? [] : [`${productId}: ${added} added, ${inStock} in stock, ${sold} sold`]),
        ...(inStock === product.stock ? [] : [`${productId}: ${inStock} in stock, ${product.stock} in the model`]),
      ];
    });
  }

  private balanceViolations({ balances }: Snapshot): string[] {
    return this.model.customers.flatMap(({ userId, balance }) =>
      (balances[userId] ?? 0) === balance ? [] : [`${userId} has ${balances[userId]}, but ${balance} in the model`],
    );
  }

  /** Every event of an order is in the log exactly once. */
  private eventViolations(date: string, { orders, events }: Snapshot): string[] {
    const outcomes = new Map(
      [...this.model.outcomesOn(date)].map(([subscription, outcome]) => [orderIdOf(subscription, date), outcome]),
    );
    const expected = orders.flatMap((order) => expectedEventsOf(order, outcomes.get(order.orderId)?.addedAmount));
    return differences('event', numbered(events), numbered(expected));
  }

  private async reconciliationViolations(): Promise<string[]> {
    const { violations } = await this.dairy.app.get<ReconciliationService>(ReconciliationService).run();
    return violations.map((violation) => `reconciliation: ${JSON.stringify(violation)}`);
  }

  /** Running a finished date again changes nothing. */
  private async rerunDifferences(date: string, before: Snapshot): Promise<string[]> {
    await this.client.adminOrThrow('POST', '/admin/generation/run', { date });
    await this.dairy.settled();
    const after = await this.snapshot(date);
    return Object.entries(before).flatMap(([name, previous]) => {
      const current = after[name as keyof Snapshot];
      const [actual, expected] = [toText(current), toText(previous)];
      return actual === expected ? [] : [`rerun of ${date}: ${name} changed from ${expected} to ${actual}`];
    });
  }

  private async stock(): Promise<Record<string, number>> {
    const products = [...this.model.products.keys()].map(async (productId) => {
      return [productId, Number((await this.dairy.app.stored('Products', { productId }))?.stock)] as const;
    });
    return Object.fromEntries(await Promise.all(products));
  }

  private async balances(): Promise<Record<string, number>> {
    const ids = this.model.customers.map(({ userId }) => userId);
    const balances: [string, number][] = [];
    for (let from = 0; from < ids.length; from += WALLET_BATCH_SIZE) {
      const batch = ids.slice(from, from + WALLET_BATCH_SIZE);
      const wallets = await this.dairy.app.get<WalletService>(WalletService).walletsOf(batch);
      balances.push(...wallets.flatMap((one): [string, number][] => (one ? [[one.userId, one.balance / 100]] : [])));
    }
    return Object.fromEntries(balances);
  }

  /** The logged events of the orders of a date. */
  private async events(date: string): Promise<string[]> {
    const dateSuffix = date.replaceAll('-', '');
    const days = [dayAfter(date, -1), date].map((day) =>
      this.client.all<{ eventType: string; orderId?: string; amount?: number }>(`/analytics/events?date=${day}`),
    );
    return (await Promise.all(days)).flat().flatMap(({ eventType, orderId = '', amount }) => {
      const isItsOrder = orderId.endsWith(dateSuffix) && eventType !== 'DELIVERY_UPDATED';
      return isItsOrder ? [eventText(orderId, eventType, amount)] : [];
    });
  }
}

export function orderIdOf({ id = '' }: ModelSubscription, date: string): string {
  return subscriptionOrderIdOf(id, date);
}

/** Goods that have left the dairy count as sold, even after a failed delivery. */
/** The goods of a cancelled order are lost if they had left the dairy. */
function isSold({ status, history }: OrderView): boolean {
  return status !== 'CANCELLED' || history.some((step) => step.status === 'DISPATCHED');
}

/** Lines that were added to an order have an event of their own, and another payment if the wallet paid. */
function expectedEventsOf(
  { orderId, amount, history, payment: { method, status } }: OrderView,
  addedAmount?: number,
): string[] {
  const isByWallet = method === 'WALLET';
  const steps = history.map((step) => (step.status === 'CREATED' ? 'ORDER_PLACED' : `ORDER_${step.status}`));
  const payments = isByWallet
    ? [amount - (addedAmount ?? 0), ...(addedAmount === undefined ? [] : [addedAmount])]
    : status === 'SUCCESS'
      ? [amount]
      : [];
  return [
    ...[...steps, 'DELIVERY_ASSIGNED'].map((type) => eventText(orderId, type)),
    ...(addedAmount === undefined ? [] : [eventText(orderId, 'ORDER_LINES_ADDED', addedAmount)]),
    ...payments.map((paid) => eventText(orderId, 'PAYMENT_SUCCEEDED', paid)),
    ...(isByWallet && status === 'REFUNDED' ? [eventText(orderId, 'PAYMENT_REFUNDED', amount)] : []),
    ...(status === 'FAILED' ? [eventText(orderId, 'PAYMENT_FAILED', amount)] : []),
  ];
}

/** Amounts matter where money moves. */
function eventText(orderId: string, eventType: string, amount?: number): string {
  const showsAmount = eventType.startsWith('PAYMENT_') || eventType === 'ORDER_LINES_ADDED';
  return `${orderId} ${eventType}${showsAmount ? ` ${amount}` : ''}`;
}

/** Numbers equal texts, so that a set keeps all of them. */
function numbered(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return texts.map((text) => {
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    return count === 1 ? text : `${text} (${count})`;
  });
}

function comparableOrder({
  status,
  amount,
  items,
  missing,
}: Pick<ModelOutcome, 'amount' | 'items'> & Pick<OrderView, 'status' | 'missing'>) {
  const priced = items.map(({ productId, qty, price }) => ({ productId, qty, price }));
  return { status, amount, items: sortedBy(priced, ({ productId }) => productId), missing: sortedLines(missing) };
}

function sortedLines(unsorted: readonly Line[] = []): Line[] {
  return sortedBy(
    unsorted.map(({ productId, qty }) => ({ productId, qty })),
    ({ productId }) => productId,
  );
}

function differences(what: string, actual: readonly string[], expected: readonly string[]): string[] {
  const [actualSet, expectedSet] = [new Set(actual), new Set(expected)];
  return [
    ...(actualSet.size === actual.length ? [] : [`${what}: duplicates`]),
    ...actual.filter((one) => !expectedSet.has(one)).map((one) => `${what}: ${one} is not in the model`),
    ...expected.filter((one) => !actualSet.has(one)).map((one) => `${what}: ${one} is only in the model`),
  ];
}

function sortedBy<T>(some: readonly T[], by: (one: T) => string): T[] {
  return [...some].sort((one, other) => (by(one) < by(other) ? -1 : 1));
}

function toText(value: unknown): string {
  return JSON.stringify(value);
}
