import { declareTable } from '../../platform/dynamo/table';

/** `listing` is role and shard; keys only, so that a change of profile costs nothing on the index. */
export const usersTable = declareTable('Users', {
  userId: { type: String, hashKey: true },
  listing: { type: String, index: { name: 'byListing', type: 'global', rangeKey: 'userId', project: false } },
  name: String,
  email: String,
  passwordHash: String,
  credentialsVersion: Number,
  issuer: String,
  phone: String,
  address: String,
  role: String,
  blocked: Boolean,
  notifications: { type: Object, schema: { email: Boolean, sms: Boolean } },
  resetId: String,
  resetUntil: Number,
  version: Number,
  createdAt: String,
});

/** One account an e-mail, and in one read all that a sign-in needs to know. Kept in step with Users. */
export const userEmailsTable = declareTable('UserEmails', {
  email: { type: String, hashKey: true },
  userId: String,
  role: String,
  passwordHash: String,
  credentialsVersion: Number,
  blocked: Boolean,
});

/** One row a family of refresh tokens; a revoked family has none. */
export const sessionsTable = declareTable(
  'Sessions',
  {
    sessionId: { type: String, hashKey: true },
    userId: String,
    secretHash: String,
    credentialsVersion: Number,
    createdAt: String,
  },
  { expires: true },
);

/** The last ten attempts of one kind at one account, from one address. */
export const throttlesTable = declareTable(
  'LoginThrottles',
  { id: { type: String, hashKey: true } },
  { expires: true },
);
