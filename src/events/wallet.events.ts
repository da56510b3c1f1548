import type { LocalDate } from '../platform/calendar';
import type { PaymentId, UserId } from '../platform/ids';
import type { Minor } from '../platform/money';

export interface WalletToppedUp {
  readonly type: 'wallet.topped_up';
  readonly userId: UserId;
  readonly paymentId: PaymentId;
  readonly amount: Minor;
}

/**
 * The balance has fallen below the customer's threshold, once a fall; or it will not pay for the deliveries to come, once
 * until money comes in. Of both at once one is told.
 */
export interface WalletBalanceLow {
  readonly type: 'wallet.balance_low';
  readonly userId: UserId;
  readonly balance: Minor;
  readonly lowBalanceThreshold: Minor;
  /** How many deliveries it still pays; absent when it is only below the threshold. */
  readonly deliveries?: number;
  /** The date of the first that it does not pay. */
  readonly shortOn?: LocalDate;
}

export type WalletEvent = WalletToppedUp | WalletBalanceLow;
