import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INSTANT, ORDER_ID, ORDER_NUMBER, PAYMENT_ID, VERSION } from '../../kernel/api-fields';
import { orderNumberOf } from '../../kernel/ids';
import { toMajorUnits } from '../../kernel/money';
import { ChoiceField, IdField, MoneyField, UserIdField } from '../../platform/http/fields';
import {
  type Payment,
  PAYMENT_METHODS,
  PAYMENT_PURPOSES,
  PAYMENT_STATUSES,
  type PaymentMethod,
  type PaymentPurpose,
  type PaymentStatus,
} from './domain/payment';

export const PAYMENT_TOKEN = {
  optional: true,
  example: 'tok_ok',
  description:
    'Token from the form of the payment gateway, for CARD and UPI. Stripe: the id of a PaymentMethod (`pm_…`), required. ' +
    'Sandbox: `tok_ok` (default), `tok_declined`, `tok_pending_then_ok`, `tok_pending_then_fail`, ' +
    '`tok_timeout_but_charged`, `tok_timeout_not_charged` or `tok_slow`.',
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
  @ApiProperty({ ...INSTANT, description: 'Instant at which the payment was started.' }) createdAt!: string;
  @ApiProperty(VERSION) version!: number;

  static of(this: void, payment: Payment): PaymentResponse {
    const { paymentId, purpose = 'ORDER', orderId, amount, method, status, reason } = payment;
    const { clientSecret, createdAt, version } = payment;
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
      createdAt,
      version,
    };
  }
}
