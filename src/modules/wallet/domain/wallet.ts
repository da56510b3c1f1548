import type { Instant, LocalDate } from '../../../kernel/calendar';
import { type OrderId, orderNumberOf, type PaymentId, type UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';

/** Part of the API: these words never change. */
export const LEDGER_ENTRY_TYPES = ['TOP_UP', 'PAYMENT', 'REFUND', 'CREDIT', 'ADJUSTMENT'] as const;
export type LedgerEntryType = (typeof LEDGER_ENTRY_TYPES)[number];

/** A credit to a wallet or a debit from it. */
export interface Movement {
  readonly type: LedgerEntryType;
  /** Positive for a credit, negative for a debit. */
  readonly amount: MinorUnits;
  readonly reason: string;
  /** Id of the cause, such as a payment. A source moves money at most once per type. */
  readonly sourceId: string;
}

/** Types of the movements that an admin can make by hand. */
export const ADJUSTMENT_TYPES = ['ADJUSTMENT', 'CREDIT'] as const satisfies readonly LedgerEntryType[];
export type Adjustment = Omit<Movement, 'sourceId'> & { readonly type: (typeof ADJUSTMENT_TYPES)[number] };

/** A movement in the ledger. */
export interface LedgerEntry extends Movement {
  readonly userId: UserId;
  readonly entryId: string;
  readonly at: Instant;
  /** The person whose request moved the money. Absent if the program moved it. */
  readonly by?: UserId;
}

export type LedgerEntryKey = Pick<LedgerEntry, 'userId' | 'entryId'>;

export interface Wallet {
  readonly userId: UserId;
  /** The sum of its entries, never below zero. */
  readonly balance: MinorUnits;
  /** The customer is warned when the balance falls below it. Zero turns the warning off. */
  readonly lowBalanceThreshold: MinorUnits;
  /** Increases with every change of the settings. Movements do not change it. */
  readonly version: number;
  /** Local date of the last low-balance warning. A credit clears it. */
  readonly toldOn?: LocalDate;
  /** Set when the customer was warned of a delivery that the balance will not cover. A credit clears it. */
  readonly toldAhead?: true;
}

/** The first delivery that the balance will not cover. */
export interface Shortfall {
  /** Number of deliveries covered before it. */
  readonly deliveries: number;
  readonly shortOn: LocalDate;
}

export const DEFAULT_LOW_BALANCE_THRESHOLD: MinorUnits = 100_00;

/** The wallet of a user who has none stored yet. */
export function newWallet(userId: UserId): Wallet {
  return { userId, balance: 0, lowBalanceThreshold: DEFAULT_LOW_BALANCE_THRESHOLD, version: 1 };
}

/** Keeps the debit for added lines apart from the first one of the same payment. */
const ADDED_LINES = '-added';

/** The debit that pays for an order. The reconciliation derives the same one. */
export function orderDebitOf({ orderId, paymentId, amount }: OrderCharge): Movement {
  return { type: 'PAYMENT', amount: -amount, reason: `Order ${orderNumberOf(orderId)}`, sourceId: paymentId };
}

/** The debit that pays for lines that were added to an order later. */
export function addedLinesDebitOf({ orderId, paymentId, amount }: OrderCharge): Movement {
  return {
    type: 'PAYMENT',
    amount: -amount,
    reason: `Added to order ${orderNumberOf(orderId)}`,
    sourceId: paymentId + ADDED_LINES,
  };
}

/** The payment of a debit, by its source. */
export function paymentIdOfSource(sourceId: string): PaymentId {
  return sourceId.endsWith(ADDED_LINES) ? sourceId.slice(0, -ADDED_LINES.length) : sourceId;
}

interface OrderCharge {
  readonly orderId: OrderId;
  readonly paymentId: PaymentId;
  readonly amount: MinorUnits;
}

/** The id is derived from type and source, so that no movement is posted twice. */
export function entryOf(userId: UserId, movement: Movement, { at, by }: Pick<LedgerEntry, 'at' | 'by'>): LedgerEntry {
  return { userId, entryId: entryIdOf(movement), ...movement, at, ...(by && { by }) };
}

export function entryIdOf({ type, sourceId }: Pick<Movement, 'type' | 'sourceId'>): string {
  return `${type}-${sourceId}`;
}

export function sumOf(movements: readonly Pick<Movement, 'amount'>[]): MinorUnits {
  return movements.reduce((sum, { amount }) => sum + amount, 0);
}

/** Whether a debit takes the balance below the threshold; false if it is already below. */
export function crossesLowBalance({ balance, lowBalanceThreshold }: Wallet, debit: MinorUnits): boolean {
  return balance >= lowBalanceThreshold && balance - debit < lowBalanceThreshold;
}
