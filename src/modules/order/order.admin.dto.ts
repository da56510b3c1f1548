import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ChoiceField, DateField, IdField, IdsField, ListQuery } from '../../platform/http/fields';
import { ORDER_STATUSES, type OrderStatus } from './domain/order.status';
import type { StatusChangeResult } from './order-admin.service';

const MAX_ORDERS = 100;

export class ListOrdersByDateRequest extends ListQuery {
  @DateField({ optional: true, description: 'Local date of the delivery slot; without it from today on.' })
  date?: string;

  @ChoiceField(ORDER_STATUSES, { optional: true })
  status?: OrderStatus;
}

export class SetOrderStatusRequest {
  @IdField({ optional: true, example: 'O01K9Z', description: 'One order; or send orderIds.' })
  orderId?: string;

  @IdsField({ max: MAX_ORDERS, optional: true, description: 'Many orders, each for itself; or send orderId.' })
  orderIds?: string[];

  @ChoiceField(ORDER_STATUSES, { example: 'PACKED', description: 'PACKED or CANCELLED; the rest is not set by hand.' })
  status!: OrderStatus;
}

/** What became of one order of many: its status, or why it could not be. */
export class OrderStatusResultResponse {
  @ApiProperty({ example: 'O01K9Z' }) orderId!: string;
  @ApiPropertyOptional({ enum: ORDER_STATUSES }) status?: OrderStatus;
  @ApiPropertyOptional({ example: 'order.illegal_transition' }) code?: string;
  @ApiPropertyOptional() detail?: string;

  static of(this: void, result: StatusChangeResult): OrderStatusResultResponse {
    const { orderId } = result;
    if ('order' in result) return { orderId, status: result.order.status };
    return { orderId, code: result.error.code, detail: result.error.message };
  }
}
