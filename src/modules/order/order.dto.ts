import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { MAX_LINES, MAX_QUANTITY } from '../../kernel/lines';
import { toMajorUnits } from '../../kernel/money';
import {
  ChoiceField,
  DateField,
  IdField,
  InstantField,
  IntegerField,
  ListQuery,
  MoneyField,
  TextField,
  UserIdField,
} from '../../platform/http/fields';
import type { Order } from './domain/order';
import { ORDER_STATUSES, type OrderStatus } from './domain/order.status';

const MAX_REQUEST_LINES = 200;
const MAX_AMOUNT = 100_000_000_000;

export class OrderLineRequest {
  @IdField({ example: 'P101' })
  productId!: string;

  @IntegerField({ min: 1, max: MAX_QUANTITY, example: 2 })
  qty!: number;
}

export class PlaceOrderRequest {
  @UserIdField()
  userId?: string;

  @ApiPropertyOptional({
    type: [OrderLineRequest],
    minItems: 1,
    maxItems: MAX_REQUEST_LINES,
    description: `Without it the cart is ordered, and emptied. Equal products are summed; at most ${MAX_LINES} lines.`,
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsArray({ message: 'cartItems must be a list' })
  @ArrayMinSize(1, { message: 'cartItems must not be empty' })
  @ArrayMaxSize(MAX_REQUEST_LINES, { message: `cartItems has at most ${MAX_REQUEST_LINES} entries` })
  @ValidateNested({ each: true, message: 'cartItems must hold lines: {productId, qty}' })
  @IsObject({ each: true, message: 'cartItems must hold lines: {productId, qty}' })
  @Type(() => OrderLineRequest)
  cartItems?: OrderLineRequest[];

  @MoneyField({
    min: 0,
    max: MAX_AMOUNT,
    optional: true,
    example: 65,
    description: 'Checked against ours when given.',
  })
  totalAmount?: number;

  @InstantField({ example: '2026-12-01T01:30:00Z', description: 'At least LEAD_MINUTES and at most 30 days ahead.' })
  deliverySlot!: string;

  @TextField({ max: 300, multiline: true, optional: true, example: '12 Dairy Lane, Pune' })
  address?: string;
}

export class TrackOrderRequest {
  @UserIdField()
  userId?: string;

  @IdField({ example: 'O01K9Z' })
  orderId!: string;
}

export class ListOrdersRequest extends ListQuery {
  @UserIdField()
  userId?: string;

  @ChoiceField(ORDER_STATUSES, { optional: true })
  status?: OrderStatus;

  @DateField({ optional: true, description: 'Local date of the delivery slot, included.' })
  from?: string;

  @DateField({ optional: true, description: 'Local date of the delivery slot, included.' })
  to?: string;
}

export class CancelOrderRequest {
  @UserIdField()
  userId?: string;

  @IdField({ example: 'O01K9Z' })
  orderId!: string;

  @TextField({ max: 200, optional: true, example: 'We are away that day' })
  reason?: string;
}

class OrderItemResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ example: 'Full cream milk' }) name!: string;
  @ApiProperty({ type: 'integer', example: 2 }) qty!: number;
  @ApiProperty({ example: 32.5 }) price!: number;
  @ApiProperty({ example: 65 }) lineTotal!: number;
  @ApiPropertyOptional({ example: '500 ml' }) unit?: string;
}

class StatusChangeResponse {
  @ApiProperty({ enum: ORDER_STATUSES }) status!: OrderStatus;
  @ApiProperty({ format: 'date-time', example: '2026-11-30T15:00:00Z' }) at!: string;
  @ApiPropertyOptional() reason?: string;
}

class OrderPaymentResponse {
  @ApiProperty({ example: 'PAY01K9Z' }) paymentId!: string;
  @ApiProperty({ example: 'CARD' }) method!: string;
  @ApiProperty({ example: 'SUCCESS' }) status!: string;
}

class MissingLineResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ type: 'integer', example: 2 }) qty!: number;
}

class OrderDeliveryResponse {
  @ApiProperty({ example: 'D01K9Z' }) deliveryId!: string;
  @ApiProperty({ example: 'ASSIGNED' }) status!: string;
  @ApiPropertyOptional({ example: 'U01K9Z' }) courierId?: string;
}

export class OrderResponse {
  @ApiProperty({ example: 'O01K9Z' }) orderId!: string;
  @ApiProperty({ example: 'U101' }) userId!: string;
  @ApiProperty({ enum: ORDER_STATUSES }) status!: OrderStatus;
  @ApiProperty({ example: 65 }) amount!: number;
  @ApiProperty({ type: [OrderItemResponse] }) items!: OrderItemResponse[];
  @ApiProperty({ format: 'date-time', example: '2026-12-01T01:30:00Z' }) deliverySlot!: string;
  @ApiProperty({ example: '12 Dairy Lane, Pune' }) address!: string;
  @ApiProperty({ type: [StatusChangeResponse] }) history!: StatusChangeResponse[];
  @ApiProperty({ format: 'date-time', example: '2026-11-30T15:00:00Z' }) createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Until when it must be paid, while it is not.' })
  payBy?: string;
  @ApiPropertyOptional({ type: OrderPaymentResponse }) payment?: OrderPaymentResponse;
  @ApiPropertyOptional({ type: OrderDeliveryResponse }) delivery?: OrderDeliveryResponse;
  @ApiPropertyOptional({ example: 'S07F2C41D90AA01K9Z', description: 'The subscription that has made it.' })
  subscriptionId?: string;
  @ApiPropertyOptional({ type: [MissingLineResponse], description: 'What the subscription wanted and could not have.' })
  missing?: MissingLineResponse[];
  @ApiProperty({ type: 'integer', example: 1, description: 'Also the ETag.' }) version!: number;

  static of(this: void, order: Order): OrderResponse {
    const { orderId, userId, status, amount, items, deliverySlot, address, history } = order;
    const { createdAt, payBy, payment, delivery, subscriptionId, missing, version } = order;
    return {
      orderId,
      userId,
      status,
      amount: toMajorUnits(amount),
      items: items.map((item) => ({
        ...item,
        price: toMajorUnits(item.price),
        lineTotal: toMajorUnits(item.lineTotal),
      })),
      deliverySlot,
      address,
      history: [...history],
      createdAt,
      payBy,
      payment,
      delivery,
      subscriptionId,
      missing: missing && [...missing],
      version,
    };
  }
}
