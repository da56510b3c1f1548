import { declareTable } from '../../platform/dynamo/table';

/**
 * The audit log: entries are added, and never changed or deleted before they expire. `day` is `date#shard`, `moment` is
 * `at#entryId`. `actorShard` is `by#shard`, because an admin can change thousands of orders in a few minutes.
 */
export const auditLogTable = declareTable(
  'AuditLog',
  {
    day: { type: String, hashKey: true },
    moment: { type: String, rangeKey: true },
    actorShard: { type: String, index: { name: 'byActor', type: 'global', rangeKey: 'moment', project: false } },
    subject: { type: String, index: { name: 'bySubject', type: 'global', rangeKey: 'moment', project: false } },
    entryId: String,
    at: String,
    action: String,
    by: String,
    byRole: String,
    requestId: String,
    details: Object,
  },
  { expires: true },
);
