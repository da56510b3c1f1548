import { type MinorUnits, toMajorUnits } from '../../../kernel/money';
import { Conflict } from '../../../platform/errors';
import type { Wallet } from './wallet';

export class InsufficientBalance extends Conflict {
  static override readonly code = 'wallet.insufficient_balance';
  constructor(
    /** The wallet as it is. */
    readonly current: Wallet,
    amount: MinorUnits,
  ) {
    const balance = toMajorUnits(current.balance);
    super(`The wallet holds ${balance}, and this takes ${toMajorUnits(amount)}: top it up at POST /wallet/topup.`, {
      balance,
      amount: toMajorUnits(amount),
    });
  }
}

/** Not a failure: the debit would warn the customer, or would no longer, and was told otherwise. Ask for its writes anew. */
export class WalletChanged extends Error {
  constructor(
    /** The wallet as it is. */
    readonly current: Wallet,
  ) {
    super('The wallet is not as it was seen');
  }
}

/** The same source has moved money before. */
export class EntryExists extends Error {
  constructor(readonly entryId: string) {
    super(`${entryId} is in the ledger already`);
  }
}
