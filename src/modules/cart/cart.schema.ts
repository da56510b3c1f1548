import { declareTable } from '../../platform/dynamo/table';

/** `items` maps productId to qty. `unsent` maps eventId to the event of an addition, until it is relayed. */
export const cartTable = declareTable('Carts', {
  userId: { type: String, hashKey: true },
  cartId: String,
  items: Object,
  totalAmount: Number,
  unsent: Object,
  version: Number,
});
