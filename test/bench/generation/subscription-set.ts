import { DEMO_CATEGORIES } from '../../../src/cli/demo-dairy';
import { addDays, type LocalDate } from '../../../src/kernel/calendar';
import { type SubscriptionId, type UserId } from '../../../src/kernel/ids';
import { fromMajorUnits } from '../../../src/kernel/money';
import { subscriptionIdPrefixOf, subscriptionPartitionOf } from '../../../src/modules/subscription/domain/ids';
import type { PaymentMethod, Subscription } from '../../../src/modules/subscription/domain/subscription';

/** The payment method of all customers; MIXED alternates. */
export type PaymentMix = PaymentMethod | 'MIXED';

/** Daily subscriptions of three items, one per customer, numbered from `first`. */
export interface SubscriptionSet {
  readonly first: number;
  readonly count: number;
  readonly payment: PaymentMix;
  /** The first delivery date. */
  readonly from: LocalDate;
}

export const SLOT = '06:30';
export const ADDRESS = 'Flat 4, Gokul Apartments, 12 Dairy Lane, Kothrud, Pune 411038';
const CREATED_AT = '2026-01-01T04:30:00Z';
const ITEMS_PER_SUBSCRIPTION = 3;
/** Enough to pay every order without a low-balance warning. */
const WALLET_BALANCE = 100_000_00;
const AMPLE_STOCK = 1_000_000_000;

/** The products of the demo dairy with ample stock, as stored. */
export const PRODUCTS = DEMO_CATEGORIES.flatMap(({ category, taxRate, products }) =>
  products.map((product) => ({
    ...product,
    category,
    taxRate,
    price: fromMajorUnits(product.price),
    stock: AMPLE_STOCK,
    active: true,
    listing: '0',
    version: 1,
    createdAt: CREATED_AT,
  })),
);

export function userIdOf(number: number): UserId {
  return `U${paddedNumber(number)}`;
}

export function subscriptionIdOf(number: number): SubscriptionId {
  return subscriptionIdPrefixOf(userIdOf(number)) + paddedNumber(number);
}

export function paymentOf(number: number, payment: PaymentMix): PaymentMethod {
  if (payment !== 'MIXED') return payment;
  return number % 2 === 0 ? 'WALLET' : 'COD';
}

/** The daily items of a customer: products and quantities. */
export function linesOf(number: number) {
  return Array.from({ length: ITEMS_PER_SUBSCRIPTION }, (_, index) => ({
    product: PRODUCTS[(number * ITEMS_PER_SUBSCRIPTION + index) % PRODUCTS.length] as (typeof PRODUCTS)[number],
    qty: 1 + (number % 2),
  }));
}

/** A subscription as stored. */
export function subscriptionOf(number: number, { payment, from }: SubscriptionSet): Subscription & { shard: string } {
  const subscriptionId = subscriptionIdOf(number);
  return {
    shard: subscriptionPartitionOf(subscriptionId),
    subscriptionId,
    userId: userIdOf(number),
    startDate: from,
    terms: [
      {
        from,
        anchor: from,
        frequency: 'DAILY',
        items: linesOf(number).map(({ product: { productId }, qty }) => ({ productId, qty })),
        deliverySlot: SLOT,
        address: ADDRESS,
        paymentMethod: paymentOf(number, payment),
      },
    ],
    pauses: [],
    exceptions: [],
    generatedThrough: addDays(from, -1),
    createdAt: CREATED_AT,
    version: 1,
  };
}

/** A wallet as stored. */
export function walletOf(number: number) {
  const lowBalanceThreshold = 100_00;
  const spare = WALLET_BALANCE - lowBalanceThreshold;
  return { userId: userIdOf(number), balance: WALLET_BALANCE, lowBalanceThreshold, spare, version: 1 };
}

/** As long as the random part of a generated id. */
function paddedNumber(number: number): string {
  return String(number).padStart(26, '0');
}
