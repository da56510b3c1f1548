import { ApiProperty } from '@nestjs/swagger';
import { NotEquals } from 'class-validator';
import { toMajorUnits } from '../../kernel/money';
import { ChoiceField, IdField, MoneyField, TextField } from '../../platform/http/fields';
import { type Adjustment, ADJUSTMENT_TYPES, type LedgerEntry } from './domain/wallet';

const MAX_AMOUNT = 10_000_000;

export class AdjustWalletRequest {
  @IdField({ example: 'U101' })
  userId!: string;

  @NotEquals(0, { message: 'amount must not be 0' })
  @MoneyField({
    min: -MAX_AMOUNT,
    max: MAX_AMOUNT,
    example: 500,
    description: 'Signed: what is to come in is positive.',
  })
  amount!: number;

  @TextField({ max: 200, example: 'Paid in cash to Ravi' })
  reason!: string;

  @ChoiceField(ADJUSTMENT_TYPES, { optional: true, description: 'A CREDIT is a gift of the dairy, never negative.' })
  type: Adjustment['type'] = 'ADJUSTMENT';
}

export class WalletAdjustmentResponse {
  @ApiProperty({ example: 'U101' }) userId!: string;
  @ApiProperty({ example: 'ADJUSTMENT-ADJ01K9Z' }) entryId!: string;
  @ApiProperty({ enum: ADJUSTMENT_TYPES, example: 'ADJUSTMENT' }) type!: string;
  @ApiProperty({ example: 500 }) amount!: number;
  @ApiProperty({ example: 'Paid in cash to Ravi' }) reason!: string;
  @ApiProperty({ example: 'ADJ01K9Z' }) sourceId!: string;
  @ApiProperty({ format: 'date-time', example: '2026-11-30T15:00:00Z' }) at!: string;

  static of(
    this: void,
    { userId, entryId, type, amount, reason, sourceId, at }: LedgerEntry,
  ): WalletAdjustmentResponse {
    return { userId, entryId, type, amount: toMajorUnits(amount), reason, sourceId, at };
  }
}
