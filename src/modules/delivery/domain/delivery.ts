import type { DeliveryAssigned, DeliveryUpdated } from '../../../events/delivery.events';
import type { OrderCancelled, OrderDelivered, OrderDispatched } from '../../../events/order.events';
import { type Instant, latestSlotAt, MAX_SLOT_DAYS_AHEAD } from '../../../kernel/calendar';
import type { DeliveryId, OrderId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { Role } from '../../../kernel/roles';
import { ClientEventReused, IllegalDeliveryTransition, SlotNotAhead } from './delivery.errors';
import {
  canTransition,
  type DeliveryStatus,
  type FailureReason,
  isCustomerFault,
  isOpen,
  type ORDER_CANCELLED,
  ORDER_EFFECTS,
  type ReportedStatus,
} from './delivery.status';
import { deliveryIdOf } from './ids';
import type { DeliveryReport } from './report';

export interface DeliveryStatusChange {
  readonly status: DeliveryStatus;
  /** When it happened. By the clock of a phone, if `receivedAt` is present. */
  readonly at: Instant;
  /** When the report arrived. Present if the phone said when it happened. */
  readonly receivedAt?: Instant;
  /** The id that the phone gave the report. */
  readonly clientEventId?: string;
  readonly reason?: FailureReason | typeof ORDER_CANCELLED;
  readonly note?: string;
  /** The person who made the change. Absent if the program made it. */
  readonly by?: UserId;
}

/** Who looks at a delivery or reports on it. */
interface DeliveryCaller {
  readonly userId: UserId;
  readonly role: Role;
}

/** What a history line says besides the change itself. */
type ChangeOrigin = Pick<DeliveryStatusChange, 'at' | 'by'>;

/** The delivery of one order. */
export interface Delivery {
  readonly deliveryId: DeliveryId;
  readonly orderId: OrderId;
  readonly userId: UserId;
  readonly status: DeliveryStatus;
  /** Absent if no courier was active. */
  readonly courierId?: UserId;
  readonly deliverySlot: Instant;
  readonly address: string;
  /** The amount of the order, which never changes. A copy, so that events of the order need no read of it. */
  readonly amount: MinorUnits;
  readonly history: readonly DeliveryStatusChange[];
  readonly version: number;
  readonly createdAt: Instant;
}

/** The fields that a delivery copies from its order. */
type OrderSnapshot = Pick<Delivery, 'orderId' | 'userId' | 'deliverySlot' | 'address' | 'amount'>;

/** The fields that an admin may change: the courier while a delivery is open, the others while it is ASSIGNED. */
export type Assignment = Partial<Pick<Delivery, 'courierId' | 'deliverySlot' | 'address'>>;

/** A delivery after a report. */
export type ReportedDelivery = Delivery & { readonly status: ReportedStatus };

export function assign(
  { orderId, userId, deliverySlot, address, amount }: OrderSnapshot,
  chosen: Assignment,
  origin: ChangeOrigin,
): Delivery {
  return {
    deliveryId: deliveryIdOf(orderId),
    orderId,
    userId,
    status: 'ASSIGNED',
    courierId: chosen.courierId,
    deliverySlot: chosen.deliverySlot ?? deliverySlot,
    address: chosen.address ?? address,
    amount,
    history: [{ status: 'ASSIGNED', ...origin }],
    version: 1,
    createdAt: origin.at,
  };
}

/**
 * The delivery with another courier, slot or address. Keeps its status, so that a courier can hand it over on the way.
 * Returns the same object if nothing differs.
 */
export function reassign(delivery: Delivery, chosen: Assignment): Delivery {
  const { courierId = delivery.courierId, deliverySlot = delivery.deliverySlot, address = delivery.address } = chosen;
  const isSamePlan = deliverySlot === delivery.deliverySlot && address === delivery.address;
  if (!isOpen(delivery.status)) throw new IllegalDeliveryTransition(delivery.status, 'ASSIGNED');
  if (delivery.status !== 'ASSIGNED' && !isSamePlan) {
    throw new IllegalDeliveryTransition(delivery.status, 'ASSIGNED', 'Only its courier can still be changed.');
  }
  const isSame = isSamePlan && courierId === delivery.courierId;
  return isSame ? delivery : { ...delivery, courierId, deliverySlot, address, version: delivery.version + 1 };
}

export function assertSlotAhead(deliverySlot: Instant | undefined, now: Instant): void {
  if (deliverySlot === undefined) return;
  if (deliverySlot <= now || deliverySlot > latestSlotAt(now)) throw new SlotNotAhead(MAX_SLOT_DAYS_AHEAD);
}

/**
 * Whether the history of a delivery has this report, by its client event id. `delivery.client_event_reused` if the id
 * belongs to another report on the delivery.
 */
export function isApplied({ history }: Delivery, { clientEventId, status, reason }: DeliveryReport): boolean {
  const applied = clientEventId && history.find((change) => change.clientEventId === clientEventId);
  if (!applied) return false;
  if (applied.status !== status || applied.reason !== reason) throw new ClientEventReused(clientEventId);
  return true;
}

/** Whether the caller's report is in the history, even if the delivery is no longer theirs. */
export function isAppliedReportOf({ history }: Delivery, { clientEventId }: DeliveryReport, userId: UserId): boolean {
  const isOwn = (change: DeliveryStatusChange) => change.clientEventId === clientEventId && change.by === userId;
  return clientEventId !== undefined && history.some(isOwn);
}

/**
 * Whether a delivery already is as a report says. Couriers send twice when the reception is bad. A report that a phone kept
 * also says nothing new about a step that the delivery has passed.
 */
export function isDuplicateReport(delivery: Delivery, { status, reason, clientEventId }: DeliveryReport): boolean {
  if (status === 'ASSIGNED') return false;
  if (delivery.status === status) return failureReasonOf(delivery) === reason;
  return clientEventId !== undefined && reason === undefined && hasPassed(delivery, status);
}

function hasPassed({ history }: Delivery, status: DeliveryStatus): boolean {
  return history.some((change) => change.status === status);
}

export function applyReport(
  delivery: Delivery,
  { status, reason, note, at, clientEventId }: DeliveryReport,
  origin: ChangeOrigin,
): ReportedDelivery {
  if (!canTransition(delivery.status, status)) throw new IllegalDeliveryTransition(delivery.status, status);
  const entry = {
    status,
    ...origin,
    ...(at && { at, receivedAt: origin.at }),
    ...(clientEventId && { clientEventId }),
    ...(reason && { reason }),
    ...(note && { note }),
  };
  return { ...delivery, status, history: [...delivery.history, entry], version: delivery.version + 1 };
}

/** Whether a caller may report on a delivery: its courier or an admin, not its customer. */
export function mayReport({ courierId }: Delivery, { userId, role }: DeliveryCaller): boolean {
  return role === 'ADMIN' || (role === 'COURIER' && courierId === userId);
}

/** Whether a courier ordered the delivery. */
export function isOfOwnOrder(delivery: Delivery, { userId, role }: DeliveryCaller): boolean {
  return role === 'COURIER' && delivery.userId === userId;
}

/** Why a delivery failed. Undefined if it did not. */
export function failureReasonOf({ history }: Delivery): DeliveryStatusChange['reason'] {
  return history.at(-1)?.reason;
}

/** `previous` is the delivery before the change. Undefined if it is new. */
export function deliveryAssignedEvent(
  { deliveryId, orderId, userId, courierId, deliverySlot }: Delivery,
  previous: Delivery | undefined,
): DeliveryAssigned {
  const previousCourierId = previous?.courierId === courierId ? undefined : previous?.courierId;
  return { type: 'delivery.assigned', deliveryId, orderId, userId, courierId, previousCourierId, deliverySlot };
}

export function deliveryUpdatedEvent(delivery: ReportedDelivery): DeliveryUpdated {
  const { deliveryId, orderId, userId, courierId, status, deliverySlot, history } = delivery;
  const { at, receivedAt } = history.at(-1) ?? {};
  return {
    type: 'delivery.updated',
    deliveryId,
    orderId,
    userId,
    courierId,
    status,
    deliverySlot,
    reason: failureReasonOf(delivery),
    ...(receivedAt && { happenedAt: at }),
  };
}

/** The event of the order that a report causes. Undefined if the order keeps its status. */
export function orderEventOf(
  delivery: ReportedDelivery,
): OrderDispatched | OrderDelivered | OrderCancelled | undefined {
  const effect = ORDER_EFFECTS[delivery.status];
  if (!effect) return undefined;
  const { orderId, userId, amount } = delivery;
  const facts = { orderId, userId, amount };
  if (effect.eventType !== 'order.cancelled') return { type: effect.eventType, ...facts };
  const moneyBack = !isCustomerFault(failureReasonOf(delivery));
  return { type: effect.eventType, ...facts, reason: effect.reason, moneyBack };
}
