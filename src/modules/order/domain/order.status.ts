import type { SubscriptionId } from '../../../kernel/ids';

/** Clients know these words and this graph: they never change. */
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

/** Who is cancelling decides until when: customers until it is packed, admins until it leaves. */
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

/** What a subscription has ordered is closed to its customer: it could be changed until its cutoff. */
export function canBeCancelled({ status, subscriptionId }: Cancellable, by: Canceller): boolean {
  if (by === 'CUSTOMER' && subscriptionId !== undefined) return false;
  return (CANCELLABLE[by] as readonly OrderStatus[]).includes(status);
}
