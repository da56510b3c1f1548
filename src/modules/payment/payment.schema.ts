import { declareTable } from '../../platform/dynamo/table';

export const paymentTable = declareTable('Payments', {
  paymentId: { type: String, hashKey: true },
  /** Shard, set only while the gateway has not decided. */
  pending: { type: String, index: { name: 'byPending', type: 'global', rangeKey: 'createdAt', project: false } },
  /** TOP_UP; absent for the payment of an order. */
  purpose: String,
  orderId: String,
  userId: String,
  amount: Number,
  addedAmount: Number,
  method: String,
  status: String,
  reason: String,
  reference: String,
  createdAt: String,
  version: Number,
});

/** Received webhooks, keyed by the gateway's event id so that a duplicate is stored once. */
export const webhookTable = declareTable(
  'PaymentWebhooks',
  { noticeId: { type: String, hashKey: true } },
  { expires: true },
);
