import { declareTable } from '../../platform/dynamo/table';

export const walletTable = declareTable('Wallets', {
  userId: { type: String, hashKey: true },
  balance: Number,
  lowBalanceThreshold: Number,
  /** Balance less threshold: a condition can compare it, and cannot subtract. */
  spare: Number,
  version: Number,
  toldOn: String,
  toldAhead: Boolean,
});

/** Found by id when it is written, and by time when it is read; the local index is read as consistently as the table. */
export const ledgerTable = declareTable('WalletLedger', {
  userId: { type: String, hashKey: true },
  entryId: { type: String, rangeKey: true },
  /** The business moment, and an id that orders what happens within the same second. */
  moment: { type: String, index: { name: 'byTime', type: 'local', project: true } },
  type: String,
  amount: Number,
  reason: String,
  sourceId: String,
  at: String,
});
