import type { Delivery } from '../../src/modules/delivery';
import type { Order } from '../../src/modules/order';
import type { Payment } from '../../src/modules/payment';
import type { LedgerEntry, Wallet } from '../../src/modules/wallet';

interface Charge {
  readonly paymentId: string;
  readonly amount: number;
  readonly outcome: string;
  readonly refunded: boolean;
}

/** Reads a whole table. */
export type ReadAll = <T extends object>(table: string) => Promise<T[]>;

const LIVE = ['CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'];
const CUSTOMERS_DOING = ['CUSTOMER_UNAVAILABLE', 'ADDRESS_NOT_FOUND', 'REFUSED'];

/**
 * The one law of money, told without the program's own books: what a customer has paid in and was not given back is in
 * the wallet, or has been spent on an order once. Answers with whom it does not hold for, as sentences; in minor units.
 */
export async function moneyAstray(all: ReadAll): Promise<string[]> {
  const [charges, payments, orders, deliveries, entries, wallets] = await Promise.all([
    all<Charge>('SandboxCharges'),
    all<Payment>('Payments'),
    all<Order>('Orders'),
    all<Delivery>('Deliveries'),
    all<LedgerEntry>('WalletLedger'),
    all<Wallet>('Wallets'),
  ]);
  const users = new Map(payments.map(({ paymentId, userId }) => [paymentId, userId]));
  const failures = new Map(deliveries.map(({ orderId, history }) => [orderId, history.at(-1)?.reason ?? '']));
  const isPaidFor = ({ orderId, status, payment }: Order) =>
    payment?.method !== 'COD' &&
    (LIVE.includes(status) || (status === 'CANCELLED' && CUSTOMERS_DOING.includes(failures.get(orderId) ?? '')));

  const sums = new Map<string, { paid: number; has: number }>();
  const of = (userId = 'nobody') => {
    const sum = sums.get(userId) ?? { paid: 0, has: 0 };
    sums.set(userId, sum);
    return sum;
  };
  for (const { paymentId, amount, outcome, refunded } of charges) {
    if (outcome === 'SUCCESS' && !refunded) of(users.get(paymentId)).paid += amount;
  }
  for (const { userId, type, amount } of entries) {
    if (type === 'ADJUSTMENT' || type === 'CREDIT') of(userId).paid += amount;
  }
  for (const { userId, balance } of wallets) of(userId).has += balance;
  for (const order of orders.filter(isPaidFor)) of(order.userId).has += order.amount;
  return [...sums].flatMap(([userId, { paid, has }]) =>
    paid === has ? [] : `${userId} has paid ${paid} and has ${has} to show for it`,
  );
}
