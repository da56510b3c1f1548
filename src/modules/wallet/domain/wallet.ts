import type { Instant, LocalDate } from '../../../kernel/calendar';
import type { OrderId, PaymentId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';

/** Clients know these words: they never change. */
export const LEDGER_ENTRY_TYPES = ['TOP_UP', 'PAYMENT', 'REFUND', 'CREDIT', 'ADJUSTMENT'] as const;
export type LedgerEntryType = (typeof LEDGER_ENTRY_TYPES)[number];

/** Money that is to come into a wallet, or to leave it. */
export interface Movement {
  readonly type: LedgerEntryType;
  /** Signed: what comes in is positive. */
  readonly amount: MinorUnits;
  readonly reason: string;
  /** What causes it, such as a payment; it moves money once a type. */
  readonly sourceId: string;
}

/** What the dairy may move by hand. */
export const ADJUSTMENT_TYPES = ['ADJUSTMENT', 'CREDIT'] as const satisfies readonly LedgerEntryType[];
export type Adjustment = Omit<Movement, 'sourceId'> & { readonly type: (typeof ADJUSTMENT_TYPES)[number] };

/** A movement that has happened. */
export interface LedgerEntry extends Movement {
  readonly userId: UserId;
  readonly entryId: string;
  readonly at: Instant;
}

export type LedgerEntryKey = Pick<LedgerEntry, 'userId' | 'entryId'>;

export interface Wallet {
  readonly userId: UserId;
  /** The sum of its entries, never below zero. */
  readonly balance: MinorUnits;
  /** The customer is warned when the balance falls below it; never, when it is zero. */
  readonly lowBalanceThreshold: MinorUnits;
  /** Counts the customer's own changes; money that moves is none. */
  readonly version: number;
  /** On which local day the customer was told last that it is low, unless money has come in since. */
  readonly toldOn?: LocalDate;
  /** The customer was told of what is to come and cannot be paid, and no money has come in since. */
  readonly toldAhead?: true;
}

/** What is to come and cannot be paid. */
export interface Shortfall {
  /** How many deliveries are paid before. */
  readonly deliveries: number;
  readonly shortOn: LocalDate;
}

export const DEFAULT_LOW_BALANCE_THRESHOLD: MinorUnits = 100_00;

/** The wallet of whoever has never had one. */
export function newWallet(userId: UserId): Wallet {
  return { userId, balance: 0, lowBalanceThreshold: DEFAULT_LOW_BALANCE_THRESHOLD, version: 1 };
}

/** What leaves a wallet to pay for an order. The same for every order, and for the reconciliation that checks it. */
export function orderDebitOf({ orderId, paymentId, amount }: OrderCharge): Movement {
  return { type: 'PAYMENT', amount: -amount, reason: `Order ${orderId}`, sourceId: paymentId };
}

interface OrderCharge {
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  readonly amount: MinorUnits;
}

/** The id says what moved and why, so that nothing moves twice. */
export function entryOf(userId: UserId, movement: Movement, at: Instant): LedgerEntry {
  return { userId, entryId: entryIdOf(movement), ...movement, at };
}

export function entryIdOf({ type, sourceId }: Pick<Movement, 'type' | 'sourceId'>): string {
  return `${type}-${sourceId}`;
}

export function sumOf(movements: readonly Pick<Movement, 'amount'>[]): MinorUnits {
  return movements.reduce((sum, { amount }) => sum + amount, 0);
}

/** Whether a sum that leaves a wallet takes its balance below the threshold; not when it is below already. */
export function crossesLowBalance({ balance, lowBalanceThreshold }: Wallet, debit: MinorUnits): boolean {
  return balance >= lowBalanceThreshold && balance - debit < lowBalanceThreshold;
}
