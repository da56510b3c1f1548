import type { OrderId, PaymentId } from '../../../kernel/ids';
import { type MinorUnits, toMajorUnits } from '../../../kernel/money';
import type { CashAccount } from './cash-account';
import { Conflict, Invalid, NotFound, TooManyRequests, Unauthenticated } from '../../../platform/errors';

export class PaymentNotFound extends NotFound {
  static override readonly code = 'payment.not_found';
  constructor(paymentId: PaymentId) {
    super('Payment not found. The payment of an order is at GET /order/track.', { paymentId });
  }
}

export class AmountMismatch extends Conflict {
  static override readonly code = 'payment.amount_mismatch';
  constructor(given: MinorUnits, actual: MinorUnits) {
    super(`The order amounts to ${toMajorUnits(actual)}, not ${toMajorUnits(given)}. Pay exactly that amount.`, {
      given: toMajorUnits(given),
      actual: toMajorUnits(actual),
    });
  }
}

export class AlreadyPaid extends Conflict {
  static override readonly code = 'payment.already_paid';
  constructor(orderId: OrderId) {
    super('This order is already paid, or will be paid on delivery.', { orderId });
  }
}

export class PaymentInProgress extends Conflict {
  static override readonly code = 'payment.in_progress';
  constructor(orderId: OrderId, paymentId: PaymentId) {
    super(`A payment for this order is in progress. See GET /payment/${paymentId}, and pay again only if it fails.`, {
      orderId,
      paymentId,
    });
  }
}

export class OrderNotPayable extends Conflict {
  static override readonly code = 'payment.order_not_payable';
  constructor(orderId: OrderId) {
    super('This order is cancelled. Place a new one.', { orderId });
  }
}

export class TooManyFailedPayments extends TooManyRequests {
  static override readonly code = 'payment.too_many_failures';
  constructor(retryAfterSeconds: number, limit: number) {
    super(
      'Too many payments by card or UPI have failed. Try again after the number of seconds in Retry-After. An order can ' +
        'also be paid by WALLET or COD.',
      retryAfterSeconds,
      limit,
    );
  }
}

export class CashLimitReached extends Conflict {
  static override readonly code = 'payment.cod_limit';
  constructor(
    { openAmount, hasDelivery }: Pick<CashAccount, 'openAmount' | 'hasDelivery'>,
    limit: MinorUnits,
    maxPayments: number,
  ) {
    const since = hasDelivery ? '' : ' until your first delivery';
    super(
      `Cash on delivery is limited to ${toMajorUnits(limit)}${since}, and to ${maxPayments} orders that are not delivered ` +
        `yet. You already owe ${toMajorUnits(openAmount)}. Pay by CARD, UPI or WALLET.`,
      { limit: toMajorUnits(limit), open: toMajorUnits(openAmount) },
    );
  }
}

export class TokenRequired extends Invalid {
  static override readonly code = 'payment.token_required';
  constructor() {
    super('No payment token. Send the `paymentToken` from the form of the payment gateway.');
  }
}

export class WebhookRefused extends Unauthenticated {
  static override readonly code = 'payment.webhook_refused';
  constructor() {
    super('The signature of the webhook is missing, wrong, or more than five minutes old.');
  }
}
