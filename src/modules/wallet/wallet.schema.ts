import { declareTable } from '../../platform/dynamo/table';

export const walletTable = declareTable('Wallets', {
  userId: { type: String, hashKey: true },
  balance: Number,
  lowBalanceThreshold: Number,
  /** Balance minus threshold. A condition can compare it, but cannot subtract. */
  spare: Number,
  version: Number,
  toldOn: String,
  toldAhead: Boolean,
});

/** Written by id and read by time. A local index supports consistent reads. */
export const ledgerTable = declareTable('WalletLedger', {
  userId: { type: String, hashKey: true },
  entryId: { type: String, rangeKey: true },
  /** The instant of the entry, and an id that orders entries of the same second. */
  moment: { type: String, index: { name: 'byTime', type: 'local', project: true } },
  type: String,
  amount: Number,
  reason: String,
  sourceId: String,
  at: String,
});
