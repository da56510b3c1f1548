import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ORDER_ID, ORDER_NUMBER } from '../../kernel/api-fields';
import { MAX_SLOT_DAYS_AHEAD } from '../../kernel/calendar';
import { orderNumberOf } from '../../kernel/ids';
import { ChoiceField, DateField, IdField, IdsField, ListQuery, TextField } from '../../platform/http/fields';
import { ORDER_STATUSES, type OrderStatus } from './domain/order.status';
import type { StatusChangeResult } from './order-admin.service';

const MAX_ORDERS = 100;
const MAX_NUMBER_LENGTH = 20;

export class ListOrdersByDateRequest extends ListQuery {
  @DateField({
    optional: true,
    description: `Local date of the delivery slot. Default: today and the next ${MAX_SLOT_DAYS_AHEAD} days.`,
  })
  date?: string;

  @ChoiceField(ORDER_STATUSES, { optional: true, description: 'Status of the orders. Default: all.' })
  status?: OrderStatus;

  @TextField({
    max: MAX_NUMBER_LENGTH,
    optional: true,
    example: ORDER_NUMBER.example,
    description:
      'Order number. Case and hyphen do not matter; O is read as 0, I and L as 1. Finds orders of any date, unless ' +
      '`date` is given too.',
  })
  number?: string;
}

export class SetOrderStatusRequest {
  @IdField({ ...ORDER_ID, optional: true, description: 'Id of one order. Not together with `orderIds`.' })
  orderId?: string;

  @IdsField({ max: MAX_ORDERS, optional: true, description: 'Ids of several orders. Not together with `orderId`.' })
  orderIds?: string[];

  @ChoiceField(ORDER_STATUSES, {
    example: 'PACKED',
    description: 'New status: PACKED or CANCELLED. Payments and deliveries set the other statuses.',
  })
  status!: OrderStatus;
}

/** The result for one of several orders: its new status, or the error. */
export class OrderStatusResultResponse {
  @ApiProperty(ORDER_ID) orderId!: string;
  @ApiProperty(ORDER_NUMBER) orderNumber!: string;
  @ApiPropertyOptional({ enum: ORDER_STATUSES, description: 'Status after the change. Absent if it was refused.' })
  status?: OrderStatus;
  @ApiPropertyOptional({ example: 'order.illegal_transition', description: 'Error code, if the change was refused.' })
  code?: string;
  @ApiPropertyOptional({ description: 'Explanation of the error, if the change was refused.' }) detail?: string;

  static of(this: void, result: StatusChangeResult): OrderStatusResultResponse {
    const { orderId } = result;
    const orderNumber = orderNumberOf(orderId);
    if ('order' in result) return { orderId, orderNumber, status: result.order.status };
    return { orderId, orderNumber, code: result.error.code, detail: result.error.message };
  }
}
