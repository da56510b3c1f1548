import { addMinutes, type Instant } from '../../../kernel/calendar';
import type { DeliveryId, OrderId, PaymentId, ProductId, SubscriptionId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import { newOrderId } from './ids';
import {
  EmptyOrder,
  ProductNotOnSale,
  QuantityOutOfRange,
  SlotTooFar,
  SlotTooSoon,
  TooManyLines,
  TotalMismatch,
} from './order.errors';
import type { OrderStatus } from './order.status';

export const MAX_LINES = 50;
export const MAX_QUANTITY = 1_000;
export const MAX_DAYS_AHEAD = 30;

export interface OrderLine {
  readonly productId: ProductId;
  readonly qty: number;
}

/** A line as it was sold: name and price stay, whatever the product becomes. */
export interface OrderItem extends OrderLine {
  readonly name: string;
  readonly price: MinorUnits;
  readonly lineTotal: MinorUnits;
  readonly unit?: string;
}

export interface StatusChange {
  readonly status: OrderStatus;
  readonly at: Instant;
  readonly reason?: string;
}

/** What an order says of its payment and its delivery; written with them, so that tracking is one read. */
export interface PaymentSummary {
  readonly paymentId: PaymentId;
  readonly method: string;
  readonly status: string;
}

export interface DeliverySummary {
  readonly deliveryId: DeliveryId;
  readonly status: string;
  readonly courierId?: UserId;
}

export interface Order {
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly status: OrderStatus;
  readonly items: readonly OrderItem[];
  readonly amount: MinorUnits;
  readonly deliverySlot: Instant;
  readonly address: string;
  readonly history: readonly StatusChange[];
  readonly createdAt: Instant;
  /** Until when it must be paid; gone once it is confirmed or cancelled. */
  readonly payBy?: Instant;
  readonly payment?: PaymentSummary;
  readonly delivery?: DeliverySummary;
  /** The subscription that has made it. */
  readonly subscriptionId?: SubscriptionId;
  /** What the subscription wanted and could not have. */
  readonly missing?: readonly OrderLine[];
  readonly version: number;
}

export interface OrderDraft {
  readonly userId: UserId;
  readonly lines: readonly OrderLine[];
  readonly deliverySlot: Instant;
  readonly address: string;
  /** What the customer expects to pay, when they say so. */
  readonly totalAmount?: MinorUnits;
}

export interface OrderRules {
  readonly leadMinutes: number;
  readonly paymentWindowMinutes: number;
}

interface ProductSnapshot {
  readonly name: string;
  readonly price: MinorUnits;
  readonly unit?: string;
  readonly active: boolean;
}

/** Makes an order of what is wanted, at the prices given; or says why it cannot be. */
export function placeOrder(
  { userId, lines, deliverySlot, address, totalAmount }: OrderDraft,
  products: ReadonlyMap<ProductId, ProductSnapshot>,
  { leadMinutes, paymentWindowMinutes }: OrderRules,
  now: Instant,
): Order {
  const combinedLines = sumEqualProducts(lines);
  if (combinedLines.length === 0) throw new EmptyOrder();
  if (combinedLines.length > MAX_LINES) throw new TooManyLines(MAX_LINES);
  if (deliverySlot < addMinutes(now, leadMinutes)) throw new SlotTooSoon(leadMinutes);
  if (deliverySlot > addMinutes(now, MAX_DAYS_AHEAD * 24 * 60)) throw new SlotTooFar(MAX_DAYS_AHEAD);

  const items = combinedLines.map((line) => priceLine(line, products));
  const amount = items.reduce((sum, { lineTotal }) => sum + lineTotal, 0);
  if (totalAmount !== undefined && totalAmount !== amount) throw new TotalMismatch(totalAmount, amount);
  return {
    orderId: newOrderId(),
    userId,
    status: 'CREATED',
    items,
    amount,
    deliverySlot,
    address,
    history: [{ status: 'CREATED', at: now }],
    createdAt: now,
    payBy: addMinutes(now, paymentWindowMinutes),
    version: 1,
  };
}

function priceLine({ productId, qty }: OrderLine, products: ReadonlyMap<ProductId, ProductSnapshot>): OrderItem {
  const product = products.get(productId);
  if (!product?.active) throw new ProductNotOnSale(productId);
  const { name, price, unit } = product;
  return { productId, name, qty, price, lineTotal: price * qty, unit };
}

/** Two lines of one product are one line. */
export function sumEqualProducts(lines: readonly OrderLine[]): OrderLine[] {
  const sums = new Map<ProductId, number>();
  for (const { productId, qty } of lines) sums.set(productId, (sums.get(productId) ?? 0) + qty);
  return [...sums].map(([productId, qty]) => {
    if (qty > MAX_QUANTITY) throw new QuantityOutOfRange(productId, MAX_QUANTITY);
    return { productId, qty };
  });
}
