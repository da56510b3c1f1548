import { declareTable } from '../../platform/dynamo/table';

/** Sent notifications, one row per event and channel (`eventId#channel`). A claim is a lease until `leaseUntil`. */
export const notificationLogTable = declareTable(
  'NotificationLog',
  {
    id: { type: String, hashKey: true },
    userId: String,
    type: String,
    status: String,
    attempts: Number,
    leaseUntil: Number,
    failure: String,
    providerId: String,
    sentAt: String,
  },
  { expires: true },
);
