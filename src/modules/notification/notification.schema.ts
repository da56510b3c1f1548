import { declareTable } from '../../platform/dynamo/table';

/**
 * Notifications, one row per event and channel (`eventId#channel`). A claim is a lease until `leaseUntil`. `REFUSED` and
 * `SUPPRESSED` are final. The first keeps the contents. `claimedAt` is the instant of the first claim.
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
    claimedAt: String,
    failure: String,
    providerId: String,
    sentAt: String,
    refusedAt: String,
    suppressedAt: String,
    message: String,
    data: Object,
    requestId: String,
  },
  { expires: true },
);

/** What a recipient got within an hour or a day. `id` is a hash of the recipient; `messages` are the ids of the events. */
export const messageBudgetsTable = declareTable(
  'MessageBudgets',
  { id: { type: String, hashKey: true }, messages: { type: Set, schema: [String] } },
  { expires: true },
);
