import { addMinutes, type Instant, latestSlotAt, MAX_SLOT_DAYS_AHEAD } from '../../../kernel/calendar';
import type { DeliveryId, OrderId, PaymentId, SubscriptionId, UserId } from '../../../kernel/ids';
import { type Line, MAX_LINES, MAX_QUANTITY, sumEqualProducts } from '../../../kernel/lines';
import type { MinorUnits } from '../../../kernel/money';
import {
  type PricedLine,
  type PricedProduct,
  priceLine,
  type PriceList,
  productOnSale,
  type RequestedLine,
  totalOf,
} from '../../../kernel/pricing';
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

export interface StatusChange {
  readonly status: OrderStatus;
  readonly at: Instant;
  readonly reason?: string;
  /** The person who made the change. Absent if the program made it. */
  readonly by?: UserId;
}

/** Copies of fields of the payment and the delivery, written together with them, so that tracking takes one read. */
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
  readonly items: readonly PricedLine[];
  readonly amount: MinorUnits;
  readonly deliverySlot: Instant;
  readonly address: string;
  readonly history: readonly StatusChange[];
  readonly createdAt: Instant;
  /** Deadline for the payment. Absent once the order is confirmed or cancelled. */
  readonly payBy?: Instant;
  readonly payment?: PaymentSummary;
  readonly delivery?: DeliverySummary;
  /** The subscription that the order was generated from. */
  readonly subscriptionId?: SubscriptionId;
  /** Lines of the subscription that could not be supplied. */
  readonly missing?: readonly RequestedLine[];
  /** What lines cost that were added after the order was confirmed. Part of `amount`, and charged separately. */
  readonly addedAmount?: MinorUnits;
  readonly version: number;
}

export interface OrderDraft {
  readonly userId: UserId;
  readonly lines: readonly Line[];
  readonly deliverySlot: Instant;
  readonly address: string;
  /** The total that the client showed to the customer, if it sent one. */
  readonly totalAmount?: MinorUnits;
  /** The person who places the order: the customer or an admin. */
  readonly by?: UserId;
}

export interface OrderRules {
  readonly leadMinutes: number;
  readonly paymentWindowMinutes: number;
}

/**
 * An order for the lines of a draft, at the prices given. Throws `QuantityOutOfRange`, `EmptyOrder`, `TooManyLines`,
 * `SlotTooSoon`, `SlotTooFar`, `ProductNotOnSale` or `TotalMismatch`.
 */
export function placeOrder(
  { userId, lines, deliverySlot, address, totalAmount, by }: OrderDraft,
  products: PriceList,
  { leadMinutes, paymentWindowMinutes }: OrderRules,
  now: Instant,
): Order {
  const combinedLines = sumEqualProducts(lines);
  const excessive = combinedLines.find(({ qty }) => qty > MAX_QUANTITY);
  if (excessive) throw new QuantityOutOfRange(excessive.productId, MAX_QUANTITY);
  if (combinedLines.length === 0) throw new EmptyOrder();
  if (combinedLines.length > MAX_LINES) throw new TooManyLines(MAX_LINES);
  if (deliverySlot < addMinutes(now, leadMinutes)) throw new SlotTooSoon(leadMinutes);
  if (deliverySlot > latestSlotAt(now)) throw new SlotTooFar(MAX_SLOT_DAYS_AHEAD);

  const items = combinedLines.map((line) => priceLine(line, requireOnSale(line, products)));
  const amount = totalOf(items);
  if (totalAmount !== undefined && totalAmount !== amount) throw new TotalMismatch(totalAmount, amount);
  return {
    orderId: newOrderId(),
    userId,
    status: 'CREATED',
    items,
    amount,
    deliverySlot,
    address,
    history: [{ status: 'CREATED', at: now, ...(by && { by }) }],
    createdAt: now,
    payBy: addMinutes(now, paymentWindowMinutes),
    version: 1,
  };
}

function requireOnSale({ productId }: Line, products: PriceList): PricedProduct {
  const product = productOnSale(productId, products);
  if (!product) throw new ProductNotOnSale(productId);
  return product;
}
