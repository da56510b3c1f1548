import { declareTable } from '../../platform/dynamo/table';

/** The indexes hold only keys, so a change of status writes to none of them. */
export const deliveryTable = declareTable('Deliveries', {
  deliveryId: { type: String, hashKey: true },
  courierId: { type: String, index: { name: 'byCourier', type: 'global', rangeKey: 'deliverySlot', project: false } },
  /** `date#shard` of the delivery slot. */
  day: { type: String, index: { name: 'byDay', type: 'global', rangeKey: 'deliverySlot', project: false } },
  /** A shard. Present only while an open delivery has no courier. */
  unassigned: {
    type: String,
    index: { name: 'byUnassigned', type: 'global', rangeKey: 'deliverySlot', project: false },
  },
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

/** The usual courier of each customer, and who delivers while that one is blocked. */
export const customerCourierTable = declareTable('DeliveryRounds', {
  userId: { type: String, hashKey: true },
  courierId: String,
  substituteId: String,
});

/** Couriers who were blocked or changed their role lately, all in one partition. */
export const inactiveCourierTable = declareTable(
  'InactiveCouriers',
  { list: { type: String, hashKey: true }, courierId: { type: String, rangeKey: true } },
  { expires: true },
);
