import { declareTable } from '../../platform/dynamo/table';

export const paymentTable = declareTable('Payments', {
  paymentId: { type: String, hashKey: true },
  /** A shard, only while the gateway has not decided. */
  pending: { type: String, index: { name: 'byPending', type: 'global', rangeKey: 'createdAt', project: false } },
  /** TOP_UP; absent when it is for an order. */
  purpose: String,
  orderId: String,
  userId: String,
  amount: Number,
  method: String,
  status: String,
  reason: String,
  reference: String,
  createdAt: String,
  version: Number,
});

/** Webhooks as they came, by the gateway's own id: the second time is harmless. */
export const webhookTable = declareTable(
  'PaymentWebhooks',
  { noticeId: { type: String, hashKey: true } },
  { expires: true },
);
