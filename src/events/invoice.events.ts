import type { OrderId, UserId } from '../kernel/ids';
import type { MinorUnits } from '../kernel/money';

interface BaseInvoiceEvent {
  readonly invoiceId: string;
  readonly userId: UserId;
  readonly number: string;
}

/** A customer or an admin asked for the invoice of a delivered order that has none. */
export interface InvoiceRequested {
  readonly type: 'invoice.requested';
  readonly orderId: OrderId;
  readonly userId: UserId;
}

/** An invoice has a number, and does not change any more. */
export interface InvoiceIssued extends BaseInvoiceEvent {
  readonly type: 'invoice.issued';
  readonly total: MinorUnits;
}

/** The file of an invoice can be downloaded. */
export interface InvoiceReady extends BaseInvoiceEvent {
  readonly type: 'invoice.ready';
  readonly total: MinorUnits;
  /** Set for the invoice of a month. */
  readonly month?: string;
}

interface BaseCreditNoteEvent {
  readonly creditNoteId: string;
  readonly userId: UserId;
  readonly number: string;
  readonly total: MinorUnits;
  readonly orderId: OrderId;
  readonly invoiceNumber: string;
}

/** A refund of an order on an issued invoice has a credit note, which does not change any more. */
export interface CreditNoteIssued extends BaseCreditNoteEvent {
  readonly type: 'credit_note.issued';
}

/** The file of a credit note can be downloaded. */
export interface CreditNoteReady extends BaseCreditNoteEvent {
  readonly type: 'credit_note.ready';
}

export type InvoiceEvent = InvoiceRequested | InvoiceIssued | InvoiceReady | CreditNoteIssued | CreditNoteReady;
