import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import {
  CHANGED_BY,
  COURIER_ID,
  CUSTOMER_ID,
  DELIVERY_ADDRESS,
  DELIVERY_ID,
  DELIVERY_SLOT,
  INSTANT,
  LINE_TOTAL,
  ORDER_ID,
  ORDER_NUMBER,
  PACKAGE_UNIT,
  PAYMENT_ID,
  PRODUCT_ID,
  PRODUCT_NAME,
  QUANTITY,
  SUBSCRIPTION_ID,
  TAX_RATE,
  UNIT_PRICE,
  VERSION,
} from '../../kernel/api-fields';
import { MAX_SLOT_DAYS_AHEAD } from '../../kernel/calendar';
import { orderNumberOf } from '../../kernel/ids';
import { MAX_LINES, MAX_QUANTITY } from '../../kernel/lines';
import { toMajorUnits } from '../../kernel/money';
import { namedLineOf } from '../../kernel/pricing';
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
import { shownToAdmins } from '../../platform/request-context';
import type { Order } from './domain/order';
import { ORDER_STATUSES, type OrderStatus } from './domain/order.status';

const MAX_REQUEST_LINES = 200;
const MAX_AMOUNT = 100_000_000_000;

export class OrderLineRequest {
  @IdField(PRODUCT_ID)
  productId!: string;

  @IntegerField({ ...QUANTITY, min: 1, max: MAX_QUANTITY })
  qty!: number;
}

export class PlaceOrderRequest {
  @UserIdField()
  userId?: string;

  @ApiPropertyOptional({
    type: [OrderLineRequest],
    minItems: 1,
    maxItems: MAX_REQUEST_LINES,
    description: `Lines to order. Default: the cart. Equal products are summed; at most ${MAX_LINES} different products.`,
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsArray({ message: 'cartItems must be a list' })
  @ArrayMinSize(1, { message: 'cartItems must not be empty' })
  @ArrayMaxSize(MAX_REQUEST_LINES, { message: `cartItems must have at most ${MAX_REQUEST_LINES} entries` })
  @ValidateNested({ each: true, message: 'cartItems must hold lines: {productId, qty}' })
  @IsObject({ each: true, message: 'cartItems must hold lines: {productId, qty}' })
  @Type(() => OrderLineRequest)
  cartItems?: OrderLineRequest[];

  @MoneyField({
    min: 0,
    max: MAX_AMOUNT,
    optional: true,
    example: 65,
    description:
      'Total shown to the customer, in major units. If it differs from the actual total, the order is refused.',
  })
  totalAmount?: number;

  @InstantField({
    example: DELIVERY_SLOT.example,
    description: `${DELIVERY_SLOT.description} At least \`LEAD_MINUTES\` (60) and at most ${MAX_SLOT_DAYS_AHEAD} days ahead.`,
  })
  deliverySlot!: string;

  @TextField({
    ...DELIVERY_ADDRESS,
    max: 300,
    multiline: true,
    optional: true,
    description: `${DELIVERY_ADDRESS.description} Default: the address of the profile.`,
  })
  address?: string;
}

export class TrackOrderRequest {
  @UserIdField()
  userId?: string;

  @IdField(ORDER_ID)
  orderId!: string;
}

export class ListOrdersRequest extends ListQuery {
  @UserIdField()
  userId?: string;

  @ChoiceField(ORDER_STATUSES, { optional: true, description: 'Status of the orders. Default: all.' })
  status?: OrderStatus;

  @DateField({ optional: true, description: 'First local date of the delivery slot. Default: no limit.' })
  from?: string;

  @DateField({ optional: true, description: 'Last local date of the delivery slot, included. Default: no limit.' })
  to?: string;
}

export class CancelOrderRequest {
  @UserIdField()
  userId?: string;

  @IdField(ORDER_ID)
  orderId!: string;

  @TextField({
    max: 200,
    optional: true,
    example: 'We are away that day',
    description: 'Reason for the cancellation, kept in the history of the order.',
  })
  reason?: string;
}

class OrderItemResponse {
  @ApiProperty(PRODUCT_ID) productId!: string;
  @ApiProperty(PRODUCT_NAME) name!: string;
  @ApiProperty(QUANTITY) qty!: number;
  @ApiProperty(UNIT_PRICE) price!: number;
  @ApiProperty(LINE_TOTAL) lineTotal!: number;
  @ApiPropertyOptional(PACKAGE_UNIT) unit?: string;
  @ApiPropertyOptional({ ...TAX_RATE, description: `${TAX_RATE.description} As it was when the line was priced.` })
  taxRate?: number;
}

class StatusChangeResponse {
  @ApiProperty({ enum: ORDER_STATUSES, description: 'Status after the change.' }) status!: OrderStatus;
  @ApiProperty({ ...INSTANT, description: 'Instant of the change.' }) at!: string;
  @ApiPropertyOptional({ description: 'Reason for the cancellation: a code, or the text of the person who cancelled.' })
  reason?: string;
  @ApiPropertyOptional(CHANGED_BY) by?: string;
}

class OrderPaymentResponse {
  @ApiProperty(PAYMENT_ID) paymentId!: string;
  @ApiProperty({ example: 'CARD', description: 'Method of the payment: CARD, UPI, WALLET or COD.' }) method!: string;
  @ApiProperty({ example: 'SUCCESS', description: 'Status of the payment.' }) status!: string;
}

class MissingLineResponse {
  @ApiProperty({ ...PRODUCT_ID, example: 'P102' }) productId!: string;
  @ApiPropertyOptional({ example: 'Curd', description: 'Name of the product. Absent if it was withdrawn.' })
  name?: string;
  @ApiProperty(QUANTITY) qty!: number;
}

class OrderDeliveryResponse {
  @ApiProperty(DELIVERY_ID) deliveryId!: string;
  @ApiProperty({ example: 'ASSIGNED', description: 'Status of the delivery.' }) status!: string;
  @ApiPropertyOptional({ ...COURIER_ID, description: 'Id of the courier. Absent if no courier was active.' })
  courierId?: string;
}

export class OrderResponse {
  @ApiProperty(ORDER_ID) orderId!: string;
  @ApiProperty(ORDER_NUMBER) orderNumber!: string;
  @ApiProperty(CUSTOMER_ID) userId!: string;
  @ApiProperty({ enum: ORDER_STATUSES, example: 'CONFIRMED', description: 'Status of the order.' })
  status!: OrderStatus;
  @ApiProperty({ example: 65, description: 'Sum of the lines, in major units.' }) amount!: number;
  @ApiProperty({
    type: [OrderItemResponse],
    description: 'Lines of the order, with name, price, unit and tax rate as sold.',
  })
  items!: OrderItemResponse[];
  @ApiProperty(DELIVERY_SLOT) deliverySlot!: string;
  @ApiProperty(DELIVERY_ADDRESS) address!: string;
  @ApiProperty({ type: [StatusChangeResponse], description: 'Status changes, oldest first.' })
  history!: StatusChangeResponse[];
  @ApiProperty({ ...INSTANT, description: 'Instant at which the order was placed.' }) createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'Payment deadline. Present while the order is CREATED.' })
  payBy?: string;
  @ApiPropertyOptional({ type: OrderPaymentResponse, description: 'Latest payment of the order.' })
  payment?: OrderPaymentResponse;
  @ApiPropertyOptional({
    type: OrderDeliveryResponse,
    description: 'Delivery of the order. Absent until it is assigned.',
  })
  delivery?: OrderDeliveryResponse;
  @ApiPropertyOptional({ ...SUBSCRIPTION_ID, description: 'Id of the subscription that generated the order.' })
  subscriptionId?: string;
  @ApiPropertyOptional({
    type: [MissingLineResponse],
    description: 'Lines of the subscription that could not be supplied.',
  })
  missing?: MissingLineResponse[];
  @ApiProperty(VERSION) version!: number;

  static of(this: void, order: Order): OrderResponse {
    const { orderId, userId, status, amount, items, deliverySlot, address, history } = order;
    const { createdAt, payBy, payment, delivery, subscriptionId, missing, version } = order;
    return {
      orderId,
      orderNumber: orderNumberOf(orderId),
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
      history: history.map(({ by, ...change }) => ({ ...change, by: shownToAdmins(by) })),
      createdAt,
      payBy,
      payment,
      delivery,
      subscriptionId,
      missing: missing?.map(namedLineOf),
      version,
    };
  }
}
