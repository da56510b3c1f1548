import type { OutcomeRecord } from '../../../src/modules/generation/domain/outcome-record';
import type { Order } from '../../../src/modules/order';
import { subscriptionOrderIdOf } from '../../../src/modules/order/domain/ids';
import { paymentIdOfSource } from '../../../src/modules/wallet';
import type { ReadTable } from './money-invariant';

type StoredItem = Record<string, unknown>;

interface Shard {
  readonly dateShard: string;
  readonly left: Readonly<Record<string, number>>;
}

interface StockReservation {
  readonly dateRound: string;
  readonly productId: string;
  readonly state: string;
}

/** Everything that a generation run stores, without the attributes that change when a finished date runs again. */
export async function generationState(readTable: ReadTable): Promise<Record<string, StoredItem[]>> {
  const ofTable = async (table: string, key: string, ...ignored: string[]) => {
    const items = await readTable<StoredItem>(table);
    return items
      .map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => !ignored.includes(name))))
      .sort((one, other) => (String(one[key]) < String(other[key]) ? -1 : 1));
  };
  return {
    orders: await ofTable('Orders', 'orderId'),
    subscriptions: await ofTable('Subscriptions', 'subscriptionId'),
    products: await ofTable('Products', 'productId'),
    wallets: await ofTable('Wallets', 'userId'),
    ledger: await ofTable('WalletLedger', 'entryId', 'moment'),
    payments: await ofTable('Payments', 'paymentId'),
    deliveries: await ofTable('Deliveries', 'deliveryId', 'courierId'),
    occurrences: await ofTable('Occurrences', 'subscriptionId'),
    runs: await ofTable(
      'GenerationRuns',
      'date',
      'stage',
      'movedAt',
      'round',
      'roundAt',
      'decidedBefore',
      'remaining',
      'placing',
    ),
    outbox: await ofTable('Outbox', 'outboxId'),
  };
}

/**
 * The invariants of daily orders that hold whenever the dairy is settled, even after a crash. Returns the violations as
 * sentences.
 */
export async function brokenGenerationInvariants(
  readTable: ReadTable,
  initialStock: Readonly<Record<string, number>>,
): Promise<string[]> {
  const violations: string[] = [];
  const check = (holds: boolean, violation: string) => void (holds || violations.push(violation));
  const orders = await readTable<Order>('Orders');
  const ledger = await readTable<{ userId: string; type: string; amount: number; sourceId: string }>('WalletLedger');
  const payments = await readTable<{ paymentId: string; orderId?: string }>('Payments');
  const paymentsOf = Map.groupBy(payments, ({ orderId }) => orderId);
  const deliveriesOf = Map.groupBy(await readTable<{ orderId: string }>('Deliveries'), ({ orderId }) => orderId);
  const log = await readTable<{ event: { eventType: string; orderId?: string } }>('AnalyticsEvents');
  const eventsOf = Map.groupBy(log, ({ event: { orderId } }) => orderId);
  const debitsOf = Map.groupBy(
    ledger.filter(({ type }) => type === 'PAYMENT'),
    ({ sourceId }) => paymentIdOfSource(sourceId),
  );
  const entriesOf = Map.groupBy(ledger, ({ userId }) => userId);

  const sold = new Map<string, number>();
  for (const { productId, qty } of orders.filter(({ status }) => status !== 'CANCELLED').flatMap(({ items }) => items))
    sold.set(productId, (sold.get(productId) ?? 0) + qty);
  const products = await readTable<{ productId: string; stock: number }>('Products');
  for (const { productId, stock } of products.filter((product) => product.productId in initialStock)) {
    const taken = sold.get(productId) ?? 0;
    check(stock + taken === initialStock[productId], `${productId}: ${stock} in stock, ${taken} sold`);
  }
  const reservedProducts = await reservedProductsByDate(readTable);
  for (const { dateShard, left } of await readTable<Shard>('GenerationShards')) {
    const [date = '', shard] = dateShard.split('#');
    const held = Object.entries(left).filter(
      ([productId, qty]) => qty > 0 && reservedProducts.has(`${date} ${productId}`),
    );
    check(shard === 'last' || held.length === 0, `${dateShard} still holds reserved stock`);
  }

  const wallets = await readTable<{ userId: string; balance: number }>('Wallets');
  for (const { userId, balance } of wallets) {
    const sum = (entriesOf.get(userId) ?? []).reduce((total, { amount }) => total + amount, 0);
    check(balance === sum && balance >= 0, `the wallet of ${userId} holds ${balance}, but its entries sum to ${sum}`);
  }
  const recordedOutcomes = new Set(
    (await readTable<OutcomeRecord>('Occurrences')).map(({ subscriptionId, date }) =>
      subscriptionOrderIdOf(subscriptionId, date),
    ),
  );
  for (const { orderId, payment, amount, addedAmount = 0, status } of orders.filter(isDaily)) {
    const description = `order ${orderId} is ${status}`;
    const orderPayments = paymentsOf.get(orderId) ?? [];
    const isItsOwn = orderPayments[0]?.paymentId === payment?.paymentId;
    check(orderPayments.length === 1 && isItsOwn, `${description} and has ${orderPayments.length} payments`);
    const paid = (debitsOf.get(payment?.paymentId ?? '') ?? []).map((entry) => entry.amount);
    const owed = payment?.method === 'WALLET' ? [addedAmount - amount, -addedAmount].filter(Boolean) : [];
    check(isSameSet(paid, owed), `${description} and moved the wallet by ${String(paid)}, not ${String(owed)}`);
    const deliveries = deliveriesOf.get(orderId) ?? [];
    check(deliveries.length === 1, `${description} and has ${deliveries.length} deliveries`);
    const eventTypes = (eventsOf.get(orderId) ?? []).map(({ event }) => event.eventType);
    const expectedTimes = {
      ORDER_PLACED: 1,
      ORDER_CONFIRMED: 1,
      ORDER_LINES_ADDED: addedAmount > 0 ? 1 : 0,
      ...(owed.length > 0 && { PAYMENT_SUCCEEDED: owed.length }),
    };
    for (const [eventType, expected] of Object.entries(expectedTimes)) {
      const times = eventTypes.filter((type) => type === eventType).length;
      check(times === expected, `${description} and has ${times} ${eventType} in the log`);
    }
    check(!recordedOutcomes.has(orderId), `${description}, but there is also a record of why it was not placed`);
  }
  const known = new Set<string | undefined>(orders.map(({ orderId }) => orderId));
  for (const table of [paymentsOf, deliveriesOf, eventsOf] as const) {
    for (const orderId of table.keys())
      check(orderId === undefined || known.has(orderId), `a record refers to order ${orderId}, which does not exist`);
  }
  for (const { outboxId } of await readTable<{ outboxId: string }>('Outbox'))
    check(false, `outbox row ${outboxId} is left`);
  return violations;
}

function isDaily({ subscriptionId }: Order): boolean {
  return subscriptionId !== undefined;
}

function isSameSet(some: readonly number[], others: readonly number[]): boolean {
  return String([...some].sort()) === String([...others].sort());
}

/** Stock of scarce products is never reserved, even if a shard has counted their demand. */
async function reservedProductsByDate(readTable: ReadTable): Promise<Set<string>> {
  const allotments = await readTable<StockReservation>('GenerationAllotments');
  return new Set(
    allotments.flatMap(({ dateRound, productId, state }) =>
      state === 'ALLOTTED' ? [`${dateRound.split('#')[0]} ${productId}`] : [],
    ),
  );
}
