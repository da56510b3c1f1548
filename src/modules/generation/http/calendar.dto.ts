import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  LINE_TOTAL,
  ORDER_ID,
  ORDER_NUMBER,
  PACKAGE_UNIT,
  PRODUCT_ID,
  PRODUCT_NAME,
  QUANTITY,
  TAX_RATE,
  UNIT_PRICE,
} from '../../../kernel/api-fields';
import { orderNumberOf } from '../../../kernel/ids';
import { toMajorUnits } from '../../../kernel/money';
import { namedLineOf } from '../../../kernel/pricing';
import { DateField, UserIdField } from '../../../platform/http/fields';
import { type CalendarDay, type Outcome, OUTCOMES } from '../../subscription';

export class CalendarQuery {
  @UserIdField()
  userId?: string;

  @DateField({
    optional: true,
    example: '2026-12-01',
    description: 'First local date. Default: today, or `to` if that is earlier.',
  })
  from?: string;

  @DateField({
    optional: true,
    example: '2026-12-31',
    description: 'Last local date, included. Default: 30 days after `from`. At most 92 days in all.',
  })
  to?: string;
}

export class MissingLineResponse {
  @ApiProperty({ ...PRODUCT_ID, example: 'P102' }) productId!: string;
  @ApiPropertyOptional({ example: 'Curd', description: 'Name of the product. Absent if it was withdrawn.' })
  name?: string;
  @ApiProperty(QUANTITY) qty!: number;
}

class CalendarLineResponse {
  @ApiProperty(PRODUCT_ID) productId!: string;
  @ApiProperty(QUANTITY) qty!: number;
  @ApiProperty(PRODUCT_NAME) name!: string;
  @ApiProperty(UNIT_PRICE) price!: number;
  @ApiProperty(LINE_TOTAL) lineTotal!: number;
  @ApiPropertyOptional(PACKAGE_UNIT) unit?: string;
  @ApiPropertyOptional({ ...TAX_RATE, description: `${TAX_RATE.description} As it was when the line was priced.` })
  taxRate?: number;
}

export class CalendarDayResponse {
  @ApiProperty({ format: 'date', example: '2026-12-05', description: 'Local date.' }) date!: string;
  @ApiProperty({
    enum: OUTCOMES,
    example: 'ORDERED',
    description:
      'Outcome of the date. DUE: a delivery is planned. ORDERED: its order exists. Any other: the reason why there is ' +
      'no delivery.',
  })
  outcome!: Outcome;
  @ApiProperty({
    type: [CalendarLineResponse],
    description: 'Lines of the delivery. For SHORT_BALANCE, the lines that the wallet did not cover.',
  })
  items!: CalendarLineResponse[];
  @ApiProperty({
    example: 65,
    description:
      "Amount of the delivery, in major units. Before the order exists, at today's prices. For SHORT_BALANCE, the " +
      'amount that the wallet did not cover.',
  })
  amount!: number;
  @ApiPropertyOptional({ type: [MissingLineResponse], description: 'Lines that could not be supplied.' })
  missing?: MissingLineResponse[];
  @ApiPropertyOptional(ORDER_ID) orderId?: string;
  @ApiPropertyOptional(ORDER_NUMBER) orderNumber?: string;

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
      missing: missing?.map(namedLineOf),
      orderId,
      orderNumber: orderId && orderNumberOf(orderId),
    };
  }
}
