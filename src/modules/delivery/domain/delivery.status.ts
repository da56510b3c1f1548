/** Part of the API: neither the names nor the graph below may change. */
export const DELIVERY_STATUSES = ['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED', 'FAILED'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** The statuses that a courier can report. */
export type ReportedStatus = Exclude<DeliveryStatus, 'ASSIGNED'>;

/** Whether a delivery is still to be completed. */
export function isOpen(status: DeliveryStatus): boolean {
  return status !== 'DELIVERED' && status !== 'FAILED';
}

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

/**
 * Whether a report returns the goods of the order to stock: those that fail before a courier has picked them up never
 * left the dairy.
 */
export function returnsStock(from: DeliveryStatus, to: DeliveryStatus): boolean {
  return from === 'ASSIGNED' && to === 'FAILED';
}

/** The change of the order that a report causes in the same transaction: its new status and the event. */
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

/** The statuses of the order while its delivery is open. */
export function orderStatusesDuring(status: DeliveryStatus) {
  return status === 'ASSIGNED' ? (['CONFIRMED', 'PACKED'] as const) : (['DISPATCHED'] as const);
}

/** The reasons for a failure that a courier can report. */
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

/** Whether a delivery failed because of the customer. Its payment is not refunded. */
export function isCustomerFault(reason: string | undefined): boolean {
  return reason !== undefined && CUSTOMER_FAULT_REASONS.includes(reason);
}

/** The reason of a delivery whose order was cancelled. It cannot be reported. */
export const ORDER_CANCELLED = 'ORDER_CANCELLED';
