import { type PaymentId, prefixedUlid } from '../../../kernel/ids';

export const newPaymentId = (): PaymentId => prefixedUlid('PAY');
