import { declareTable } from '../../platform/dynamo/table';

/**
 * Notifications, one row per event and channel (`eventId#channel`). A claim is a lease until `leaseUntil`. `REFUSED` and
 * `SUPPRESSED` are final. `REFUSED` and `DEAD` keep the contents. `claimedAt` is the instant of the first claim,
 * `waitingSince` that of the first answer that a provider accepts nothing for now. The attempt `unsentAttempt` was counted,
 * and certainly not sent. The provider reports the `smsStatus` of an SMS later, or before it is `SENT`.
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
    waitingSince: String,
    unsentAttempt: Number,
    failure: String,
    providerId: String,
    sentAt: String,
    refusedAt: String,
    suppressedAt: String,
    message: String,
    data: Object,
    requestId: String,
    failedAt: String,
    /** The list in which an admin finds it: `DEAD` while that is its status, or `SMS` with the local date it was sent. */
    listing: { type: String, index: { name: 'byListing', type: 'global', rangeKey: 'listedAt' } },
    listedAt: String,
    smsStatus: String,
    smsReason: String,
    smsReportedAt: String,
    smsParts: Number,
    smsFinalReports: Number,
    smsPrice: Number,
  },
  { expires: true },
);

/** SMS that wait until the quiet hours are over, by `<instant>#<eventId>`. The notification is as the queue will get it. */
export const deferredMessagesTable = declareTable(
  'DeferredMessages',
  { shard: { type: String, hashKey: true }, due: { type: String, rangeKey: true }, notification: Object },
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
