import { ChoiceField, IdField, MoneyField, UserIdField } from '../../platform/http/fields';
import { GATEWAY_METHODS, type GatewayMethod } from './payment';
import { PAYMENT_TOKEN } from './payment.dto';

const LEAST = 1;
const MOST = 100_000;

export class TopUpRequest {
  @UserIdField()
  userId?: string;

  @MoneyField({ min: LEAST, max: MOST, example: 500 })
  amount!: number;

  @ChoiceField(GATEWAY_METHODS, { example: 'UPI' })
  paymentMethod!: GatewayMethod;

  @IdField(PAYMENT_TOKEN)
  paymentToken?: string;
}
