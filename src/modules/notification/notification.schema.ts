import { declareTable } from '../../platform/dynamo/table';

/**
 * Notifications, one row per event and channel (`eventId#channel`). A claim is a lease until `leaseUntil`. `REFUSED` and
 * `SUPPRESSED` are final. `REFUSED` and `DEAD` keep the contents. `claimedAt` is the instant of the first claim.
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
    /** Set only while the status is DEAD. */
    dead: { type: String, index: { name: 'byDead', type: 'global', rangeKey: 'failedAt' } },
    failedAt: String,
  },
  { expires: true },
);

/**
 * What a recipient got within an hour or a day. `id` is a hash of the recipient; `messages` are the ids of the events.
 * Or, with `SES` and a second or `SMS` and a month as id, how many messages of that time the tasks have `reserved`.
 */
export const messageBudgetsTable = declareTable(
  'MessageBudgets',
  { id: { type: String, hashKey: true }, messages: { type: Set, schema: [String] }, reserved: Number },
  { expires: true },
);
