export { CashOnDelivery } from './cash-on-delivery.service';
export { type CashAccount } from './domain/cash-account';
export { CashLimitReached } from './domain/payment.errors';
export { isGatewayPayment, type Payment } from './domain/payment';
export { PaymentAudit, walletMovementsOf } from './payment-audit.service';
export { PaymentFollowUp } from './payment-follow-up.service';
export { PaymentSettlement } from './payment-settlement.service';
export type { CapturedCharge } from './payment.gateway';
export { PaymentModule } from './payment.module';
