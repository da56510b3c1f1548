import type { Cart } from '../../../src/modules/cart';
import type { Order } from '../../../src/modules/order';
import type { TestDairy } from '../fixtures/test-dairy';

interface StoredPayment {
  readonly paymentId: string;
  /** Absent for a wallet top-up. */
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

/** The statuses of an order that is confirmed and not cancelled. */
const CONFIRMED_STATUSES = ['CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'];

/**
 * The invariants of orders, stock, payments, wallets and events that hold whenever the dairy is settled, even after a
 * crash: nothing is lost and nothing happens twice. Returns the violations as sentences. Does not support cash payments.
 */
export async function brokenOrderInvariants(
  dairy: TestDairy,
  initialStock: ReadonlyMap<string, number>,
): Promise<string[]> {
  const [orders, products, payments, charges, wallets, entries, deliveries, log, outbox, carts] = await Promise.all([
    dairy.allStored<Order>('Orders'),
    dairy.allStored<{ productId: string; stock: number }>('Products'),
    dairy.allStored<StoredPayment>('Payments'),
    dairy.allStored<StoredCharge>('SandboxCharges'),
    dairy.allStored<{ userId: string; balance: number }>('Wallets'),
    dairy.allStored<StoredEntry>('WalletLedger'),
    dairy.allStored<{ orderId: string; status: string }>('Deliveries'),
    dairy.allStored<StoredEvent>('AnalyticsEvents'),
    dairy.allStored<{ outboxId: string; shard: string }>('Outbox'),
    dairy.allStored<Cart & { unsent: object }>('Carts'),
  ]);
  const violations: string[] = [];
  const check = (holds: boolean, violation: string) => void (holds || violations.push(violation));

  for (const { productId, stock } of products.filter((product) => initialStock.has(product.productId))) {
    const taken = orders
      .filter(({ status }) => status !== 'CANCELLED')
      .flatMap(({ items }) => items.filter((item) => item.productId === productId))
      .reduce((sum, { qty }) => sum + qty, 0);
    const before = initialStock.get(productId);
    check(stock + taken === before, `${productId}: ${before} initially, ${stock} in stock, ${taken} ordered`);
  }

  const moved = (type: string) => entries.filter((entry) => entry.type === type).map(({ sourceId }) => sourceId);
  const fromWallets = moved('PAYMENT').filter((paymentId) => !moved('REFUND').includes(paymentId));
  const charged = new Set([...charges.filter(isCharged).map(({ paymentId }) => paymentId), ...fromWallets]);
  for (const { orderId, status, payment, delivery } of orders) {
    const orderPayments = payments.filter((one) => one.orderId === orderId);
    const moneyTaken = orderPayments.filter(({ paymentId }) => charged.has(paymentId)).length;
    const description = `order ${orderId} is ${status}`;
    const succeeded = orderPayments.filter((one) => one.status === 'SUCCESS').length;
    const isConfirmed = CONFIRMED_STATUSES.includes(status);
    check(succeeded === (isConfirmed ? 1 : 0), `${description} and has ${succeeded} successful payments`);
    check(moneyTaken === (isConfirmed ? 1 : 0), `${description} and was charged ${moneyTaken} times`);

    const summary = orderPayments.find(({ paymentId }) => paymentId === payment?.paymentId)?.status;
    check(
      summary === payment?.status,
      `${description} and has payment status ${payment?.status}, but the payment is ${summary}`,
    );

    const orderDeliveries = deliveries.filter((one) => one.orderId === orderId);
    const expectedCount = isConfirmed || delivery ? 1 : 0;
    check(orderDeliveries.length === expectedCount, `${description} and has ${orderDeliveries.length} deliveries`);
    check(
      orderDeliveries[0]?.status === delivery?.status,
      `${description} and its delivery status differs from its delivery`,
    );

    const expectedEvents = {
      ORDER_PLACED: true,
      ORDER_CONFIRMED: isConfirmed,
      ORDER_CANCELLED: status === 'CANCELLED',
    };
    for (const [eventType, isExpected] of Object.entries(expectedEvents)) {
      const eventCount = log.filter(({ event }) => event.eventType === eventType && event.orderId === orderId).length;
      // An order may have been confirmed before it was cancelled.
      if (eventType === 'ORDER_CONFIRMED' && status === 'CANCELLED')
        check(eventCount <= 1, `${description} and has ${eventCount} ${eventType}`);
      else check(eventCount === (isExpected ? 1 : 0), `${description} and has ${eventCount} ${eventType} in the log`);
    }
  }

  for (const { userId, balance } of wallets) {
    const sum = entries.filter((entry) => entry.userId === userId).reduce((total, { amount }) => total + amount, 0);
    check(sum === balance && balance >= 0, `the wallet of ${userId} holds ${balance}, but its entries sum to ${sum}`);
  }
  const owners = new Set(wallets.map(({ userId }) => userId));
  for (const { userId, entryId } of entries)
    check(owners.has(userId), `${entryId} belongs to ${userId}, who has no wallet`);
  for (const { paymentId, status } of payments.filter(({ orderId }) => orderId === undefined)) {
    const isCredited = moved('TOP_UP').includes(paymentId);
    check(
      isCredited === (status === 'SUCCESS') && isCredited === charged.has(paymentId),
      `top-up ${paymentId} is ${status}`,
    );
  }

  const known = new Set(orders.map(({ orderId }) => orderId));
  for (const { event } of log.filter(({ event: { orderId } }) => orderId !== undefined)) {
    check(known.has(event.orderId ?? ''), `${event.eventType} refers to order ${event.orderId}, which does not exist`);
  }
  for (const { paymentId, status } of payments) check(status !== 'PENDING', `payment ${paymentId} is still PENDING`);
  for (const { outboxId, shard } of outbox) check(false, `outbox row ${outboxId} is left in ${shard}`);
  for (const { userId, unsent } of carts) {
    check(Object.keys(unsent).length === 0, `the cart of ${userId} has unsent events`);
  }
  return violations;
}

function isCharged({ outcome, refunded }: StoredCharge): boolean {
  return outcome === 'SUCCESS' && !refunded;
}
