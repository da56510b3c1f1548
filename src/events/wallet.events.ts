import type { PaymentId, UserId } from '../platform/ids';
import type { Minor } from '../platform/money';

export interface WalletToppedUp {
  readonly type: 'wallet.topped_up';
  readonly userId: UserId;
  readonly paymentId: PaymentId;
  readonly amount: Minor;
}

/** The balance has fallen below the customer's threshold; once a fall. */
export interface WalletBalanceLow {
  readonly type: 'wallet.balance_low';
  readonly userId: UserId;
  readonly balance: Minor;
  readonly lowBalanceThreshold: Minor;
}

export type WalletEvent = WalletToppedUp | WalletBalanceLow;
