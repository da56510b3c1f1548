import type { IncomingHttpHeaders } from 'node:http';
import type { PaymentId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import type { GatewayMethod, GatewayPayment } from './domain/payment';

/** What a gateway must know of a payment to find it again. */
export type ChargeRef = Pick<GatewayPayment, 'paymentId' | 'amount' | 'method' | 'reference'>;

export interface ChargeRequest extends ChargeRef {
  /** Stands for the customer's card or account; made by the gateway's own form. */
  readonly token?: string;
}

/** How a charge stands at the gateway. */
export interface ChargeResult {
  readonly status: 'SUCCESS' | 'FAILED' | 'PENDING';
  /** Why it failed: one word in capitals, which the customer may see. */
  readonly reason?: string;
  /** The gateway's own id of the charge. */
  readonly reference?: string;
  /** For the gateway's form, while the charge waits for the customer. */
  readonly clientSecret?: string;
}

/** A message of the gateway that has been verified. */
export interface WebhookEvent {
  readonly noticeId: string;
  /** Absent when it is not about a payment of ours. */
  readonly paymentId?: PaymentId;
}

/** Money that was taken, as the gateway's own books have it. */
export interface CapturedCharge {
  readonly paymentId: PaymentId;
  readonly amount: MinorUnits;
  /** How much of it was given back. */
  readonly refunded: MinorUnits;
}

/**
 * Whoever moves the customer's money. All calls are idempotent by paymentId. A call may time out after it was done:
 * only `resolve` tells.
 */
export abstract class PaymentGateway {
  /** Refuses a token that cannot be charged, before anything is written: `request.invalid`, `payment.token_required`. */
  abstract assertChargeable(token: string | undefined, method: GatewayMethod): void;

  /** Takes the money, or fails without; throws when nobody can tell. */
  abstract charge(request: ChargeRequest): Promise<ChargeResult>;

  /**
   * How a charge stands. One that the gateway has never heard of is closed there: a charge that comes after all is
   * answered FAILED. So 'not charged' is final, however long somebody was held up on the way to the gateway.
   */
  abstract resolve(ref: ChargeRef): Promise<ChargeResult>;

  /** Gives a successful charge back; a second time changes nothing. */
  abstract refund(ref: ChargeRef): Promise<void>;

  /** Verifies a webhook; `payment.webhook_refused` when it is not the gateway's, or too old. */
  abstract verifyWebhook(rawBody: Buffer, headers: IncomingHttpHeaders): WebhookEvent;

  /** All money that was taken, read page by page; changes nothing. */
  abstract capturedCharges(): AsyncIterable<CapturedCharge>;

  /** The money that was taken for a payment; undefined when none was. Changes nothing. */
  abstract capturedChargeOf(ref: ChargeRef): Promise<CapturedCharge | undefined>;
}
