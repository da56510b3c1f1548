import type { Instant } from '../../../kernel/calendar';
import type { DeliveryId, OrderId, UserId } from '../../../kernel/ids';
import { Busy, Conflict, Forbidden, Invalid, NotFound, TooManyRequests } from '../../../platform/errors';
import type { DeliveryStatus } from './delivery.status';

export class DeliveryNotFound extends NotFound {
  static override readonly code = 'delivery.not_found';
  constructor(deliveryId: DeliveryId) {
    super('Delivery not found. Couriers find their deliveries at GET /delivery/list.', { deliveryId });
  }
}

export class CourierNotFound extends NotFound {
  static override readonly code = 'delivery.courier_not_found';
  constructor(courierId: UserId) {
    const message = `${courierId} is not an active courier. See GET /admin/users?role=COURIER.`;
    super(message, { courierId, errors: [{ field: 'courierId', message }] });
  }
}

export class OrderNotConfirmed extends Conflict {
  static override readonly code = 'delivery.order_not_confirmed';
  constructor(orderId: OrderId, status: string) {
    super(`The order is ${status}. Only CONFIRMED and PACKED orders can be assigned.`, {
      orderId,
      orderStatus: status,
    });
  }
}

export class OrderNotPacked extends Conflict {
  static override readonly code = 'delivery.order_not_packed';
  constructor(orderId: OrderId) {
    super('The order is not packed yet. An admin must pack it first: PATCH /admin/order/status.', { orderId });
  }
}

/** A courier who ordered the delivery could have it refunded, or report as paid in cash what was not. */
export class OwnDelivery extends Forbidden {
  static override readonly code = 'delivery.own_order';
  constructor() {
    super('This is your own order. Ask an admin to report whether it was delivered.');
  }
}

export class IllegalDeliveryTransition extends Conflict {
  static override readonly code = 'delivery.illegal_transition';
  constructor(from: DeliveryStatus, to: DeliveryStatus, hint?: string) {
    super(`The delivery is ${from} and cannot become ${to}.${hint === undefined ? '' : ` ${hint}`}`, { from, to });
  }
}

export class SlotNotAhead extends Invalid {
  static override readonly code = 'delivery.slot_not_ahead';
  constructor(days: number) {
    const message = `deliverySlot must be in the future, at most ${days} days ahead.`;
    super(message, { errors: [{ field: 'deliverySlot', message }] });
  }
}

export class NotYourDeliveries extends Forbidden {
  static override readonly code = 'auth.not_owner';
  constructor() {
    super('courierId names another courier. Leave it out, or send your own id.');
  }
}

export class ReportFromFuture extends Invalid {
  static override readonly code = 'delivery.report_from_future';
  constructor(at: Instant, now: Instant) {
    const message = `at is ${at}, but it is only ${now}. Correct the clock of the phone.`;
    super(message, { errors: [{ field: 'at', message }] });
  }
}

export class ReportTooOld extends Invalid {
  static override readonly code = 'delivery.report_too_old';
  constructor(at: Instant, days: number) {
    const message = `at is ${at}, more than ${days} days ago. Ask an admin to report how the delivery ended.`;
    super(message, { errors: [{ field: 'at', message }] });
  }
}

/** The phone gave two reports the same id, so one of them would be lost. */
export class ClientEventReused extends Conflict {
  static override readonly code = 'delivery.client_event_reused';
  constructor(clientEventId: string) {
    super('Another report on this delivery had this clientEventId. Give each report its own id.', { clientEventId });
  }
}

/** Whether goods have left the dairy decides if a failure returns the stock, and a refused report leaves that open. */
export class EarlierReportRefused extends Conflict {
  static override readonly code = 'delivery.earlier_report_refused';
  constructor() {
    super('An earlier report on this delivery was refused. Ask an admin to report how the delivery ended.');
  }
}

export class TooManyPolls extends TooManyRequests {
  static override readonly code = 'delivery.too_many_polls';
  constructor(limit: number, retryAfterSeconds: number) {
    super(
      `You are waiting for ${limit} deliveries already. End one of these requests, or leave out \`wait\`.`,
      retryAfterSeconds,
      limit,
    );
  }
}

/** As many clients wait at this task as it may serve. */
export class PollsBusy extends Busy {
  static override readonly code = 'delivery.polls_busy';
  override readonly retryAfterSeconds = 5;
  constructor() {
    super('Too many clients wait for deliveries at the moment. Try again later, or leave out `wait`.');
  }
}

/** The delivery, or the usual courier of its customer, has changed since it was read. Read it again and retry. */
export class DeliveryChanged extends Error {}
