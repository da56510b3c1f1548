import type { PaymentId } from '../../platform/ids';
import type { Minor } from '../../platform/money';
import type { GatewayMethod } from './payment';

export interface Charge {
  readonly paymentId: PaymentId;
  readonly amount: Minor;
  readonly method: GatewayMethod;
  /** Stands for the customer's card or account; made by the gateway's own form. */
  readonly token?: string;
}

/** How a charge stands at the gateway. */
export interface Verdict {
  readonly status: 'SUCCESS' | 'FAILED' | 'PENDING';
  readonly reason?: string;
}

/** A message of the gateway that has been verified. */
export interface Notice {
  readonly noticeId: string;
  readonly paymentId: PaymentId;
}

/**
 * Whoever moves the customer's money. All calls are idempotent by paymentId. A call may time out after it was done:
 * only `conclude` tells.
 */
export abstract class PaymentGateway {
  /** Refuses a token that cannot be charged, before anything is written (`request.invalid`). */
  abstract check(token: string | undefined): void;

  abstract charge(charge: Charge): Promise<Verdict>;

  /**
   * How a charge stands. One that the gateway has never heard of is closed there: a charge that comes after all is
   * answered FAILED. So 'not charged' is final, however long somebody was held up on the way to the gateway.
   */
  abstract conclude(charge: Pick<Charge, 'paymentId' | 'amount'>): Promise<Verdict>;

  /** Gives a successful charge back; a second time changes nothing. */
  abstract refund(paymentId: PaymentId, amount: Minor): Promise<void>;

  /** Verifies a webhook; `payment.webhook_refused` when it is not the gateway's, or too old. */
  abstract read(rawBody: Buffer, signature: string | undefined): Notice;
}
