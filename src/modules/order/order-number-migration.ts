import { orderNumberOf } from '../../kernel/ids';
import type { Migration } from '../../platform/migration/migration';
import { orderTable } from './order.schema';

/** Lists the orders from before order numbers by their number, so that an admin finds each order. */
export const ORDER_NUMBER_MIGRATION: Migration = {
  number: 1,
  name: 'order-numbers',
  readableFrom: 0,
  table: orderTable,
  changeOf: ({ orderId, orderNumber }) =>
    orderNumber === undefined
      ? {
          set: { orderNumber: orderNumberOf(orderId as string) },
          condition: 'attribute_not_exists(orderNumber)',
        }
      : undefined,
};
