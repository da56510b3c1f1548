import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toMajorUnits } from '../../../kernel/money';
import { DateField, UserIdField } from '../../../platform/http/fields';
import { type CalendarDay, type Outcome, OUTCOMES } from '../../subscription';

const DATE = { format: 'date', example: '2026-12-01' };

export class CalendarQuery {
  @UserIdField()
  userId?: string;

  @DateField({ optional: true, example: '2026-12-01', description: 'The first date; today.' })
  from?: string;

  @DateField({ optional: true, example: '2026-12-31', description: 'The last date, at most 92 days in all; 31 days.' })
  to?: string;
}

export class MissingLineResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ type: 'integer', example: 2 }) qty!: number;
}

class CalendarLineResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ type: 'integer', example: 2 }) qty!: number;
  @ApiProperty({ example: 'Full cream milk' }) name!: string;
  @ApiProperty({ example: 32.5 }) price!: number;
  @ApiProperty({ example: 65 }) lineTotal!: number;
  @ApiPropertyOptional({ example: '500 ml' }) unit?: string;
}

export class CalendarDayResponse {
  @ApiProperty(DATE) date!: string;
  @ApiProperty({ enum: OUTCOMES, description: 'DUE: it is to come. ORDERED: it is ordered. Else why nothing comes.' })
  outcome!: Outcome;
  @ApiProperty({
    type: [CalendarLineResponse],
    description: 'What comes; of SHORT_BALANCE what would have come.',
  })
  items!: CalendarLineResponse[];
  @ApiProperty({
    example: 65,
    description: "At today's prices, until it is ordered; of SHORT_BALANCE what it would have cost.",
  })
  amount!: number;
  @ApiPropertyOptional({ type: [MissingLineResponse], description: 'Wanted, but it does not come.' })
  missing?: MissingLineResponse[];
  @ApiPropertyOptional({ example: 'O01K9Z' }) orderId?: string;

  static of(this: void, { date, outcome, items, amount, missing, orderId }: CalendarDay): CalendarDayResponse {
    return {
      date,
      outcome,
      items: items.map((item) => ({
        ...item,
        price: toMajorUnits(item.price),
        lineTotal: toMajorUnits(item.lineTotal),
      })),
      amount: toMajorUnits(amount),
      missing: missing && [...missing],
      orderId,
    };
  }
}
