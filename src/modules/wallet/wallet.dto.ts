import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CHANGED_BY, INSTANT, VERSION } from '../../kernel/api-fields';
import { toMajorUnits } from '../../kernel/money';
import { ListQuery, MoneyField, UserIdField } from '../../platform/http/fields';
import { shownToAdmins } from '../../platform/request-context';
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
    description: 'Balance below which the customer is warned, in major units. 0: no warning.',
  })
  lowBalanceThreshold!: number;
}

export class WalletResponse {
  @ApiProperty({ example: 435, description: 'Prepaid balance, in major units.' }) balance!: number;
  @ApiProperty({ example: 'INR', description: 'ISO 4217 code of the currency of all amounts.' }) currency!: string;
  @ApiProperty({
    example: 100,
    description: 'Balance below which the customer is warned, in major units. 0: no warning.',
  })
  lowBalanceThreshold!: number;
  @ApiProperty({
    ...VERSION,
    description: 'Version of the settings. Also sent as `ETag`. Movements of money do not change it.',
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
  @ApiProperty({ example: 'PAYMENT-PAY01K9Z', description: 'Id of the ledger entry.' }) entryId!: string;
  @ApiProperty({ enum: LEDGER_ENTRY_TYPES, example: 'PAYMENT', description: 'Type of the movement.' })
  type!: LedgerEntryType;
  @ApiProperty({ example: -65, description: 'Amount, in major units. Positive for a credit, negative for a debit.' })
  amount!: number;
  @ApiProperty({ example: 'Order K7M4-Q2XD', description: 'Reason of the movement, in words.' }) reason!: string;
  @ApiProperty({ example: 'PAY01K9Z', description: 'Id of the cause, such as a payment.' }) sourceId!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant of the movement.' }) at!: string;
  @ApiPropertyOptional(CHANGED_BY) by?: string;

  static of(this: void, { entryId, type, amount, reason, sourceId, at, by }: LedgerEntry): LedgerEntryResponse {
    return { entryId, type, amount: toMajorUnits(amount), reason, sourceId, at, by: shownToAdmins(by) };
  }
}
