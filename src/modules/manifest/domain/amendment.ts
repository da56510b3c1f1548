import type { Instant } from '../../../kernel/calendar';
import { hexDigestOf, type OrderId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { ManifestOrder, RemovalReason } from './manifest';

/** What a change of an order can concern. */
export const CHANGED_FIELDS = ['deliverySlot', 'address', 'customer', 'items', 'toCollect'] as const;
export type ChangedField = (typeof CHANGED_FIELDS)[number];

export const CHANGE_TYPES = ['ADDED', 'CHANGED', 'REMOVED'] as const;

/** How an order differs between two numbers of a manifest. */
export type ManifestChange = { readonly orderId: OrderId } & (
  | { readonly type: 'ADDED' }
  | { readonly type: 'CHANGED'; readonly fields: readonly ChangedField[] }
  | { readonly type: 'REMOVED'; readonly reason: RemovalReason }
);

/** What a number of a manifest changed in the one before. */
export interface Amendment {
  readonly number: number;
  readonly issuedAt: Instant;
  /** At most `MAX_CHANGES`. */
  readonly changes: readonly ManifestChange[];
  /** Number of further changes. */
  readonly omitted: number;
}

/** An order as a number of a manifest contains it. Address, customer and items are digests, so no personal data is stored. */
export interface PlannedOrder {
  readonly orderId: OrderId;
  readonly deliverySlot: Instant;
  readonly address: string;
  readonly customer: string;
  readonly items: string;
  readonly toCollect: MinorUnits;
}

/** The last number of a manifest. */
export interface IssuedManifest {
  readonly number: number;
  readonly issuedAt: Instant;
  readonly plan: readonly PlannedOrder[];
  /** Latest first, at most `MAX_AMENDMENTS`. */
  readonly amendments: readonly Amendment[];
}

/** Limits of a stored row. A courier with an older sheet, or with more changes, needs a new print. */
const MAX_AMENDMENTS = 10;
const MAX_CHANGES = 50;
const DIGEST_LENGTH = 12;

export function plannedOrderOf(order: ManifestOrder): PlannedOrder {
  const { orderId, deliverySlot, address, customer, items, toCollect } = order;
  return {
    orderId,
    deliverySlot,
    address: digestOf(address),
    customer: digestOf(customer.name, customer.phone),
    items: digestOf(...items.map(({ productId, name, unit, qty }) => [productId, name, unit, qty])),
    toCollect,
  };
}

/**
 * The number of a manifest with this plan: the last one if nothing changed, else the next one. Undefined for a manifest
 * that has no orders and never had any. `reasonOf` says why an order of the last number is missing.
 */
export function issue(
  last: IssuedManifest | undefined,
  plan: readonly PlannedOrder[],
  reasonOf: (orderId: OrderId) => RemovalReason,
  issuedAt: Instant,
): IssuedManifest | undefined {
  if (!last) return plan.length === 0 ? undefined : { number: 1, issuedAt, plan, amendments: [] };
  const changes = changesBetween(last.plan, plan, reasonOf);
  if (changes.length === 0) return last;
  const number = last.number + 1;
  const listed = changes.slice(0, MAX_CHANGES);
  const amendment = { number, issuedAt, changes: listed, omitted: changes.length - listed.length };
  return { number, issuedAt, plan, amendments: [amendment, ...last.amendments].slice(0, MAX_AMENDMENTS) };
}

/** The orders that a manifest names: those of its last number and those in its amendments. */
export function namedOrdersOf({ plan, amendments }: IssuedManifest): Set<OrderId> {
  const changed = amendments.flatMap(({ changes }) => changes);
  return new Set([...plan, ...changed].map(({ orderId }) => orderId));
}

function changesBetween(
  before: readonly PlannedOrder[],
  after: readonly PlannedOrder[],
  reasonOf: (orderId: OrderId) => RemovalReason,
): ManifestChange[] {
  const previous = new Map(before.map((order) => [order.orderId, order]));
  const current = new Set(after.map(({ orderId }) => orderId));
  const removed = before.filter(({ orderId }) => !current.has(orderId));
  return [
    ...removed.map(({ orderId }) => ({ orderId, type: 'REMOVED', reason: reasonOf(orderId) }) as const),
    ...after.flatMap((order) => changeOf(previous.get(order.orderId), order)),
  ];
}

function changeOf(before: PlannedOrder | undefined, after: PlannedOrder): ManifestChange[] {
  const { orderId } = after;
  if (!before) return [{ orderId, type: 'ADDED' }];
  const fields = CHANGED_FIELDS.filter((field) => before[field] !== after[field]);
  return fields.length === 0 ? [] : [{ orderId, type: 'CHANGED', fields }];
}

function digestOf(...parts: unknown[]): string {
  return hexDigestOf(JSON.stringify(parts), DIGEST_LENGTH);
}
