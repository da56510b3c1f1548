import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
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
    'From the gateway’s form. The sandbox knows tok_ok (also when none is given), tok_declined, ' +
    'tok_pending_then_ok, tok_pending_then_fail, tok_timeout_but_charged, tok_timeout_not_charged, tok_slow. ' +
    'Stripe wants the id of a PaymentMethod (`pm_…`).',
};

export class PayRequest {
  @UserIdField()
  userId?: string;

  @IdField({ example: 'O01K9Z' })
  orderId!: string;

  @MoneyField({ min: 0, max: 100_000_000_000, example: 65, description: 'Exactly what the order comes to.' })
  amount!: number;

  @ChoiceField(PAYMENT_METHODS, { example: 'CARD' })
  paymentMethod!: PaymentMethod;

  @IdField(PAYMENT_TOKEN)
  paymentToken?: string;
}

export class WebhookResponse {
  @ApiProperty({ enum: [true] }) received!: true;
}

export class PaymentResponse {
  @ApiProperty({ example: 'PAY01K9Z' }) paymentId!: string;
  @ApiProperty({ enum: PAYMENT_PURPOSES }) purpose!: PaymentPurpose;
  @ApiPropertyOptional({ example: 'O01K9Z', description: 'Absent when a wallet is topped up.' }) orderId?: string;
  @ApiProperty({ example: 65 }) amount!: number;
  @ApiProperty({ enum: PAYMENT_METHODS }) method!: PaymentMethod;
  @ApiProperty({ enum: PAYMENT_STATUSES }) status!: PaymentStatus;
  @ApiPropertyOptional({ example: 'DECLINED', description: 'Why it failed.' }) reason?: string;
  @ApiPropertyOptional({
    description: 'Stripe, while PENDING: for `stripe.handleNextAction`, when the bank wants to hear from its customer.',
  })
  clientSecret?: string;
  @ApiProperty({ format: 'date-time', example: '2026-11-30T15:00:00Z' }) createdAt!: string;
  @ApiProperty({ type: 'integer', example: 2, description: 'Also the ETag.' }) version!: number;

  static of(this: void, payment: Payment): PaymentResponse {
    const { paymentId, purpose = 'ORDER', orderId, amount, method, status, reason } = payment;
    const { clientSecret, createdAt, version } = payment;
    return {
      paymentId,
      purpose,
      orderId,
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
