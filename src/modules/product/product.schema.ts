import { declareTable } from '../../platform/dynamo/table';

/** `listing` is a shard of the catalogue that earlier versions list. The index holds only keys, so stock does not change it. */
export const productTable = declareTable('Products', {
  productId: { type: String, hashKey: true },
  listing: { type: String, index: { name: 'byListing', type: 'global', rangeKey: 'productId', project: false } },
  name: String,
  price: Number,
  stock: Number,
  splitId: String,
  splitShares: Number,
  category: String,
  unit: String,
  description: String,
  imageUrl: String,
  taxRate: Number,
  active: Boolean,
  version: Number,
  createdAt: String,
});

/** Parts of the stock of products that many customers order at once, each in a partition of its own. */
export const stockShareTable = declareTable('StockShares', {
  shareId: { type: String, hashKey: true },
  productId: String,
  stock: Number,
  price: Number,
  taxRate: Number,
});
