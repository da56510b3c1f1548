import type { OrderId } from '../../../kernel/ids';
import { type MinorUnits, toMajorUnits } from '../../../kernel/money';
import { Conflict } from '../../../platform/errors';
import type { Invoice } from './invoice';

export class OrderNotDelivered extends Conflict {
  static override readonly code = 'invoice.order_not_delivered';
  constructor(orderId: OrderId, status: string) {
    super(`The order is ${status}. It gets an invoice once it is delivered.`, { orderId, status });
  }
}

/** Another worker has issued an invoice or credit note since the series was read, or one with an id of the batch. */
export class SeriesMoved extends Error {}

/** The order already is part of an invoice, or one was just requested. */
export class AlreadyInvoiced extends Error {}

/** Another worker has stored the file of the invoice. */
export class FileRecorded extends Error {}

/** Another task has started or resumed the run. */
export class RunChanged extends Error {}

/** The credit notes of an invoice would exceed it. Only damaged data can cause it. */
export class CreditExceedsInvoice extends Error {
  constructor({ number, total, credited = 0 }: Pick<Invoice, 'number' | 'total' | 'credited'>, amount: MinorUnits) {
    const before = `${toMajorUnits(credited)} is credited, and ${toMajorUnits(amount)} would be added`;
    super(`The credit notes would exceed the invoice ${number} of ${toMajorUnits(total)}: ${before}`);
  }
}
