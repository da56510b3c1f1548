import { declareTable } from '../../platform/dynamo/table';

export const paymentTable = declareTable('Payments', {
  paymentId: { type: String, hashKey: true },
  /** Shard, set only while the gateway has not decided. */
  pending: { type: String, index: { name: 'byPending', type: 'global', rangeKey: 'createdAt', project: false } },
  /** Shard, set only while the gateway is to be asked about a refund or a dispute. */
  followUp: { type: String, index: { name: 'byFollowUp', type: 'global', rangeKey: 'followUpAt', project: false } },
  followUpAt: String,
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

/** Disputed charges, for the list of the admins. There are few, so their state is a fine partition. */
export const disputeTable = declareTable('PaymentDisputes', {
  disputeId: { type: String, hashKey: true },
  /** OPEN or CLOSED. */
  state: { type: String, index: { name: 'byState', type: 'global', rangeKey: 'openedAt' } },
  openedAt: String,
});

/** What each customer still has to pay on delivery. Absent for customers of earlier versions. */
export const cashOnDeliveryTable = declareTable('CashOnDelivery', {
  userId: { type: String, hashKey: true },
  openAmount: Number,
  paymentIds: { type: Set, schema: [String] },
  hasDelivery: Boolean,
});

/** Received webhooks, keyed by the gateway's event id so that a duplicate is stored once. */
export const webhookTable = declareTable(
  'PaymentWebhooks',
  { noticeId: { type: String, hashKey: true } },
  { expires: true },
);
