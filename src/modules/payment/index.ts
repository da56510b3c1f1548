export { isGatewayPayment, type Payment } from './domain/payment';
export { PaymentAudit, walletMovementsOf } from './payment-audit.service';
export { PaymentFollowUp } from './payment-follow-up.service';
export { PaymentSettlement } from './payment-settlement.service';
export type { CapturedCharge } from './payment.gateway';
export { PaymentModule } from './payment.module';
