import { type MinorUnits, toMajorUnits } from '../../../kernel/money';
import { Conflict } from '../../../platform/errors';
import type { Wallet } from './wallet';

export class InsufficientBalance extends Conflict {
  static override readonly code = 'wallet.insufficient_balance';
  constructor(
    /** The current state of the wallet. */
    readonly current: Wallet,
    amount: MinorUnits,
  ) {
    const balance = toMajorUnits(current.balance);
    super(`The wallet balance is ${balance}, but ${toMajorUnits(amount)} is needed. Top it up at POST /wallet/topup.`, {
      balance,
      amount: toMajorUnits(amount),
    });
  }
}

/** Not a failure: the wallet is not as the writes assumed. Build new writes from `current`. */
export class WalletChanged extends Error {
  constructor(
    /** The current state of the wallet. */
    readonly current: Wallet,
  ) {
    super('The wallet is not as expected');
  }
}

/** The movement has already been posted. */
export class EntryExists extends Error {
  constructor(readonly entryId: string) {
    super(`${entryId} is already in the ledger`);
  }
}
