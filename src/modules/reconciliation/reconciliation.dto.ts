import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CUSTOMER_ID, ORDER_ID, PAYMENT_ID, PRODUCT_ID } from '../../kernel/api-fields';
import { type Violation, VIOLATION_KINDS, type ViolationKind } from './domain/violation';
import { type Notice, NOTICE_KINDS, type NoticeKind } from './domain/notices';
import type { CheckedCounts, ReconciliationReport } from './reconciliation.service';

export class ViolationResponse implements Violation {
  @ApiProperty({ enum: VIOLATION_KINDS, example: 'BALANCE_WRONG', description: 'Kind of the violation.' })
  kind!: ViolationKind;
  @ApiProperty({
    example: 'the balance is 435, the entries add up to 435.01',
    description: 'Explanation, with amounts in major units.',
  })
  detail!: string;
  @ApiPropertyOptional(CUSTOMER_ID) userId?: string;
  @ApiPropertyOptional({ example: 'PAYMENT-PAY01K9Z', description: 'Id of the ledger entry.' }) entryId?: string;
  @ApiPropertyOptional(ORDER_ID) orderId?: string;
  @ApiPropertyOptional(PAYMENT_ID) paymentId?: string;
  @ApiPropertyOptional({ example: 'PAY01K9Y', description: 'Id of the payment that the order refers to.' })
  otherPaymentId?: string;
  @ApiPropertyOptional(PRODUCT_ID) productId?: string;
  @ApiPropertyOptional({
    example: '2026-27/000123',
    description: 'Number of the invoice or credit note, or the series of a number that is missing or used twice.',
  })
  invoiceNumber?: string;
}

export class NoticeResponse implements Notice {
  @ApiProperty({ enum: NOTICE_KINDS, example: 'DISPUTE_OPEN', description: 'Kind of the notice.' })
  kind!: NoticeKind;
  @ApiProperty({
    example: '30 is disputed, the bank has withdrawn 30',
    description: 'Explanation, with amounts in major units.',
  })
  detail!: string;
  @ApiPropertyOptional(CUSTOMER_ID) userId?: string;
  @ApiPropertyOptional(ORDER_ID) orderId?: string;
  @ApiPropertyOptional(PAYMENT_ID) paymentId?: string;
  @ApiPropertyOptional({ example: '2026-27/000123', description: 'Number of the invoice.' }) invoiceNumber?: string;
}

export class CheckedCountsResponse implements CheckedCounts {
  @ApiProperty({ type: 'integer', example: 120, description: 'Number of wallets checked.' }) wallets!: number;
  @ApiProperty({ type: 'integer', example: 4310, description: 'Number of ledger entries checked.' }) entries!: number;
  @ApiProperty({ type: 'integer', example: 6200, description: 'Number of payments checked.' }) payments!: number;
  @ApiProperty({ type: 'integer', example: 6350, description: 'Number of orders checked.' }) orders!: number;
  @ApiProperty({ type: 'integer', example: 2100, description: 'Number of charges checked at the gateway.' })
  charges!: number;
  @ApiProperty({ type: 'integer', example: 640, description: 'Number of invoices and credit notes checked.' })
  invoices!: number;
  @ApiProperty({ type: 'integer', example: 3100, description: 'Number of subscriptions checked.' })
  subscriptions!: number;
}

export class ReconciliationResponse implements ReconciliationReport {
  @ApiProperty({ example: true, description: 'Whether no violation was found.' }) balanced!: boolean;
  @ApiProperty({
    type: [ViolationResponse],
    example: [],
    description: 'Violations found. The check stops after about 1,000.',
  })
  violations!: ViolationResponse[];
  @ApiProperty({
    type: [NoticeResponse],
    example: [],
    description:
      'Open and lost disputes, refunds made by hand at the gateway that leave an order or a top-up behind, and invoices ' +
      'of a version that did not store their orders. They are not violations. At most 1,000.',
  })
  notices!: NoticeResponse[];
  @ApiProperty({ type: CheckedCountsResponse, description: 'Number of objects checked.' })
  checked!: CheckedCountsResponse;

  static of(this: void, { balanced, violations, notices, checked }: ReconciliationReport): ReconciliationResponse {
    return { balanced, violations: [...violations], notices: [...notices], checked };
  }
}
