export { PaymentModule } from './payment.module';
export { PaymentSettlement } from './payment.settlement';
