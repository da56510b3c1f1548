import type { SubscriptionId } from '../../../kernel/ids';

/** Part of the API: neither the names nor the graph below may change. */
export const ORDER_STATUSES = ['CREATED', 'CONFIRMED', 'PACKED', 'DISPATCHED', 'DELIVERED', 'CANCELLED'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

const NEXT = {
  CREATED: ['CONFIRMED', 'CANCELLED'],
  CONFIRMED: ['PACKED', 'CANCELLED'],
  PACKED: ['DISPATCHED', 'CANCELLED'],
  DISPATCHED: ['DELIVERED', 'CANCELLED'],
  DELIVERED: [],
  CANCELLED: [],
} as const satisfies Record<OrderStatus, readonly OrderStatus[]>;

export function canTransition(from: OrderStatus, to: OrderStatus): boolean {
  return (NEXT[from] as readonly OrderStatus[]).includes(to);
}

/** The statuses that `to` may follow. */
export function predecessorsOf(to: OrderStatus): readonly OrderStatus[] {
  return ORDER_STATUSES.filter((from) => canTransition(from, to));
}

/**
 * The statuses in which each canceller may cancel: customers until the order is packed, admins until it is dispatched.
 */
const CANCELLABLE = {
  CUSTOMER: ['CREATED', 'CONFIRMED'],
  ADMIN: ['CREATED', 'CONFIRMED', 'PACKED'],
  PAYMENT_WINDOW: ['CREATED'],
} as const satisfies Record<string, readonly OrderStatus[]>;

export type Canceller = keyof typeof CANCELLABLE;

interface Cancellable {
  readonly status: OrderStatus;
  readonly subscriptionId?: SubscriptionId;
}

/** Customers cannot cancel an order of a subscription. They could skip the date until its cutoff. */
export function canBeCancelled({ status, subscriptionId }: Cancellable, by: Canceller): boolean {
  if (by === 'CUSTOMER' && subscriptionId !== undefined) return false;
  return (CANCELLABLE[by] as readonly OrderStatus[]).includes(status);
}
