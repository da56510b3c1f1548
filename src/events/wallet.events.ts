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
 * Either the balance has fallen below the customer's threshold (once per fall), or it will not cover the coming
 * deliveries (once per top-up). If both apply at the same time, there is one event.
 */
export interface WalletBalanceLow {
  readonly type: 'wallet.balance_low';
  readonly userId: UserId;
  readonly balance: MinorUnits;
  readonly lowBalanceThreshold: MinorUnits;
  /** How many deliveries the balance still covers. Absent if the balance is only below the threshold. */
  readonly deliveries?: number;
  /** The date of the first delivery that the balance does not cover. */
  readonly shortOn?: LocalDate;
}

/** An admin moved money by hand. */
export interface WalletAdjusted {
  readonly type: 'wallet.adjusted';
  readonly userId: UserId;
  readonly entryId: string;
  /** Positive for a credit, negative for a debit. */
  readonly amount: MinorUnits;
}

export interface WalletSettingsChanged {
  readonly type: 'wallet.settings_changed';
  readonly userId: UserId;
  readonly lowBalanceThreshold: MinorUnits;
}

export type WalletEvent = WalletToppedUp | WalletBalanceLow | WalletAdjusted | WalletSettingsChanged;
