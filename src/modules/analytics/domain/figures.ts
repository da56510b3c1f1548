import { addMinutes, type Instant, parseInstant } from '../../../kernel/calendar';
import { isId, type ProductId, type UserId } from '../../../kernel/ids';
import type { AnalyticsEvent } from './analytics-event';
import { MalformedAnalyticsEvent } from './analytics.errors';

/** The figures of a day; money in minor units. Stored under these names. */
export const FIGURES = [
  'orders',
  'revenue',
  'cancelled',
  'refunded',
  'delivered',
  'failed',
  'units',
  'refunds',
  'newCustomers',
  'activeCustomers',
  'subscriptionsStarted',
  'subscriptionsPaused',
  'subscriptionsEnded',
  'onTime',
  'late',
  'walletChange',
] as const;
export type Figure = (typeof FIGURES)[number];

const FAILURE = 'failed_';
const OTHER_REASON = 'OTHER';

/** Numbers by their names: figures, and `failed_<reason>` for each reason of a failed delivery. */
export type Sums = Readonly<Record<string, number>>;

/** What an event adds to its day. */
export interface Contribution {
  readonly figures: Sums;
  /** Units by product. */
  readonly products: ReadonlyMap<ProductId, number>;
  /** The customer of a new order. They count as active once per day. */
  readonly customer?: UserId;
}

const NOTHING: Contribution = { figures: {}, products: new Map() };

/** Whether an event adds something. Most types are only logged. */
export function isCounted({ figures, products, customer }: Contribution): boolean {
  return Object.keys(figures).length > 0 || products.size > 0 || customer !== undefined;
}

/** What an event adds to its day. `MalformedAnalyticsEvent` if the figures that its type needs are invalid. */
export function contributionOf(event: AnalyticsEvent, deliveryWindowMinutes: number): Contribution {
  switch (event.eventType) {
    case 'ORDER_PLACED':
      return { ...withUnits(event, { orders: 1 }), ...(isId(event.userId) && { customer: event.userId }) };
    case 'ORDER_LINES_ADDED':
      return withUnits(event, {});
    case 'ORDER_CANCELLED':
      return only({ cancelled: 1 });
    case 'PAYMENT_SUCCEEDED':
      return only({ revenue: amountOf(event), walletChange: isWalletPayment(event) ? -amountOf(event) : 0 });
    case 'PAYMENT_REFUNDED':
      return only({
        revenue: -amountOf(event),
        refunded: amountOf(event),
        refunds: 1,
        walletChange: isWalletPayment(event) ? amountOf(event) : 0,
      });
    case 'PAYMENT_REFUND_FAILED':
      return only({ walletChange: amountOf(event, 'credited') });
    case 'WALLET_TOPPED_UP':
    case 'WALLET_ADJUSTED':
      return only({ walletChange: amountOf(event) });
    case 'DELIVERY_UPDATED':
      return only(deliveryFigures(event, deliveryWindowMinutes));
    case 'USER_REGISTERED':
      return only({ newCustomers: 1 });
    case 'USER_ROLE_CHANGED':
      // A new courier or admin has registered too, but is no customer.
      return only({ newCustomers: event.previousRole === undefined ? -1 : 0 });
    case 'SUBSCRIPTION_CREATED':
      return only({ subscriptionsStarted: 1 });
    case 'SUBSCRIPTION_PAUSED':
      return only({ subscriptionsPaused: 1 });
    case 'SUBSCRIPTION_CANCELLED':
      return only({ subscriptionsEnded: 1 });
    default:
      return NOTHING;
  }
}

/** The reasons among the names of sums, with their numbers. */
export function failureReasonsOf(sums: Sums): Sums {
  return Object.fromEntries(
    Object.entries(sums).flatMap(([name, count]) =>
      name.startsWith(FAILURE) ? [[name.slice(FAILURE.length), count]] : [],
    ),
  );
}

export function addTo(totals: Map<string, number>, sums: Iterable<readonly [string, number]>): void {
  for (const [name, value] of sums) totals.set(name, (totals.get(name) ?? 0) + value);
}

/** Leaves out zeros, so that they are not written. */
function only(figures: Sums): Contribution {
  return { ...NOTHING, figures: Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0)) };
}

function withUnits(event: AnalyticsEvent, figures: Sums): Contribution {
  const products = unitsOf(event);
  const units = [...products.values()].reduce((sum, qty) => sum + qty, 0);
  return { ...only({ ...figures, units }), products };
}

/** Events of earlier versions do not name the lines of an order that was placed. */
function unitsOf({ items = [] }: AnalyticsEvent): Map<ProductId, number> {
  const units = new Map<ProductId, number>();
  if (!Array.isArray(items)) throw new MalformedAnalyticsEvent('items');
  for (const line of items as unknown[]) {
    const { productId, qty } = (line ?? {}) as Record<string, unknown>;
    if (!isId(productId) || !Number.isSafeInteger(qty)) throw new MalformedAnalyticsEvent('items');
    units.set(productId, (units.get(productId) ?? 0) + (qty as number));
  }
  return units;
}

/** A delivery that ends because its order was cancelled has not failed: the order counts as cancelled. */
function deliveryFigures(event: AnalyticsEvent, windowMinutes: number): Sums {
  const { status, reason, deliverySlot, happenedAt, timestamp } = event;
  if (status === 'DELIVERED') {
    const slot = parseInstant(deliverySlot);
    // A phone that was offline reports later.
    const deliveredAt = parseInstant(happenedAt) ?? timestamp;
    return { delivered: 1, ...(slot && { [isLate(slot, deliveredAt, windowMinutes) ? 'late' : 'onTime']: 1 }) };
  }
  if (status !== 'FAILED' || reason === 'ORDER_CANCELLED') return {};
  const isKnown = typeof reason === 'string' && /^[A-Z][A-Z_]{0,39}$/.test(reason);
  return { failed: 1, [FAILURE + (isKnown ? reason : OTHER_REASON)]: 1 };
}

function isLate(slot: Instant, deliveredAt: Instant, windowMinutes: number): boolean {
  return (parseInstant(deliveredAt) ?? deliveredAt) > addMinutes(slot, windowMinutes);
}

function isWalletPayment({ method }: AnalyticsEvent): boolean {
  return method === 'WALLET';
}

function amountOf(event: AnalyticsEvent, field: 'amount' | 'credited' = 'amount'): number {
  const amount = event[field];
  if (!Number.isSafeInteger(amount)) throw new MalformedAnalyticsEvent(field);
  return amount as number;
}
