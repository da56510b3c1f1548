import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { INSTANT, ORDER_ID } from '../../kernel/api-fields';
import { toMajorUnits } from '../../kernel/money';
import { ListQuery, UserIdField } from '../../platform/http/fields';
import type { InvoiceView } from './invoice.service';

export class ListInvoicesRequest extends ListQuery {
  @UserIdField()
  userId?: string;
}

export class InvoiceResponse {
  @ApiProperty({ example: '2026-27/000123', description: 'Number of the invoice.' }) invoiceNumber!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant at which the invoice was issued.' }) issuedAt!: string;
  @ApiProperty({ example: '2026-11-01', format: 'date', description: 'Date of the first delivery.' }) from!: string;
  @ApiProperty({ example: '2026-11-30', format: 'date', description: 'Date of the last delivery.' }) to!: string;
  @ApiProperty({ example: 1950, description: 'Total, with tax, in major units.' }) total!: number;
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

  static of(this: void, { number, issuedAt, from, to, total, currency, orderId, link }: InvoiceView): InvoiceResponse {
    return {
      invoiceNumber: number,
      ...{ issuedAt, from, to, total: toMajorUnits(total), currency, orderId },
      ...link,
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
