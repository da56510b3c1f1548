import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INSTANT, ORDER_ID } from '../../kernel/api-fields';
import { toMajorUnits } from '../../kernel/money';
import { ListQuery, UserIdField } from '../../platform/http/fields';
import { isInvoice } from './domain/invoice';
import type { InvoiceView } from './invoice.service';

export class ListInvoicesRequest extends ListQuery {
  @UserIdField()
  userId?: string;
}

export class InvoiceResponse {
  @ApiProperty({ enum: ['INVOICE', 'CREDIT_NOTE'], example: 'INVOICE', description: 'Kind of the document.' })
  kind!: 'INVOICE' | 'CREDIT_NOTE';
  @ApiProperty({
    example: '2026-27/000123',
    description: 'Number of the invoice. For a credit note, of the invoice that it belongs to.',
  })
  invoiceNumber!: string;
  @ApiPropertyOptional({
    example: '2026-27/C000007',
    description: 'Number of the credit note. Absent for an invoice.',
  })
  creditNoteNumber?: string;
  @ApiProperty({ ...INSTANT, description: 'Instant at which the document was issued.' }) issuedAt!: string;
  @ApiProperty({ example: '2026-11-01', format: 'date', description: 'Date of the first delivery.' }) from!: string;
  @ApiProperty({ example: '2026-11-30', format: 'date', description: 'Date of the last delivery.' }) to!: string;
  @ApiProperty({ example: 1950, description: 'Total, with tax, in major units.' }) total!: number;
  @ApiPropertyOptional({
    example: 60,
    description: 'Sum of the credit notes of an invoice, in major units. Absent if it has none.',
  })
  credited?: number;
  @ApiProperty({ example: 'INR', description: 'ISO 4217 code of the currency.' }) currency!: string;
  @ApiPropertyOptional({ ...ORDER_ID, description: 'Id of the order. Absent for the invoice of a month.' })
  orderId?: string;
  @ApiPropertyOptional({
    format: 'uri',
    example: 'https://files.milkround.test/2026-27/000123.pdf',
    description: 'Link to the PDF. Absent while it is made.',
  })
  url?: string;
  @ApiPropertyOptional({ ...INSTANT, description: 'Instant at which the link stops working.' }) expiresAt?: string;

  static of(this: void, document: InvoiceView): InvoiceResponse {
    const { number, issuedAt, from, to, total, currency, orderId, link } = document;
    const common = { issuedAt, from, to, total: toMajorUnits(total), currency, orderId, ...link };
    if (!isInvoice(document)) {
      const { ofInvoice } = document;
      return { kind: 'CREDIT_NOTE', creditNoteNumber: number, invoiceNumber: ofInvoice.number, ...common };
    }
    const { credited } = document;
    return {
      kind: 'INVOICE',
      invoiceNumber: number,
      ...common,
      credited: credited === undefined ? undefined : toMajorUnits(credited),
    };
  }
}

export class PendingInvoiceResponse {
  @ApiProperty({
    example: 'The invoice is being made. Repeat the request in 2 seconds.',
    description: 'Instructions for getting the invoice.',
  })
  message!: string;
}
