import type { IncomingHttpHeaders } from 'node:http';
import type { PaymentId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import type { GatewayDispute } from './domain/dispute';
import type { GatewayMethod, GatewayPayment } from './domain/payment';
import type { GatewayRefund, RefundStatus } from './domain/refund';

/** What a gateway needs to find the charge of a payment. */
export type ChargeRef = Pick<GatewayPayment, 'paymentId' | 'amount' | 'method' | 'reference'>;

export interface ChargeRequest extends ChargeRef {
  /** Represents the customer's card or account; created by the gateway's form. */
  readonly token?: string;
}

/** The state of a charge at the gateway. */
export interface ChargeResult {
  readonly status: 'SUCCESS' | 'FAILED' | 'PENDING';
  /** Why it failed: a code in capitals, which the customer may see. */
  readonly reason?: string;
  /** The gateway's id of the charge. */
  readonly reference?: string;
  /** For the gateway's form, if the customer has to confirm the charge. */
  readonly clientSecret?: string;
}

/** A verified webhook. */
export interface WebhookEvent {
  readonly noticeId: string;
  /** The gateway's name of what happened. */
  readonly type?: string;
  /** Absent if the event does not concern one of our payments, or only names the gateway's id of it. */
  readonly paymentId?: PaymentId;
  /** The gateway's id of the charge, if the event does not name the payment. */
  readonly reference?: string;
  /** Whether it reports a refund or a dispute of a charge. Otherwise it reports the decision on a charge. */
  readonly isFollowUp?: boolean;
}

/** A successful charge, as the gateway has recorded it. */
export interface CapturedCharge {
  readonly paymentId: PaymentId;
  readonly amount: MinorUnits;
  /** The part of the amount that was refunded. Refunds that failed do not count. */
  readonly refunded: MinorUnits;
  /** Whether there is or was a dispute. */
  readonly isDisputed: boolean;
}

/** What happened to a charge after it succeeded. */
export interface ChargeFollowUp {
  readonly refunds: readonly GatewayRefund[];
  readonly disputes: readonly GatewayDispute[];
}

/** The gateway refuses to refund a charge while its cardholder disputes it, or because they have won. */
export class ChargeDisputed extends Error {}

/**
 * Moves the customer's money. All calls are idempotent by paymentId. A call may time out after it succeeded; then only
 * `resolve` gives the outcome.
 */
export abstract class PaymentGateway {
  /** Rejects a token that cannot be charged, before anything is written: `request.invalid`, `payment.token_required`. */
  abstract assertChargeable(token: string | undefined, method: GatewayMethod): void;

  /** Charges the customer, or returns FAILED without a charge. Throws if the outcome is unknown. */
  abstract charge(request: ChargeRequest): Promise<ChargeResult>;

  /**
   * Returns the state of a charge. A charge that the gateway does not know is closed there, so that a later attempt to
   * make it returns FAILED. So NOT_CHARGED is final, however late the call to `charge` reaches the gateway.
   */
  abstract resolve(ref: ChargeRef): Promise<ChargeResult>;

  /** Refunds a successful charge, and returns the status of the refund. Safe to repeat. Throws `ChargeDisputed`. */
  abstract refund(ref: ChargeRef): Promise<RefundStatus>;

  /** The refunds and disputes of a successful charge. Changes nothing. */
  abstract followUp(ref: ChargeRef): Promise<ChargeFollowUp>;

  /** The payment that a charge of the gateway belongs to; undefined if it is not one of ours. */
  abstract paymentIdOf(reference: string): Promise<PaymentId | undefined>;

  /** Verifies a webhook; `payment.webhook_refused` if it is not from the gateway, or too old. */
  abstract verifyWebhook(rawBody: Buffer, headers: IncomingHttpHeaders): WebhookEvent;

  /** All successful charges, read page by page. Changes nothing. */
  abstract capturedCharges(): AsyncIterable<CapturedCharge>;

  /** The successful charge of a payment; undefined if there is none. Changes nothing. */
  abstract capturedChargeOf(ref: ChargeRef): Promise<CapturedCharge | undefined>;
}
