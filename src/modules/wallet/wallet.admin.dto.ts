import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NotEquals } from 'class-validator';
import { CHANGED_BY, CUSTOMER_ID, INSTANT } from '../../kernel/api-fields';
import { toMajorUnits } from '../../kernel/money';
import { ChoiceField, IdField, MoneyField, TextField } from '../../platform/http/fields';
import { shownToAdmins } from '../../platform/request-context';
import { type Adjustment, ADJUSTMENT_TYPES, type LedgerEntry } from './domain/wallet';

const MAX_AMOUNT = 10_000_000;

export class AdjustWalletRequest {
  @IdField({ ...CUSTOMER_ID, description: 'Id of the user who owns the wallet.' })
  userId!: string;

  @NotEquals(0, { message: 'amount must not be 0' })
  @MoneyField({
    min: -MAX_AMOUNT,
    max: MAX_AMOUNT,
    example: 500,
    description: 'Amount, in major units. Positive for a credit, negative for a debit.',
  })
  amount!: number;

  @TextField({ max: 200, example: 'Paid in cash to Ravi', description: 'Reason of the movement, shown in the ledger.' })
  reason!: string;

  @ChoiceField(ADJUSTMENT_TYPES, {
    optional: true,
    description: 'Type of the movement. CREDIT: a goodwill credit, never negative. Default: ADJUSTMENT.',
  })
  type: Adjustment['type'] = 'ADJUSTMENT';
}

export class WalletAdjustmentResponse {
  @ApiProperty({ ...CUSTOMER_ID, description: 'Id of the user who owns the wallet.' }) userId!: string;
  @ApiProperty({ example: 'ADJUSTMENT-ADJ01K9Z', description: 'Id of the ledger entry.' }) entryId!: string;
  @ApiProperty({ enum: ADJUSTMENT_TYPES, example: 'ADJUSTMENT', description: 'Type of the movement.' }) type!: string;
  @ApiProperty({ example: 500, description: 'Amount, in major units. Positive for a credit, negative for a debit.' })
  amount!: number;
  @ApiProperty({ example: 'Paid in cash to Ravi', description: 'Reason of the movement, in words.' }) reason!: string;
  @ApiProperty({ example: 'ADJ01K9Z', description: 'Id of the adjustment.' }) sourceId!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant of the movement.' }) at!: string;
  @ApiPropertyOptional(CHANGED_BY) by?: string;

  static of(
    this: void,
    { userId, entryId, type, amount, reason, sourceId, at, by }: LedgerEntry,
  ): WalletAdjustmentResponse {
    return { userId, entryId, type, amount: toMajorUnits(amount), reason, sourceId, at, by: shownToAdmins(by) };
  }
}
