import type { OrderId, PaymentId, ProductId, UserId } from '../../../kernel/ids';

export const VIOLATION_KINDS = [
  'BALANCE_WRONG',
  'BALANCE_NEGATIVE',
  'WALLET_MISSING',
  'ENTRY_MISSING',
  'ENTRY_UNEXPLAINED',
  'ENTRY_WRONG',
  'ORDER_UNPAID',
  'ORDER_OUT_OF_STEP',
  'AMOUNT_WRONG',
  'PAID_TWICE',
  'PAYMENT_ASTRAY',
  'REFUND_MISSING',
  'REFUND_UNKNOWN',
  'REFUNDED_TWICE',
  'DISPUTE_UNKNOWN',
  'CHARGE_MISSING',
  'CHARGE_WRONG',
  'CHARGE_UNKNOWN',
  'CASH_WRONG',
  'ORDER_MISSING',
  'INVOICE_NUMBERS_WRONG',
  'INVOICE_WRONG',
  'INVOICE_MISSING',
  'INVOICED_TWICE',
  'CREDIT_NOTE_WRONG',
  'CREDIT_NOTE_MISSING',
  'STOCK_SHARE_STRAY',
  'STOCK_SHARE_WRONG',
] as const;
export type ViolationKind = (typeof VIOLATION_KINDS)[number];

export interface SubjectIds {
  readonly userId?: UserId;
  readonly entryId?: string;
  readonly orderId?: OrderId;
  readonly paymentId?: PaymentId;
  readonly otherPaymentId?: PaymentId;
  readonly productId?: ProductId;
  /** Of the invoice or credit note. */
  readonly invoiceNumber?: string;
}

/** A contradiction in the data: its kind, an explanation, and the ids of the affected objects. */
export interface Violation extends SubjectIds {
  readonly kind: ViolationKind;
  readonly detail: string;
}

/** Collects the violations of one subject, and adds its ids to each. */
export class ViolationCollector {
  readonly found: Violation[] = [];

  constructor(private readonly ids: SubjectIds) {}

  require(holds: boolean, kind: ViolationKind, detail: string): void {
    if (!holds) this.add(kind, detail);
  }

  add(kind: ViolationKind, detail: string, more: SubjectIds = {}): Violation[] {
    this.found.push({ kind, detail, ...this.ids, ...more });
    return this.found;
  }
}
