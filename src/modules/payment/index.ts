export { isGatewayPayment, type Payment, walletMovementsOf } from './domain/payment';
export { PaymentAudit } from './payment-audit.service';
export { PaymentSettlement } from './payment-settlement.service';
export type { CapturedCharge } from './payment.gateway';
export { PaymentModule } from './payment.module';
