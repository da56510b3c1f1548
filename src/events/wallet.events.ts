import type { LocalDate } from '../kernel/calendar';
import type { PaymentId, UserId } from '../kernel/ids';
import type { MinorUnits } from '../kernel/money';

export interface WalletToppedUp {
  readonly type: 'wallet.topped_up';
  readonly userId: UserId;
  readonly paymentId: PaymentId;
  readonly amount: MinorUnits;
}

/**
 * The balance has fallen below the customer's threshold, once a fall; or it will not pay for the deliveries to come, once
 * until money comes in. Of both at once one is told.
 */
export interface WalletBalanceLow {
  readonly type: 'wallet.balance_low';
  readonly userId: UserId;
  readonly balance: MinorUnits;
  readonly lowBalanceThreshold: MinorUnits;
  /** How many deliveries it still pays; absent when it is only below the threshold. */
  readonly deliveries?: number;
  /** The date of the first that it does not pay. */
  readonly shortOn?: LocalDate;
}

export type WalletEvent = WalletToppedUp | WalletBalanceLow;
