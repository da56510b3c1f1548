import { declareTable } from '../../platform/dynamo/table';

/** `items` maps productId to qty; `unsent` holds the events of additions until they are relayed. */
export const cartTable = declareTable('Carts', {
  userId: { type: String, hashKey: true },
  cartId: String,
  items: Object,
  totalAmount: Number,
  unsent: Object,
  version: Number,
});
