import { subscriptionOrderIdOf } from '../../src/kernel/ids';
import type { OutcomeRecord } from '../../src/modules/generation/outcome.repository';
import type { Order } from '../../src/modules/order';
import type { ReadAll } from './money';

type Stored = Record<string, unknown>;

interface Shard {
  readonly dateShard: string;
  readonly left: Readonly<Record<string, number>>;
}

interface Allotment {
  readonly dateRound: string;
  readonly productId: string;
  readonly state: string;
}

/** All that the daily orders leave behind, to be compared: what only counts attempts is left out. */
export async function leftBehind(all: ReadAll): Promise<Record<string, Stored[]>> {
  const ofTable = async (table: string, key: string, ...without: string[]) => {
    const items = await all<Stored>(table);
    return items
      .map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => !without.includes(name))))
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
 * What must be true of the daily orders whenever nothing is under way, whatever died in between; answers with what is
 * not, as sentences. For a dairy in which all orders are of subscriptions.
 */
export async function dailyLawsBroken(all: ReadAll, initialStock: Readonly<Record<string, number>>): Promise<string[]> {
  const broken: string[] = [];
  const law = (holds: boolean, complaint: string) => void (holds || broken.push(complaint));
  const orders = await all<Order>('Orders');
  const ledger = await all<{ userId: string; type: string; amount: number; sourceId: string }>('WalletLedger');
  const payments = await all<{ paymentId: string; orderId?: string }>('Payments');
  const paymentsOf = Map.groupBy(payments, ({ orderId }) => orderId);
  const deliveriesOf = Map.groupBy(await all<{ orderId: string }>('Deliveries'), ({ orderId }) => orderId);
  const log = await all<{ event: { eventType: string; orderId?: string } }>('AnalyticsEvents');
  const toldOf = Map.groupBy(log, ({ event: { orderId } }) => orderId);
  const debitsOf = Map.groupBy(
    ledger.filter(({ type }) => type === 'PAYMENT'),
    ({ sourceId }) => sourceId,
  );
  const entriesOf = Map.groupBy(ledger, ({ userId }) => userId);

  const sold = new Map<string, number>();
  for (const { productId, qty } of orders.filter(({ status }) => status !== 'CANCELLED').flatMap(({ items }) => items))
    sold.set(productId, (sold.get(productId) ?? 0) + qty);
  const products = await all<{ productId: string; stock: number }>('Products');
  for (const { productId, stock } of products.filter((product) => product.productId in initialStock)) {
    const taken = sold.get(productId) ?? 0;
    law(stock + taken === initialStock[productId], `${productId}: ${stock} in stock, ${taken} sold`);
  }
  const allotted = await allottedOn(all);
  for (const { dateShard, left } of await all<Shard>('GenerationShards')) {
    const [date = '', shard] = dateShard.split('#');
    const held = Object.entries(left).filter(([productId, qty]) => qty > 0 && allotted.has(`${date} ${productId}`));
    law(shard === 'last' || held.length === 0, `${dateShard} holds what was set aside`);
  }

  const wallets = await all<{ userId: string; balance: number }>('Wallets');
  for (const { userId, balance } of wallets) {
    const sum = (entriesOf.get(userId) ?? []).reduce((total, { amount }) => total + amount, 0);
    law(balance === sum && balance >= 0, `the wallet of ${userId} holds ${balance}, its entries come to ${sum}`);
  }
  const instead = new Set(
    (await all<OutcomeRecord>('Occurrences')).map(({ subscriptionId, date }) =>
      subscriptionOrderIdOf(subscriptionId, date),
    ),
  );
  for (const { orderId, payment, amount, status } of orders) {
    const is = `order ${orderId} is ${status}`;
    const its = paymentsOf.get(orderId) ?? [];
    const isItsOwn = its[0]?.paymentId === payment?.paymentId;
    law(its.length === 1 && isItsOwn, `${is} and has ${its.length} payments`);
    const paid = (debitsOf.get(payment?.paymentId ?? '') ?? []).map((entry) => entry.amount);
    const owed = payment?.method === 'WALLET' ? [-amount] : [];
    law(String(paid) === String(owed), `${is} and moved the wallet by ${String(paid)}, not ${String(owed)}`);
    const deliveries = deliveriesOf.get(orderId) ?? [];
    law(deliveries.length === 1, `${is} and has ${deliveries.length} deliveries`);
    const told = (toldOf.get(orderId) ?? []).map(({ event }) => event.eventType);
    for (const fact of ['ORDER_PLACED', 'ORDER_CONFIRMED', ...(owed.length > 0 ? ['PAYMENT_SUCCEEDED'] : [])]) {
      const times = told.filter((type) => type === fact).length;
      law(times === 1, `${is} and has ${times} ${fact} in the log`);
    }
    law(!instead.has(orderId), `${is}, and there is a record of why it is not`);
  }
  const known = new Set<string | undefined>(orders.map(({ orderId }) => orderId));
  for (const table of [paymentsOf, deliveriesOf, toldOf] as const) {
    for (const orderId of table.keys())
      law(orderId === undefined || known.has(orderId), `something is of the order ${orderId}, which is not`);
  }
  for (const { outboxId } of await all<{ outboxId: string }>('Outbox')) law(false, `outbox row ${outboxId} is left`);
  return broken;
}

/** Scarce products were never set aside, however much of them a shard has counted. */
async function allottedOn(all: ReadAll): Promise<Set<string>> {
  const allotments = await all<Allotment>('GenerationAllotments');
  return new Set(
    allotments.flatMap(({ dateRound, productId, state }) =>
      state === 'ALLOTTED' ? [`${dateRound.split('#')[0]} ${productId}`] : [],
    ),
  );
}
