import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CUSTOMER_ID, ORDER_ID, PAYMENT_ID } from '../../kernel/api-fields';
import { ChoiceField, ListQuery } from '../../platform/http/fields';
import { DISPUTE_STATES, type DisputedPayment, type DisputeState } from './domain/dispute';
import { DisputeResponse } from './payment.dto';

export class ListDisputesRequest extends ListQuery {
  @ChoiceField(DISPUTE_STATES, {
    optional: true,
    example: 'OPEN',
    description:
      'State of the disputes. CLOSED: won, lost, or an inquiry that has ended. Default: both, open ones first.',
  })
  state?: DisputeState;
}

export class DisputedPaymentResponse extends DisputeResponse {
  @ApiProperty(PAYMENT_ID) paymentId!: string;
  @ApiProperty(CUSTOMER_ID) userId!: string;
  @ApiPropertyOptional({ ...ORDER_ID, description: 'Id of the order. Absent for a top-up.' }) orderId?: string;

  static override of(this: void, disputed: DisputedPayment): DisputedPaymentResponse {
    const { paymentId, userId, orderId } = disputed;
    return { ...DisputeResponse.of(disputed), paymentId, userId, orderId };
  }
}
