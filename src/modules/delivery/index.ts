export { DeliveryQueryService } from './delivery-query.service';
export { DeliveryModule } from './delivery.module';
export { DeliveryService } from './delivery.service';
export type { Delivery } from './domain/delivery';
export { NotYourDeliveries } from './domain/delivery.errors';
export { DELIVERY_STATUSES, type DeliveryStatus } from './domain/delivery.status';
