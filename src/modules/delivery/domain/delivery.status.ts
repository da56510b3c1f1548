/** Clients know these words and this graph: they never change. */
export const DELIVERY_STATUSES = ['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'FAILED'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What a courier reports: everything but the beginning. */
export type ReportedStatus = Exclude<DeliveryStatus, 'ASSIGNED'>;

const NEXT = {
  ASSIGNED: ['PICKED_UP', 'FAILED'],
  PICKED_UP: ['IN_TRANSIT', 'FAILED'],
  IN_TRANSIT: ['DELIVERED', 'FAILED'],
  DELIVERED: [],
  FAILED: [],
} as const satisfies Record<DeliveryStatus, readonly DeliveryStatus[]>;

export function canTransition<T extends DeliveryStatus>(from: DeliveryStatus, to: T): to is T & ReportedStatus {
  return (NEXT[from] as readonly DeliveryStatus[]).includes(to);
}

/** The statuses that `to` may follow. */
export function predecessorsOf(to: DeliveryStatus): readonly DeliveryStatus[] {
  return DELIVERY_STATUSES.filter((from) => canTransition(from, to));
}

/** What a report changes in the order, in the same transaction: its status, and the event that announces it. */
export type OrderEffect =
  | { readonly orderStatus: 'DISPATCHED'; readonly eventType: 'order.dispatched'; readonly reason?: undefined }
  | { readonly orderStatus: 'DELIVERED'; readonly eventType: 'order.delivered'; readonly reason?: undefined }
  | { readonly orderStatus: 'CANCELLED'; readonly eventType: 'order.cancelled'; readonly reason: 'DELIVERY_FAILED' };

export const ORDER_EFFECTS: Readonly<Record<ReportedStatus, OrderEffect | undefined>> = {
  PICKED_UP: { orderStatus: 'DISPATCHED', eventType: 'order.dispatched' },
  // The order stays DISPATCHED.
  IN_TRANSIT: undefined,
  DELIVERED: { orderStatus: 'DELIVERED', eventType: 'order.delivered' },
  FAILED: { orderStatus: 'CANCELLED', eventType: 'order.cancelled', reason: 'DELIVERY_FAILED' },
};

/** Why a delivery failed, as its courier says. */
export const FAILURE_REASONS = [
  'CUSTOMER_UNAVAILABLE',
  'ADDRESS_NOT_FOUND',
  'REFUSED',
  'DAMAGED',
  'SPOILED',
  'VEHICLE',
  'OTHER',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

const CUSTOMER_FAULT_REASONS: readonly string[] = ['CUSTOMER_UNAVAILABLE', 'ADDRESS_NOT_FOUND', 'REFUSED'];

/** A delivery that failed by the customer's own doing is paid for all the same. */
export function isCustomerFault(reason: string | undefined): boolean {
  return reason !== undefined && CUSTOMER_FAULT_REASONS.includes(reason);
}

/** The reason of a delivery whose order was cancelled: nobody reports it. */
export const ORDER_CANCELLED = 'ORDER_CANCELLED';
