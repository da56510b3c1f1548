import type { Delivery } from '../../../src/modules/delivery';
import type { Order } from '../../../src/modules/order';
import type { Payment } from '../../../src/modules/payment';
import type { LedgerEntry, Wallet } from '../../../src/modules/wallet';

interface Charge {
  readonly paymentId: string;
  readonly amount: number;
  readonly outcome: string;
  readonly refunded: boolean;
  /** Set if the refund fails. */
  readonly refundFailsAt?: number;
}

/** Reads a whole table. */
export type ReadTable = <T extends object>(table: string) => Promise<T[]>;

const PAID_STATUSES = ['CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED'];
const CUSTOMER_FAULT_REASONS = ['CUSTOMER_UNAVAILABLE', 'ADDRESS_NOT_FOUND', 'REFUSED'];

/**
 * The money invariant, computed without the program's own reconciliation: everything a customer has paid, less refunds,
 * is in the wallet or was spent on one order. Returns the violations as sentences, in minor units.
 */
export async function moneyViolations(readTable: ReadTable): Promise<string[]> {
  const [charges, payments, orders, deliveries, entries, wallets] = await Promise.all([
    readTable<Charge>('SandboxCharges'),
    readTable<Payment>('Payments'),
    readTable<Order>('Orders'),
    readTable<Delivery>('Deliveries'),
    readTable<LedgerEntry>('WalletLedger'),
    readTable<Wallet>('Wallets'),
  ]);
  const users = new Map(payments.map(({ paymentId, userId }) => [paymentId, userId]));
  const failures = new Map(deliveries.map(({ orderId, history }) => [orderId, history.at(-1)?.reason ?? '']));
  const isPaidFor = ({ orderId, status, payment }: Order) =>
    payment?.method !== 'COD' &&
    (PAID_STATUSES.includes(status) ||
      (status === 'CANCELLED' && CUSTOMER_FAULT_REASONS.includes(failures.get(orderId) ?? '')));

  const totals = new Map<string, { paid: number; has: number }>();
  const totalsOf = (userId = 'unknown user') => {
    const sum = totals.get(userId) ?? { paid: 0, has: 0 };
    totals.set(userId, sum);
    return sum;
  };
  for (const { paymentId, amount, outcome, refunded, refundFailsAt } of charges) {
    const isRefunded = refunded && refundFailsAt === undefined;
    if (outcome === 'SUCCESS' && !isRefunded) totalsOf(users.get(paymentId)).paid += amount;
  }
  for (const { userId, type, amount } of entries) {
    if (type === 'ADJUSTMENT' || type === 'CREDIT') totalsOf(userId).paid += amount;
  }
  for (const { userId, balance } of wallets) totalsOf(userId).has += balance;
  for (const order of orders.filter(isPaidFor)) totalsOf(order.userId).has += order.amount;
  return [...totals].flatMap(([userId, { paid, has }]) =>
    paid === has ? [] : `${userId} has paid ${paid}, but wallet and orders sum to ${has}`,
  );
}
