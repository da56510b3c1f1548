import { ApiProperty } from '@nestjs/swagger';
import { toMajorUnits } from '../../kernel/money';
import { ListQuery, MoneyField, UserIdField } from '../../platform/http/fields';
import { LEDGER_ENTRY_TYPES, type LedgerEntry, type LedgerEntryType } from './domain/wallet';
import type { WalletView } from './wallet.service';

const MAX_THRESHOLD = 100_000;

export class WalletQuery {
  @UserIdField()
  userId?: string;
}

export class LedgerQuery extends ListQuery {
  @UserIdField()
  userId?: string;
}

export class WalletSettingsRequest extends WalletQuery {
  @MoneyField({
    min: 0,
    max: MAX_THRESHOLD,
    example: 100,
    description: 'You are told when the balance falls below it; 0: never.',
  })
  lowBalanceThreshold!: number;
}

export class WalletResponse {
  @ApiProperty({ example: 435 }) balance!: number;
  @ApiProperty({ example: 'INR' }) currency!: string;
  @ApiProperty({ example: 100 }) lowBalanceThreshold!: number;
  @ApiProperty({
    type: 'integer',
    example: 1,
    description: 'Of the settings, also the ETag; money that moves does not count.',
  })
  version!: number;

  static of(this: void, { balance, currency, lowBalanceThreshold, version }: WalletView): WalletResponse {
    return {
      balance: toMajorUnits(balance),
      currency,
      lowBalanceThreshold: toMajorUnits(lowBalanceThreshold),
      version,
    };
  }
}

export class LedgerEntryResponse {
  @ApiProperty({ example: 'PAYMENT-PAY01K9Z' }) entryId!: string;
  @ApiProperty({ enum: LEDGER_ENTRY_TYPES, example: 'PAYMENT' }) type!: LedgerEntryType;
  @ApiProperty({ example: -65, description: 'Signed: what came in is positive.' }) amount!: number;
  @ApiProperty({ example: 'Order O01K9Z' }) reason!: string;
  @ApiProperty({ example: 'PAY01K9Z', description: 'What caused it, such as a payment.' }) sourceId!: string;
  @ApiProperty({ format: 'date-time', example: '2026-11-30T15:00:00Z' }) at!: string;

  static of(this: void, { entryId, type, amount, reason, sourceId, at }: LedgerEntry): LedgerEntryResponse {
    return { entryId, type, amount: toMajorUnits(amount), reason, sourceId, at };
  }
}
