export type { DeliverySummary, Order, OrderItem, PaymentSummary } from './order';
export { OrderCancellation, type Follower, type Following } from './order.cancellation';
export { OrderChanges, type Paying } from './order.changes.repository';
export { AddressMissing, IllegalOrderTransition, OrderNotFound } from './order.errors';
export { OrderLists } from './order.lists';
export { OrderModule } from './order.module';
export { OrderPacking } from './order.packing';
export { OrderService } from './order.service';
export { ORDER_STATUSES, type OrderStatus } from './order.status';
