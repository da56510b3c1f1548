import type { Order } from '../../../src/modules/order';
import { Database } from '../../../src/platform/dynamo/database';
import { declaredTables } from '../../../src/platform/dynamo/table';
import type { TestApp } from '../../support/app';

type Stored = Record<string, unknown>;

/** Every item of a table. */
export async function all<T = Stored>(app: TestApp, table: string): Promise<T[]> {
  const database = app.get<Database>(Database);
  const declaration = declaredTables().find(({ name }) => name === table);
  if (!declaration) throw new Error(`No table ${table}`);
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await database.scan<Stored>(database.tableName(declaration), { limit: 500, cursor });
    items.push(...(page.items as T[]));
    cursor = page.next;
  } while (cursor);
  return items;
}

/** All that the daily orders leave behind, to be compared: what only counts attempts is left out. */
export async function leftBehind(app: TestApp): Promise<Record<string, Stored[]>> {
  const ofTable = async (table: string, key: string, ...without: string[]) => {
    const items = await all(app, table);
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
 * not, as sentences.
 */
export async function lawsBroken(app: TestApp, initialStock: Readonly<Record<string, number>>): Promise<string[]> {
  const broken: string[] = [];
  const law = (holds: boolean, complaint: string) => void (holds || broken.push(complaint));
  const orders = await all<Order & { payment: { paymentId: string; method: string } }>(app, 'Orders');
  const ledger = await all<{ userId: string; type: string; amount: number; sourceId: string }>(app, 'WalletLedger');
  const payments = await all<{ paymentId: string; orderId?: string; status: string; amount: number }>(app, 'Payments');
  const deliveries = await all<{ orderId: string }>(app, 'Deliveries');
  const records = await all<{ subscriptionId: string; date: string }>(app, 'Occurrences');

  for (const { productId, stock } of await all<{ productId: string; stock: number }>(app, 'Products')) {
    const sold = orders
      .filter(({ status }) => status !== 'CANCELLED')
      .flatMap(({ items }) => items.filter((item) => item.productId === productId))
      .reduce((sum, { qty }) => sum + qty, 0);
    law(stock + sold === initialStock[productId], `${productId}: ${stock} in stock, ${sold} sold`);
  }
  for (const { dateShard, left } of await all<{ dateShard: string; left: object }>(app, 'GenerationShards')) {
    const isShard = !dateShard.endsWith('#last');
    const held = Object.values(left).some((qty) => qty > 0);
    law(!(isShard && held && (await isAllotted(app, dateShard, left))), `${dateShard} holds what was set aside`);
  }
  for (const { userId, balance } of await all<{ userId: string; balance: number }>(app, 'Wallets')) {
    const sum = ledger.filter((entry) => entry.userId === userId).reduce((total, { amount }) => total + amount, 0);
    law(balance === sum && balance >= 0, `the wallet of ${userId} holds ${balance}, its entries come to ${sum}`);
  }
  for (const { orderId, subscriptionId, deliverySlot, payment, amount, status } of orders) {
    const paid = ledger.filter(({ type, sourceId }) => type === 'PAYMENT' && sourceId === payment.paymentId);
    const expected = payment.method === 'WALLET' ? [-amount] : [];
    law(
      same(
        paid.map((entry) => entry.amount),
        expected,
      ),
      `order ${orderId} moved the wallet by ${paid.length} entries`,
    );
    const its = payments.filter((one) => one.orderId === orderId);
    law(its.length === 1 && its[0]?.paymentId === payment.paymentId, `order ${orderId} has ${its.length} payments`);
    law(deliveries.filter((one) => one.orderId === orderId).length === 1, `order ${orderId} has not one delivery`);
    const date = deliverySlot.slice(0, 10);
    const both = records.some((record) => record.subscriptionId === subscriptionId && record.date === date);
    law(!both, `${subscriptionId} has an order and a record of why there is none on ${date} (${status})`);
  }
  for (const { outboxId } of await all<{ outboxId: string }>(app, 'Outbox'))
    law(false, `outbox row ${outboxId} is left`);
  return broken;
}

/** Scarce products were never set aside, however much of them a shard has counted. */
async function isAllotted(app: TestApp, dateShard: string, left: object): Promise<boolean> {
  const allotments = await all<{ dateRound: string; productId: string; state: string }>(app, 'GenerationAllotments');
  const date = dateShard.split('#')[0];
  return allotments.some(
    ({ dateRound, productId, state }) => dateRound.startsWith(`${date}#`) && state === 'ALLOTTED' && productId in left,
  );
}

function same(one: readonly number[], other: readonly number[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
