import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INSTANT, ORDER_ID, ORDER_NUMBER, PAYMENT_ID, VERSION } from '../../kernel/api-fields';
import { orderNumberOf } from '../../kernel/ids';
import { toMajorUnits } from '../../kernel/money';
import { ChoiceField, IdField, MoneyField, UserIdField } from '../../platform/http/fields';
import { type Dispute, DISPUTE_STATUSES, type DisputeStatus } from './domain/dispute';
import {
  type Payment,
  PAYMENT_METHODS,
  PAYMENT_PURPOSES,
  PAYMENT_STATUSES,
  type PaymentMethod,
  type PaymentPurpose,
  type PaymentStatus,
} from './domain/payment';
import { REFUND_STATUSES, REFUND_TARGETS, type RefundStatus, type RefundTarget } from './domain/refund';

export const PAYMENT_TOKEN = {
  optional: true,
  example: 'tok_ok',
  description:
    'Token from the form of the payment gateway, for CARD and UPI. Stripe: the id of a PaymentMethod (`pm_…`), required. ' +
    'Sandbox: `tok_ok` (default), `tok_declined`, `tok_pending_then_ok`, `tok_pending_then_fail`, ' +
    '`tok_timeout_but_charged`, `tok_timeout_not_charged`, `tok_slow`, `tok_refund_fails` (a refund is accepted and ' +
    'fails a second later) or `tok_disputed` (the cardholder disputes the charge a second later).',
};

export class PayRequest {
  @UserIdField()
  userId?: string;

  @IdField(ORDER_ID)
  orderId!: string;

  @MoneyField({
    min: 0,
    max: 100_000_000_000,
    example: 65,
    description: 'Amount, in major units. It must equal the amount of the order.',
  })
  amount!: number;

  @ChoiceField(PAYMENT_METHODS, { example: 'CARD', description: 'Method of the payment. COD: cash on delivery.' })
  paymentMethod!: PaymentMethod;

  @IdField(PAYMENT_TOKEN)
  paymentToken?: string;
}

export class WebhookResponse {
  @ApiProperty({ enum: [true], description: 'Confirmation, always `true`.' }) received!: true;
}

export class RefundResponse {
  @ApiProperty({
    enum: REFUND_STATUSES,
    example: 'SUCCEEDED',
    description:
      'Status of the refund at the gateway. FAILED: the card or account did not take it. A SUCCEEDED refund can still ' +
      'fail later.',
  })
  status!: RefundStatus;
  @ApiProperty({
    enum: REFUND_TARGETS,
    example: 'SOURCE',
    description:
      'Where the money goes. SOURCE: the card or account that paid. WALLET: a failed refund was credited to it.',
  })
  to!: RefundTarget;
  @ApiProperty({ example: 65, description: 'Refunded amount, in major units.' }) amount!: number;
}

export class DisputeResponse {
  @ApiProperty({ example: 'dp_1PgafmB7WZ01zgkW', description: 'Id of the dispute at the gateway.' }) disputeId!: string;
  @ApiProperty({
    enum: DISPUTE_STATUSES,
    example: 'OPEN',
    description: 'Status of the dispute. CLOSED: an inquiry that ended without a dispute.',
  })
  status!: DisputeStatus;
  @ApiProperty({ example: 65, description: 'Disputed amount, in major units.' }) amount!: number;
  @ApiProperty({ example: 65, description: 'Amount that the bank has taken from the dairy, in major units.' })
  withdrawn!: number;
  @ApiProperty({ example: 'fraudulent', description: 'Reason of the dispute, as the gateway names it.' })
  reason!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant at which the dispute was opened.' }) openedAt!: string;
  @ApiPropertyOptional({ ...INSTANT, description: 'Instant until which evidence can be sent to the gateway.' })
  respondBy?: string;
  @ApiPropertyOptional({ ...INSTANT, description: 'Instant at which the dispute was found closed.' }) closedAt?: string;

  static of(this: void, dispute: Dispute): DisputeResponse {
    const { disputeId, status, amount, withdrawn, reason, openedAt, respondBy, closedAt } = dispute;
    const amounts = { amount: toMajorUnits(amount), withdrawn: toMajorUnits(withdrawn) };
    return { disputeId, status, ...amounts, reason, openedAt, respondBy, closedAt };
  }
}

export class PaymentResponse {
  @ApiProperty(PAYMENT_ID) paymentId!: string;
  @ApiProperty({ enum: PAYMENT_PURPOSES, description: 'Purpose of the payment: an order or a wallet top-up.' })
  purpose!: PaymentPurpose;
  @ApiPropertyOptional({ ...ORDER_ID, description: 'Id of the order. Absent for a top-up.' }) orderId?: string;
  @ApiPropertyOptional({ ...ORDER_NUMBER, description: 'Order number. Absent for a top-up.' }) orderNumber?: string;
  @ApiProperty({ example: 65, description: 'Amount, in major units.' }) amount!: number;
  @ApiProperty({ enum: PAYMENT_METHODS, description: 'Method of the payment. COD: cash on delivery.' })
  method!: PaymentMethod;
  @ApiProperty({
    enum: PAYMENT_STATUSES,
    example: 'SUCCESS',
    description: 'Status of the payment. PENDING: the gateway has not decided, or the cash is not collected yet.',
  })
  status!: PaymentStatus;
  @ApiPropertyOptional({ description: 'Reason code of a failure, such as `DECLINED`.' }) reason?: string;
  @ApiPropertyOptional({
    description:
      'Secret for `stripe.handleNextAction`. Present if a PENDING Stripe payment needs the confirmation of the customer.',
  })
  clientSecret?: string;
  @ApiPropertyOptional({ type: RefundResponse, description: 'Refund of a payment by card or UPI, if there is one.' })
  refund?: RefundResponse;
  @ApiPropertyOptional({
    type: DisputeResponse,
    description: 'Latest dispute of the charge, if there is one. Only admins see it.',
  })
  dispute?: DisputeResponse;
  @ApiProperty({ ...INSTANT, description: 'Instant at which the payment was started.' }) createdAt!: string;
  @ApiProperty(VERSION) version!: number;

  static of(this: void, payment: Payment, showsDispute = false): PaymentResponse {
    const { paymentId, purpose = 'ORDER', orderId, amount, method, status, reason } = payment;
    const { clientSecret, refund, dispute, createdAt, version } = payment;
    return {
      paymentId,
      purpose,
      orderId,
      orderNumber: orderId && orderNumberOf(orderId),
      amount: toMajorUnits(amount),
      method,
      status,
      reason,
      clientSecret,
      refund: refund && { status: refund.status, to: refund.to, amount: toMajorUnits(refund.amount) },
      dispute: dispute && showsDispute ? DisputeResponse.of(dispute) : undefined,
      createdAt,
      version,
    };
  }
}
