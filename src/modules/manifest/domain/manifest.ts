import type { Calendar, Instant, LocalDate } from '../../../kernel/calendar';
import type { DeliveryId, OrderId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { PricedLine } from '../../../kernel/pricing';
import type { Delivery, DeliveryStatus } from '../../delivery';
import type { Order } from '../../order';
import type { Contact } from '../../user';

/** Absent fields are unknown: the customer has no phone, or their account is gone. */
export type ManifestCustomer = Partial<Pick<Contact, 'name' | 'phone'>>;

export type ManifestLine = Pick<PricedLine, 'productId' | 'name' | 'unit' | 'qty'>;

/** An order on a manifest. */
export interface ManifestOrder {
  readonly orderId: OrderId;
  readonly deliveryId: DeliveryId;
  readonly userId: UserId;
  readonly customer: ManifestCustomer;
  readonly deliverySlot: Instant;
  readonly address: string;
  readonly items: readonly ManifestLine[];
  /** Cash to collect at the door. It stays the same once it is collected. */
  readonly toCollect: MinorUnits;
  readonly status: DeliveryStatus;
  /** Whether the dairy has packed it, so that a courier can pick it up. */
  readonly isPacked: boolean;
}

/** What a courier brings to one door at one time. */
export interface Stop {
  /** From 1. */
  readonly sequence: number;
  readonly userId: UserId;
  readonly customer: ManifestCustomer;
  readonly deliverySlot: Instant;
  readonly address: string;
  readonly orders: readonly ManifestOrder[];
  readonly toCollect: MinorUnits;
}

/** Why an order is no longer on a manifest. */
export const REMOVAL_REASONS = ['CANCELLED', 'REASSIGNED', 'RESCHEDULED'] as const;
export type RemovalReason = (typeof REMOVAL_REASONS)[number];

/** Which manifest. */
export interface ManifestKey {
  readonly courierId: UserId;
  readonly date: LocalDate;
}

/**
 * Why a delivery is not on a manifest; undefined if it is. A delivery that failed after its courier had picked it up
 * stays, because it was loaded.
 */
export function removalReasonOf(
  { courierId, deliverySlot, status, history }: Delivery,
  manifest: ManifestKey,
  calendar: Calendar,
): RemovalReason | undefined {
  if (courierId !== manifest.courierId) return 'REASSIGNED';
  if (calendar.dateOf(deliverySlot) !== manifest.date) return 'RESCHEDULED';
  const wasPickedUp = history.some((change) => change.status === 'PICKED_UP');
  return status === 'FAILED' && !wasPickedUp ? 'CANCELLED' : undefined;
}

export function manifestOrderOf(
  { deliveryId, deliverySlot, address, status }: Delivery,
  { orderId, userId, items, payment, amount, status: orderStatus }: Order,
  contact: Contact | undefined,
): ManifestOrder {
  return {
    orderId,
    deliveryId,
    userId,
    customer: { name: contact?.name, phone: contact?.phone },
    deliverySlot,
    address,
    items: items.map(({ productId, name, unit, qty }) => ({ productId, name, unit, qty })),
    toCollect: payment?.method === 'COD' ? amount : 0,
    status,
    isPacked: orderStatus !== 'CONFIRMED',
  };
}

/** The stops of a round: by time, then by address. Orders of a customer for one time and address are one stop. */
export function stopsOf(orders: readonly ManifestOrder[]): Stop[] {
  const stops: ManifestOrder[][] = [];
  for (const order of [...orders].sort(byTimeAndAddress)) {
    const last = stops.at(-1);
    if (last?.[0] && isSameDoor(last[0], order)) last.push(order);
    else stops.push([order]);
  }
  return stops.map((atDoor, index) => stopOf(atDoor, index + 1));
}

/** The units of each product on a manifest, by name. A product whose unit has changed since has a line for each unit. */
export function loadOf(orders: readonly ManifestOrder[]): ManifestLine[] {
  const byProduct = new Map<string, ManifestLine>();
  for (const line of orders.flatMap(({ items }) => items)) {
    const key = JSON.stringify([line.productId, line.unit]);
    const { qty = 0 } = byProduct.get(key) ?? {};
    byProduct.set(key, { ...line, qty: qty + line.qty });
  }
  return [...byProduct.values()].sort((a, b) => inOrder(a.name, b.name) || inOrder(a.productId, b.productId));
}

/** Nothing is collected for a delivery that failed. */
export function cashOf(orders: readonly Pick<ManifestOrder, 'toCollect' | 'status'>[]): MinorUnits {
  return orders.reduce((sum, { toCollect, status }) => sum + (status === 'FAILED' ? 0 : toCollect), 0);
}

function stopOf(orders: readonly ManifestOrder[], sequence: number): Stop {
  const [{ userId, customer, deliverySlot, address }] = orders as [ManifestOrder];
  return { sequence, userId, customer, deliverySlot, address, orders, toCollect: cashOf(orders) };
}

function isSameDoor(one: ManifestOrder, other: ManifestOrder): boolean {
  const isSameTime = one.deliverySlot === other.deliverySlot;
  return isSameTime && one.userId === other.userId && one.address === other.address;
}

function byTimeAndAddress(a: ManifestOrder, b: ManifestOrder): number {
  return (
    compare(a.deliverySlot, b.deliverySlot) ||
    inOrder(a.address, b.address) ||
    compare(a.userId, b.userId) ||
    compare(a.orderId, b.orderId)
  );
}

/** Numbers by value, so that house 9 comes before house 10. */
const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Texts that the collator does not tell apart are still in a fixed order. */
function inOrder(a: string, b: string): number {
  return COLLATOR.compare(a, b) || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
