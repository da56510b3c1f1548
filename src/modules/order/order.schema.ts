import { declareTable } from '../../platform/dynamo/table';

/** The indexes hold only keys, so most changes of status write to none of them. */
export const orderTable = declareTable('Orders', {
  orderId: { type: String, hashKey: true },
  userId: { type: String, index: { name: 'byUser', type: 'global', rangeKey: 'deliverySlot', project: false } },
  /** `date#shard` of the delivery slot. */
  day: { type: String, index: { name: 'byDay', type: 'global', rangeKey: 'deliverySlot', project: false } },
  /** A shard. Present only while the order is unpaid. */
  unpaid: { type: String, index: { name: 'byUnpaid', type: 'global', rangeKey: 'payBy', project: false } },
  /** Absent in new orders of subscriptions, until their first change. */
  orderNumber: { type: String, index: { name: 'byNumber', type: 'global', project: false } },
  payBy: String,
  deliverySlot: String,
  status: String,
  items: Array,
  amount: Number,
  address: String,
  history: Array,
  payment: Object,
  delivery: Object,
  subscriptionId: String,
  missing: Array,
  addedAmount: Number,
  createdAt: String,
  version: Number,
});

/** Orders of each customer that count towards the limit of unpaid ones. Absent for most customers. */
export const unpaidOrdersTable = declareTable(
  'UnpaidOrders',
  {
    userId: { type: String, hashKey: true },
    orderIds: { type: Set, schema: [String] },
  },
  { expires: true },
);
