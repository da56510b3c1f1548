import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MAX_SLOT_DAYS_AHEAD } from '../../kernel/calendar';
import {
  ChoiceField,
  DateField,
  IdField,
  InstantField,
  ListQuery,
  TextField,
  UserIdField,
} from '../../platform/http/fields';
import { type Delivery, failureReasonOf } from './domain/delivery';
import {
  DELIVERY_STATUSES,
  type DeliveryStatus,
  FAILURE_REASONS,
  type FailureReason,
  ORDER_CANCELLED,
} from './domain/delivery.status';

const REASONS = [...FAILURE_REASONS, ORDER_CANCELLED];

export class AssignDeliveryRequest {
  @IdField({ example: 'O01K9Z' })
  orderId!: string;

  @InstantField({
    optional: true,
    example: '2026-12-01T01:30:00Z',
    description: `The order's when left out. In the future, at most ${MAX_SLOT_DAYS_AHEAD} days ahead.`,
  })
  deliverySlot?: string;

  @TextField({ max: 300, multiline: true, optional: true, example: '12 Dairy Lane, Pune' })
  address?: string;

  @IdField({ optional: true, example: 'U01K9Z', description: 'Left out: the present one stays, else one is chosen.' })
  courierId?: string;
}

export class UpdateDeliveryRequest {
  @IdField({ example: 'D01K9Z' })
  deliveryId!: string;

  @ChoiceField(DELIVERY_STATUSES, { example: 'PICKED_UP' })
  status!: DeliveryStatus;

  @ChoiceField(FAILURE_REASONS, { optional: true, description: 'With FAILED, and only then.' })
  reason?: FailureReason;

  @TextField({ max: 300, multiline: true, optional: true, example: 'Left with the neighbour' })
  note?: string;

  @UserIdField()
  userId?: string;
}

export class ListDeliveriesRequest extends ListQuery {
  @DateField({ optional: true, description: 'Local date of the delivery slot; left out: from today on.' })
  date?: string;

  @ChoiceField(DELIVERY_STATUSES, { optional: true })
  status?: DeliveryStatus;

  @IdField({ optional: true, description: 'A courier sees his own in any case.' })
  courierId?: string;

  @UserIdField()
  userId?: string;
}

class DeliveryStatusChangeResponse {
  @ApiProperty({ enum: DELIVERY_STATUSES }) status!: DeliveryStatus;
  @ApiProperty({ format: 'date-time', example: '2026-11-30T15:00:00Z' }) at!: string;
  @ApiPropertyOptional({ enum: REASONS }) reason?: string;
  @ApiPropertyOptional() note?: string;
}

export class DeliveryResponse {
  @ApiProperty({ example: 'D01K9Z' }) deliveryId!: string;
  @ApiProperty({ example: 'O01K9Z' }) orderId!: string;
  @ApiProperty({ example: 'U101' }) userId!: string;
  @ApiProperty({ enum: DELIVERY_STATUSES }) status!: DeliveryStatus;
  @ApiPropertyOptional({ example: 'U01K9Z', description: 'Absent while nobody is at work.' }) courierId?: string;
  @ApiProperty({ format: 'date-time', example: '2026-12-01T01:30:00Z' }) deliverySlot!: string;
  @ApiProperty({ example: '12 Dairy Lane, Pune' }) address!: string;
  @ApiProperty({ type: [DeliveryStatusChangeResponse] }) history!: DeliveryStatusChangeResponse[];
  @ApiPropertyOptional({ enum: REASONS, description: 'Why it failed.' }) reason?: string;
  @ApiProperty({ type: 'integer', example: 1, description: 'Also the ETag.' }) version!: number;

  static of(this: void, delivery: Delivery): DeliveryResponse {
    const { deliveryId, orderId, userId, status, courierId, deliverySlot, address, history, version } = delivery;
    return {
      deliveryId,
      orderId,
      userId,
      status,
      courierId,
      deliverySlot,
      address,
      history: [...history],
      reason: failureReasonOf(delivery),
      version,
    };
  }
}
