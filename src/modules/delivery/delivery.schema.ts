import { declareTable } from '../../platform/dynamo/table';

/** All indexes hold keys only: a change of status costs nothing on them. */
export const deliveryTable = declareTable('Deliveries', {
  deliveryId: { type: String, hashKey: true },
  courierId: { type: String, index: { name: 'byCourier', type: 'global', rangeKey: 'deliverySlot', project: false } },
  /** `date#shard` of the delivery slot. */
  day: { type: String, index: { name: 'byDay', type: 'global', rangeKey: 'deliverySlot', project: false } },
  deliverySlot: String,
  orderId: String,
  userId: String,
  status: String,
  address: String,
  amount: Number,
  history: Array,
  version: Number,
  createdAt: String,
});

/** Which courier a customer had last. */
export const customerCourierTable = declareTable('DeliveryRounds', {
  userId: { type: String, hashKey: true },
  courierId: String,
});
