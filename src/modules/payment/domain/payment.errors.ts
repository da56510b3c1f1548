import type { OrderId, PaymentId } from '../../../kernel/ids';
import { type MinorUnits, toMajorUnits } from '../../../kernel/money';
import { Conflict, Invalid, NotFound, Unauthenticated } from '../../../platform/errors';

export class PaymentNotFound extends NotFound {
  static override readonly code = 'payment.not_found';
  constructor(paymentId: PaymentId) {
    super('There is no such payment among yours.', { paymentId });
  }
}

export class AmountMismatch extends Conflict {
  static override readonly code = 'payment.amount_mismatch';
  constructor(given: MinorUnits, actual: MinorUnits) {
    super(`The order comes to ${toMajorUnits(actual)}, not ${toMajorUnits(given)}: pay exactly that.`, {
      given: toMajorUnits(given),
      actual: toMajorUnits(actual),
    });
  }
}

export class AlreadyPaid extends Conflict {
  static override readonly code = 'payment.already_paid';
  constructor(orderId: OrderId) {
    super('This order is paid, or will be on delivery.', { orderId });
  }
}

export class PaymentInProgress extends Conflict {
  static override readonly code = 'payment.in_progress';
  constructor(orderId: OrderId, paymentId: PaymentId) {
    super('A payment of this order is under way: look at it, and pay again only if it fails.', { orderId, paymentId });
  }
}

export class OrderNotPayable extends Conflict {
  static override readonly code = 'payment.order_not_payable';
  constructor(orderId: OrderId) {
    super('This order is cancelled: place a new one.', { orderId });
  }
}

export class TokenRequired extends Invalid {
  static override readonly code = 'payment.token_required';
  constructor() {
    super('Send the paymentToken that the gateway’s form has given you.');
  }
}

export class WebhookRefused extends Unauthenticated {
  static override readonly code = 'payment.webhook_refused';
  constructor() {
    super('The signature is missing, wrong, or more than five minutes old.');
  }
}
