export { isByGateway, type Payment, walletMovementsOf } from './payment';
export { PaymentBooks } from './payment.books';
export type { Booked } from './payment.gateway';
export { PaymentModule } from './payment.module';
export { PaymentSettlement } from './payment.settlement';
