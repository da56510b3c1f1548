import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  CHANGED_BY,
  COURIER_ID,
  CUSTOMER_ID,
  DELIVERY_ADDRESS,
  DELIVERY_ID,
  DELIVERY_SLOT,
  INSTANT,
  ORDER_ID,
  ORDER_NUMBER,
  VERSION,
} from '../../kernel/api-fields';
import { MAX_SLOT_DAYS_AHEAD } from '../../kernel/calendar';
import { orderNumberOf } from '../../kernel/ids';
import {
  BooleanField,
  ChoiceField,
  DateField,
  IdField,
  IdsField,
  InstantField,
  ListQuery,
  QueryBooleanField,
  QueryIntegerField,
  TextField,
  UserIdField,
} from '../../platform/http/fields';
import { shownToAdmins } from '../../platform/request-context';
import type { AssignmentResult } from './bulk-assignment.service';
import { type Delivery, failureReasonOf } from './domain/delivery';
import { DELIVERY_STATUSES, type DeliveryStatus, FAILURE_REASONS, ORDER_CANCELLED } from './domain/delivery.status';

const REASONS = [...FAILURE_REASONS, ORDER_CANCELLED];

const MAX_ORDERS = 100;
const MAX_VERSION = 1_000_000_000;
/** Below the timeout of API Gateway, which is 29 s. */
export const MAX_WAIT_SECONDS = 20;

export class AssignDeliveryRequest {
  @IdField({ ...ORDER_ID, optional: true, description: 'Id of one order. Not together with `orderIds`.' })
  orderId?: string;

  @IdsField({
    max: MAX_ORDERS,
    optional: true,
    description: 'Ids of several orders. Not together with `orderId`, `deliverySlot` or `address`.',
  })
  orderIds?: string[];

  @InstantField({
    optional: true,
    example: DELIVERY_SLOT.example,
    description: `${DELIVERY_SLOT.description} Default: unchanged. In the future, at most ${MAX_SLOT_DAYS_AHEAD} days ahead.`,
  })
  deliverySlot?: string;

  @TextField({
    ...DELIVERY_ADDRESS,
    max: 300,
    multiline: true,
    optional: true,
    description: `${DELIVERY_ADDRESS.description} Default: unchanged.`,
  })
  address?: string;

  @IdField({
    ...COURIER_ID,
    optional: true,
    description:
      "Id of the courier. Default: the current courier if active, else the customer's usual courier, else any active " +
      'courier.',
  })
  courierId?: string;

  @BooleanField({
    optional: true,
    description:
      "Whether the courier becomes the customer's usual courier, for later orders too. Requires `courierId`. Default: " +
      'false, the assignment is for this delivery only.',
  })
  permanent?: boolean;
}

export class PollDeliveryRequest {
  @QueryIntegerField({
    min: 0,
    max: MAX_VERSION,
    optional: true,
    example: 3,
    description: 'Version that the client has. The response waits for a later one.',
  })
  since?: number;

  @QueryIntegerField({
    min: 0,
    max: MAX_WAIT_SECONDS,
    optional: true,
    example: MAX_WAIT_SECONDS,
    description: `Seconds to wait for a later version. Requires \`since\`. Default: ${MAX_WAIT_SECONDS}.`,
  })
  wait?: number;

  @UserIdField()
  userId?: string;
}

export class ListDeliveriesRequest extends ListQuery {
  @DateField({ optional: true, description: 'Local date of the delivery slot. Default: today and later.' })
  date?: string;

  @ChoiceField(DELIVERY_STATUSES, { optional: true, description: 'Status of the deliveries. Default: all.' })
  status?: DeliveryStatus;

  @IdField({
    optional: true,
    description: 'Id of the courier. Default for admins: all couriers. Couriers may send only their own id.',
  })
  courierId?: string;

  @QueryBooleanField({
    optional: true,
    description:
      'With true, only open deliveries without a courier, or whose courier was blocked or is no longer a courier. Those ' +
      'without a courier come first, then courier by courier. Default: false.',
  })
  needsCourier?: boolean;

  @UserIdField({
    description: 'Id of the caller. Any other is refused, also for admins: `courierId` selects a courier.',
  })
  userId?: string;
}

class DeliveryStatusChangeResponse {
  @ApiProperty({ enum: DELIVERY_STATUSES, description: 'Status after the change.' }) status!: DeliveryStatus;
  @ApiProperty({
    ...INSTANT,
    description: 'Instant of the change. By the clock of the phone, if there is `receivedAt`.',
  })
  at!: string;
  @ApiPropertyOptional({
    format: INSTANT.format,
    description: 'Instant at which the report arrived. Present if the report had its own `at`.',
  })
  receivedAt?: string;
  @ApiPropertyOptional({ enum: REASONS, description: 'Reason for the failure.' }) reason?: string;
  @ApiPropertyOptional({ description: 'Note of the person who reported the change.' }) note?: string;
  @ApiPropertyOptional(CHANGED_BY) by?: string;
}

export class DeliveryResponse {
  @ApiProperty(DELIVERY_ID) deliveryId!: string;
  @ApiProperty(ORDER_ID) orderId!: string;
  @ApiProperty(ORDER_NUMBER) orderNumber!: string;
  @ApiProperty(CUSTOMER_ID) userId!: string;
  @ApiProperty({ enum: DELIVERY_STATUSES, description: 'Status of the delivery.' }) status!: DeliveryStatus;
  @ApiPropertyOptional({ ...COURIER_ID, description: 'Id of the courier. Absent if no courier was active.' })
  courierId?: string;
  @ApiProperty(DELIVERY_SLOT) deliverySlot!: string;
  @ApiProperty(DELIVERY_ADDRESS) address!: string;
  @ApiProperty({ type: [DeliveryStatusChangeResponse], description: 'Status changes, oldest first.' })
  history!: DeliveryStatusChangeResponse[];
  @ApiPropertyOptional({ enum: REASONS, description: 'Reason for the failure. Present for FAILED.' }) reason?: string;
  @ApiProperty(VERSION) version!: number;

  static of(this: void, delivery: Delivery): DeliveryResponse {
    const { deliveryId, orderId, userId, status, courierId, deliverySlot, address, history, version } = delivery;
    return {
      deliveryId,
      orderId,
      orderNumber: orderNumberOf(orderId),
      userId,
      status,
      courierId,
      deliverySlot,
      address,
      history: history.map(({ by, clientEventId: _, ...change }) => ({ ...change, by: shownToAdmins(by) })),
      reason: failureReasonOf(delivery),
      version,
    };
  }
}

/** The result for one of several orders: its delivery, or the error. */
export class AssignmentResultResponse {
  @ApiProperty(ORDER_ID) orderId!: string;
  @ApiProperty(ORDER_NUMBER) orderNumber!: string;
  @ApiPropertyOptional({ ...DELIVERY_ID, description: 'Id of the delivery. Absent if the assignment was refused.' })
  deliveryId?: string;
  @ApiPropertyOptional({
    enum: DELIVERY_STATUSES,
    description: 'Status of the delivery. Absent if the assignment was refused.',
  })
  status?: DeliveryStatus;
  @ApiPropertyOptional({ ...COURIER_ID, description: 'Id of the courier. Absent if no courier was active.' })
  courierId?: string;
  @ApiPropertyOptional({
    example: 'delivery.illegal_transition',
    description: 'Error code, if the assignment was refused.',
  })
  code?: string;
  @ApiPropertyOptional({ description: 'Explanation of the error, if the assignment was refused.' }) detail?: string;

  static of(this: void, result: AssignmentResult): AssignmentResultResponse {
    const { orderId } = result;
    const orderNumber = orderNumberOf(orderId);
    if ('refusal' in result) return { orderId, orderNumber, ...result.refusal };
    const { deliveryId, status, courierId } = result.delivery;
    return { orderId, orderNumber, deliveryId, status, courierId };
  }
}
