import { declareTable } from '../../platform/dynamo/table';

/** `listing` is a shard of the catalogue. The index holds only keys, so a change of stock does not write to it. */
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
