import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { COURIER_ID, INSTANT } from '../../kernel/api-fields';
import { toMajorUnits } from '../../kernel/money';
import { DateField } from '../../platform/http/fields';
import type { DayReport } from './day-summaries.service';
import type { DeliveryCounts, OrderCounts } from './domain/day-summary';

export class DaySummaryRequest {
  @DateField({
    optional: true,
    example: '2026-12-01',
    description: 'Local date of the delivery slots. Default: today.',
  })
  date?: string;
}

const ORDERS = { CREATED: 2, CONFIRMED: 40, PACKED: 310, DISPATCHED: 120, DELIVERED: 350, CANCELLED: 6 };
const DELIVERIES = { ASSIGNED: 90, PICKED_UP: 10, IN_TRANSIT: 1, DELIVERED: 60, FAILED: 2 };

const countsBy = (example: Record<string, number>, description: string) =>
  ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example, description });

class CourierDayResponse {
  @ApiPropertyOptional({ ...COURIER_ID, description: 'Id of the courier. Absent for deliveries without a courier.' })
  courierId?: string;
  @ApiPropertyOptional({ example: 'Ravi', description: 'Name of the courier. Absent if they are no longer a courier.' })
  name?: string;
  @countsBy(DELIVERIES, 'Number of deliveries by status, without those whose order was cancelled first.')
  deliveries!: DeliveryCounts;
}

export class DaySummaryResponse {
  @ApiProperty({ format: 'date', example: '2026-12-01', description: 'Local date of the delivery slots.' })
  date!: string;
  @ApiProperty({ ...INSTANT, description: 'Instant of the count, by the clock of the business rules.' }) asOf!: string;
  @countsBy(ORDERS, 'Number of orders to deliver on the date, by status.') orders!: OrderCounts;
  @ApiProperty({ example: 52310.5, description: 'Sum of the orders that are not cancelled, in major units.' })
  amount!: number;
  @ApiProperty({
    type: [CourierDayResponse],
    description: 'Deliveries of each courier, sorted by name. Those without a courier come first.',
  })
  couriers!: CourierDayResponse[];

  static of(this: void, { date, asOf, orders, amount, couriers, staff }: DayReport): DaySummaryResponse {
    const names = new Map(staff.map(({ userId, name }) => [userId, name]));
    const rows = [...couriers].map(([courierId, deliveries]) => {
      return { courierId, name: courierId === undefined ? undefined : names.get(courierId), deliveries };
    });
    return { date, asOf, orders, amount: toMajorUnits(amount), couriers: rows.sort(byName) };
  }
}

function byName(one: CourierDayResponse, other: CourierDayResponse): number {
  const keyOf = ({ courierId = '', name = '' }: CourierDayResponse) => [courierId && '1', name, courierId].join('\0');
  return keyOf(one) < keyOf(other) ? -1 : 1;
}
