export type { Delivery } from './delivery';
export { DeliveryLists } from './delivery.lists';
export { DeliveryModule } from './delivery.module';
export { DeliveryService } from './delivery.service';
export { DELIVERY_STATUSES, type DeliveryStatus } from './delivery.status';
