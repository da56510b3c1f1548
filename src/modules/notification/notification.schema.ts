import { declareTable } from '../../platform/dynamo/table';

/**
 * Notifications, one row per event and channel (`eventId#channel`). A claim is a lease until `leaseUntil`. `REFUSED` is
 * final, and keeps the contents.
 */
export const notificationLogTable = declareTable(
  'NotificationLog',
  {
    id: { type: String, hashKey: true },
    userId: String,
    type: String,
    channel: String,
    status: String,
    attempts: Number,
    leaseUntil: Number,
    failure: String,
    providerId: String,
    sentAt: String,
    refusedAt: String,
    message: String,
    data: Object,
    requestId: String,
  },
  { expires: true },
);
