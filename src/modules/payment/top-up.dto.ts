import { ChoiceField, IdField, MoneyField, UserIdField } from '../../platform/http/fields';
import { GATEWAY_METHODS, type GatewayMethod } from './domain/payment';
import { PAYMENT_TOKEN } from './payment.dto';

const MIN_AMOUNT = 1;
const MAX_AMOUNT = 100_000;

export class TopUpRequest {
  @UserIdField()
  userId?: string;

  @MoneyField({ min: MIN_AMOUNT, max: MAX_AMOUNT, example: 500, description: 'Amount to add, in major units.' })
  amount!: number;

  @ChoiceField(GATEWAY_METHODS, { example: 'UPI', description: 'Method of the payment.' })
  paymentMethod!: GatewayMethod;

  @IdField(PAYMENT_TOKEN)
  paymentToken?: string;
}
