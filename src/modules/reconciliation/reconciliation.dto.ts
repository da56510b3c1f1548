import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Violation, VIOLATION_KINDS, type ViolationKind } from './domain/invariants';
import type { CheckedCounts, ReconciliationReport } from './reconciliation.service';

export class ViolationResponse implements Violation {
  @ApiProperty({ enum: VIOLATION_KINDS, example: 'BALANCE_WRONG' }) kind!: ViolationKind;
  @ApiProperty({ example: 'the balance is 435, the entries come to 435.01' }) detail!: string;
  @ApiPropertyOptional({ example: 'U101' }) userId?: string;
  @ApiPropertyOptional({ example: 'PAYMENT-PAY01K9Z' }) entryId?: string;
  @ApiPropertyOptional({ example: 'O01K9Z' }) orderId?: string;
  @ApiPropertyOptional({ example: 'PAY01K9Z' }) paymentId?: string;
  @ApiPropertyOptional({ example: 'PAY01K9Y', description: 'The payment that the order says is its own.' })
  otherPaymentId?: string;
}

export class CheckedCountsResponse implements CheckedCounts {
  @ApiProperty({ type: 'integer', example: 120 }) wallets!: number;
  @ApiProperty({ type: 'integer', example: 4310 }) entries!: number;
  @ApiProperty({ type: 'integer', example: 6200 }) payments!: number;
  @ApiProperty({ type: 'integer', example: 6350 }) orders!: number;
  @ApiProperty({ type: 'integer', example: 2100, description: 'Those of which the gateway has taken money.' })
  charges!: number;
}

export class ReconciliationResponse implements ReconciliationReport {
  @ApiProperty({ example: true }) balanced!: boolean;
  @ApiProperty({ type: [ViolationResponse], example: [], description: 'At most about a thousand.' })
  violations!: ViolationResponse[];
  @ApiProperty({ type: CheckedCountsResponse }) checked!: CheckedCountsResponse;

  static of(this: void, { balanced, violations, checked }: ReconciliationReport): ReconciliationResponse {
    return { balanced, violations: [...violations], checked };
  }
}
