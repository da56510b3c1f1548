import { declareTable } from '../../platform/dynamo/table';

/** `listing` is a shard of the catalogue's index; keys only, so a change of stock costs nothing on it. */
export const productTable = declareTable('Products', {
  productId: { type: String, hashKey: true },
  listing: { type: String, index: { name: 'byListing', type: 'global', rangeKey: 'productId', project: false } },
  name: String,
  price: Number,
  stock: Number,
  category: String,
  unit: String,
  description: String,
  imageUrl: String,
  taxRate: Number,
  active: Boolean,
  version: Number,
  createdAt: String,
});
