import { declareTable } from '../../platform/dynamo/table';
import { kindField, OPTIONAL_KINDS, PREFERENCE_CHANNELS } from './domain/message-preferences';

/** False if a user has turned off a kind of message on a channel; else absent. */
const KIND_FIELDS = Object.fromEntries(
  PREFERENCE_CHANNELS.flatMap((channel) => OPTIONAL_KINDS.map((kind) => [kindField(channel, kind), Boolean])),
);

/**
 * `listing` is role and shard. The index projects keys only, so that a profile change does not write to it.
 * `verificationRequestedAt` is in epoch milliseconds. Without `emailVerified`, the e-mail counts as verified.
 */
export const usersTable = declareTable('Users', {
  userId: { type: String, hashKey: true },
  listing: { type: String, index: { name: 'byListing', type: 'global', rangeKey: 'userId', project: false } },
  name: String,
  email: String,
  passwordHash: String,
  credentialsVersion: Number,
  accessVersion: Number,
  issuer: String,
  emailVerified: Boolean,
  verificationRequestedAt: Number,
  phone: String,
  address: String,
  language: String,
  role: String,
  blocked: Boolean,
  mfa: Boolean,
  notifications: { type: Object, schema: { email: Boolean, sms: Boolean, ...KIND_FIELDS } },
  emailRefusal: { type: Object, schema: { to: String, reason: String, at: String } },
  phoneRefusal: { type: Object, schema: { to: String, reason: String, at: String } },
  resetId: String,
  resetUntil: Number,
  version: Number,
  createdAt: String,
});

/** One row per e-mail, with all that a sign-in reads. Changes in the same transaction as Users. */
export const userEmailsTable = declareTable('UserEmails', {
  email: { type: String, hashKey: true },
  userId: String,
  role: String,
  passwordHash: String,
  credentialsVersion: Number,
  accessVersion: Number,
  blocked: Boolean,
  mfa: Boolean,
});

/**
 * One row per session. Ending a session deletes its row. `rotatedAt` is in epoch milliseconds. The index projects keys
 * only, so that a refresh does not write to it.
 */
export const sessionsTable = declareTable(
  'Sessions',
  {
    sessionId: { type: String, hashKey: true },
    userId: { type: String, index: { name: 'byUser', type: 'global', rangeKey: 'sessionId', project: false } },
    secretHash: String,
    credentialsVersion: Number,
    createdAt: String,
    rotatedAt: Number,
    device: String,
    mfaAt: Number,
  },
  { expires: true },
);

/**
 * One row per change that ends the access tokens of a user, or per session that was ended, for as long as such a token
 * could be valid.
 */
export const accessRevocationsTable = declareTable(
  'AccessRevocations',
  {
    list: { type: String, hashKey: true },
    revocationId: { type: String, rangeKey: true },
    userId: String,
    accessVersion: Number,
    sessionId: String,
  },
  { expires: true },
);

/**
 * The second factor of a user: encrypted secrets, and hashes of recovery codes. `mfa` in Users and UserEmails changes in
 * the same transaction.
 */
export const secondFactorsTable = declareTable('SecondFactors', {
  userId: { type: String, hashKey: true },
  secret: String,
  pendingSecret: String,
  lastStep: Number,
  recoveryCodes: Object,
  confirmedAt: String,
});
