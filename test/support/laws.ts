import type { Cart } from '../../src/modules/cart';
import type { Order } from '../../src/modules/order';
import type { Dairy } from './program';

interface StoredPayment {
  readonly paymentId: string;
  /** Absent when it tops up a wallet. */
  readonly orderId?: string;
  readonly status: string;
}

interface StoredCharge {
  readonly paymentId: string;
  readonly outcome: string;
  readonly refunded: boolean;
}

interface StoredEntry {
  readonly userId: string;
  readonly entryId: string;
  readonly type: string;
  readonly amount: number;
  readonly sourceId: string;
}

interface StoredEvent {
  readonly event: { readonly eventType: string; readonly orderId?: string };
}

/** Once an order has been confirmed, until it ends well. */
const CONFIRMED = ['CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'];

/**
 * What must be true of a dairy whenever nothing is under way, whatever died in between: goods, money and facts are
 * neither lost nor doubled. Answers with what is not true, as sentences. Not for cash.
 */
export async function lawsBroken(dairy: Dairy, initialStock: ReadonlyMap<string, number>): Promise<string[]> {
  const [orders, products, payments, charges, wallets, entries, deliveries, log, outbox, carts] = await Promise.all([
    dairy.stored<Order>('Orders'),
    dairy.stored<{ productId: string; stock: number }>('Products'),
    dairy.stored<StoredPayment>('Payments'),
    dairy.stored<StoredCharge>('SandboxCharges'),
    dairy.stored<{ userId: string; balance: number }>('Wallets'),
    dairy.stored<StoredEntry>('WalletLedger'),
    dairy.stored<{ orderId: string; status: string }>('Deliveries'),
    dairy.stored<StoredEvent>('AnalyticsEvents'),
    dairy.stored<{ outboxId: string; shard: string }>('Outbox'),
    dairy.stored<Cart & { unsent: object }>('Carts'),
  ]);
  const broken: string[] = [];
  const law = (holds: boolean, complaint: string) => void (holds || broken.push(complaint));

  for (const { productId, stock } of products.filter((product) => initialStock.has(product.productId))) {
    const taken = orders
      .filter(({ status }) => status !== 'CANCELLED')
      .flatMap(({ items }) => items.filter((item) => item.productId === productId))
      .reduce((sum, { qty }) => sum + qty, 0);
    const before = initialStock.get(productId);
    law(stock + taken === before, `of ${before} ${productId} ${stock} are left and ${taken} ordered`);
  }

  const moved = (type: string) => entries.filter((entry) => entry.type === type).map(({ sourceId }) => sourceId);
  const fromWallets = moved('PAYMENT').filter((paymentId) => !moved('REFUND').includes(paymentId));
  const charged = new Set([...charges.filter(isCharged).map(({ paymentId }) => paymentId), ...fromWallets]);
  for (const { orderId, status, payment, delivery } of orders) {
    const its = payments.filter((one) => one.orderId === orderId);
    const moneyTaken = its.filter(({ paymentId }) => charged.has(paymentId)).length;
    const is = `order ${orderId} is ${status}`;
    const succeeded = its.filter((one) => one.status === 'SUCCESS').length;
    const isConfirmed = CONFIRMED.includes(status);
    law(succeeded === (isConfirmed ? 1 : 0), `${is} and has ${succeeded} successful payments`);
    law(moneyTaken === (isConfirmed ? 1 : 0), `${is} and was charged ${moneyTaken} times`);

    const summary = its.find(({ paymentId }) => paymentId === payment?.paymentId)?.status;
    law(summary === payment?.status, `${is} and says its payment is ${payment?.status}, which is ${summary}`);

    const its_delivery = deliveries.filter((one) => one.orderId === orderId);
    const expected = isConfirmed || delivery ? 1 : 0;
    law(its_delivery.length === expected, `${is} and has ${its_delivery.length} deliveries`);
    law(its_delivery[0]?.status === delivery?.status, `${is} and is not in step with its delivery`);

    const facts = { ORDER_PLACED: true, ORDER_CONFIRMED: isConfirmed, ORDER_CANCELLED: status === 'CANCELLED' };
    for (const [fact, isOne] of Object.entries(facts)) {
      const told = log.filter(({ event }) => event.eventType === fact && event.orderId === orderId).length;
      // An order may have been confirmed before it was cancelled.
      if (fact === 'ORDER_CONFIRMED' && status === 'CANCELLED') law(told <= 1, `${is} and has ${told} ${fact}`);
      else law(told === (isOne ? 1 : 0), `${is} and has ${told} ${fact} in the log`);
    }
  }

  for (const { userId, balance } of wallets) {
    const sum = entries.filter((entry) => entry.userId === userId).reduce((total, { amount }) => total + amount, 0);
    law(sum === balance && balance >= 0, `the wallet of ${userId} holds ${balance}, and its entries come to ${sum}`);
  }
  const owners = new Set(wallets.map(({ userId }) => userId));
  for (const { userId, entryId } of entries) law(owners.has(userId), `${entryId} is of ${userId}, who has no wallet`);
  for (const { paymentId, status } of payments.filter(({ orderId }) => orderId === undefined)) {
    const isIn = moved('TOP_UP').includes(paymentId);
    law(isIn === (status === 'SUCCESS') && isIn === charged.has(paymentId), `top-up ${paymentId} is ${status}`);
  }

  const known = new Set(orders.map(({ orderId }) => orderId));
  for (const { event } of log.filter(({ event: { orderId } }) => orderId !== undefined)) {
    law(known.has(event.orderId ?? ''), `${event.eventType} tells of the order ${event.orderId}, which is not`);
  }
  for (const { paymentId, status } of payments) law(status !== 'PENDING', `payment ${paymentId} is still PENDING`);
  for (const { outboxId, shard } of outbox) law(false, `outbox row ${outboxId} is left in ${shard}`);
  for (const { userId, unsent } of carts) {
    law(Object.keys(unsent).length === 0, `the cart of ${userId} has events that nobody was told`);
  }
  return broken;
}

function isCharged({ outcome, refunded }: StoredCharge): boolean {
  return outcome === 'SUCCESS' && !refunded;
}
