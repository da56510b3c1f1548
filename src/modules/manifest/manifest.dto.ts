import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  COURIER_ID,
  CUSTOMER_ID,
  DELIVERY_ADDRESS,
  DELIVERY_ID,
  DELIVERY_SLOT,
  INSTANT,
  ORDER_ID,
  ORDER_NUMBER,
  PACKAGE_UNIT,
  PRODUCT_ID,
  PRODUCT_NAME,
  QUANTITY,
} from '../../kernel/api-fields';
import { orderNumberOf } from '../../kernel/ids';
import { toMajorUnits } from '../../kernel/money';
import { ChoiceField, DateField, IdField, UserIdField } from '../../platform/http/fields';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../delivery';
import { CHANGE_TYPES, CHANGED_FIELDS } from './domain/amendment';
import { type ManifestOrder, REMOVAL_REASONS, type Stop } from './domain/manifest';
import type { DescribedAmendment, DescribedChange, NumberedManifest } from './domain/numbered-manifest';

const FORMATS = ['json', 'csv', 'pdf'] as const;
const CUSTOMER_NAME = { example: 'Asha Rao', description: 'Name of the customer. Absent if the account is gone.' };

export class GetManifestRequest {
  @DateField({ optional: true, description: 'Local date of the delivery slots. Default: today.' })
  date?: string;

  @IdField({
    ...COURIER_ID,
    optional: true,
    description: 'Id of the courier. Admins must send it. Couriers may send only their own id, which is the default.',
  })
  courierId?: string;

  @ChoiceField(FORMATS, { optional: true, description: 'Format of the response. Default: `json`.' })
  format?: (typeof FORMATS)[number];

  @UserIdField({
    description: 'Id of the caller. Any other is refused, also for admins: `courierId` selects a courier.',
  })
  userId?: string;
}

class ManifestLineResponse {
  @ApiProperty(PRODUCT_ID) productId!: string;
  @ApiProperty(PRODUCT_NAME) name!: string;
  @ApiPropertyOptional(PACKAGE_UNIT) unit?: string;
  @ApiProperty(QUANTITY) qty!: number;
}

class ManifestCustomerResponse {
  @ApiProperty(CUSTOMER_ID) userId!: string;
  @ApiPropertyOptional(CUSTOMER_NAME) name?: string;
  @ApiPropertyOptional({ example: '+919812345678', description: 'Phone number. Absent if the customer has none.' })
  phone?: string;
}

class ManifestOrderResponse {
  @ApiProperty(ORDER_ID) orderId!: string;
  @ApiProperty(ORDER_NUMBER) orderNumber!: string;
  @ApiProperty(DELIVERY_ID) deliveryId!: string;
  @ApiProperty({ enum: DELIVERY_STATUSES, example: 'ASSIGNED', description: 'Status of the delivery.' })
  status!: DeliveryStatus;
  @ApiProperty({ example: true, description: 'Whether the dairy has packed the order, so that it can be picked up.' })
  packed!: boolean;
  @ApiProperty({ type: [ManifestLineResponse], description: 'What to hand over.' }) items!: ManifestLineResponse[];
  @ApiProperty({ example: 65, description: 'Cash to collect for the order, in major units. 0 if it is paid.' })
  toCollect!: number;

  static of(
    this: void,
    { orderId, deliveryId, status, isPacked, items, toCollect }: ManifestOrder,
  ): ManifestOrderResponse {
    return {
      ...{ orderId, orderNumber: orderNumberOf(orderId), deliveryId, status, packed: isPacked },
      items: [...items],
      toCollect: toMajorUnits(toCollect),
    };
  }
}

class StopResponse {
  @ApiProperty({ type: 'integer', example: 1, description: 'Position of the stop on the manifest, from 1.' })
  sequence!: number;
  @ApiProperty(DELIVERY_SLOT) deliverySlot!: string;
  @ApiProperty({ type: ManifestCustomerResponse, description: 'Customer to deliver to.' })
  customer!: ManifestCustomerResponse;
  @ApiProperty(DELIVERY_ADDRESS) address!: string;
  @ApiProperty({ type: [ManifestOrderResponse], description: 'Orders of the customer for this time and address.' })
  orders!: ManifestOrderResponse[];
  @ApiProperty({ example: 65, description: 'Cash to collect at the stop, in major units, also once it is collected.' })
  toCollect!: number;

  static of(this: void, { sequence, deliverySlot, userId, customer, address, orders, toCollect }: Stop): StopResponse {
    return {
      ...{ sequence, deliverySlot, customer: { userId, ...customer }, address },
      orders: orders.map(ManifestOrderResponse.of),
      toCollect: toMajorUnits(toCollect),
    };
  }
}

class ManifestTotalsResponse {
  @ApiProperty({ type: 'integer', example: 1, description: 'Number of stops.' }) stops!: number;
  @ApiProperty({ type: 'integer', example: 1, description: 'Number of orders.' }) orders!: number;
  @ApiProperty({ example: 65, description: 'Cash to collect at all stops, in major units.' }) toCollect!: number;
  @ApiProperty({ type: [ManifestLineResponse], description: 'Units of each product to load, by name.' })
  load!: ManifestLineResponse[];
}

class ManifestChangeResponse {
  @ApiProperty({ enum: CHANGE_TYPES, example: 'CHANGED', description: 'How the manifest changed.' }) type!: string;
  @ApiProperty(ORDER_ID) orderId!: string;
  @ApiProperty(ORDER_NUMBER) orderNumber!: string;
  @ApiPropertyOptional(CUSTOMER_NAME) customerName?: string;
  @ApiPropertyOptional({
    type: 'integer',
    example: 1,
    description: 'Position of the stop. Absent if the order is no longer on the manifest.',
  })
  sequence?: number;
  @ApiPropertyOptional({
    enum: CHANGED_FIELDS,
    isArray: true,
    example: ['items'],
    description: 'What is different. Present for CHANGED. `customer` is their name or phone.',
  })
  fields?: string[];
  @ApiPropertyOptional({
    enum: REMOVAL_REASONS,
    description: 'Why the order is gone: cancelled, with another courier, or on another date. Present for REMOVED.',
  })
  reason?: string;

  static of(this: void, change: DescribedChange): ManifestChangeResponse {
    const { type, orderId, customerName, sequence } = change;
    return {
      ...{ type, orderId, orderNumber: orderNumberOf(orderId), customerName, sequence },
      ...(change.type === 'CHANGED' && { fields: [...change.fields] }),
      ...(change.type === 'REMOVED' && { reason: change.reason }),
    };
  }
}

class AmendmentResponse {
  @ApiProperty({ type: 'integer', example: 2, description: 'Number that the manifest got by these changes.' })
  number!: number;
  @ApiProperty({ ...INSTANT, description: 'Instant at which the manifest got this number.' }) issuedAt!: string;
  @ApiProperty({ type: [ManifestChangeResponse], description: 'Changes since the number before, at most 50.' })
  changes!: ManifestChangeResponse[];
  @ApiProperty({ type: 'integer', example: 0, description: 'Number of further changes, which are not listed.' })
  omitted!: number;

  static of(this: void, { number, issuedAt, changes, omitted }: DescribedAmendment): AmendmentResponse {
    return { number, issuedAt, changes: changes.map(ManifestChangeResponse.of), omitted };
  }
}

export class ManifestResponse {
  @ApiProperty({ format: 'date', example: '2026-12-01', description: 'Local date of the delivery slots.' })
  date!: string;
  @ApiProperty(COURIER_ID) courierId!: string;
  @ApiProperty({ example: 'Ravi', description: 'Name of the courier.' }) courierName!: string;
  @ApiProperty({
    example: false,
    description: 'Whether the orders of the date are not generated yet. A draft has no number.',
  })
  draft!: boolean;
  @ApiPropertyOptional({
    type: 'integer',
    example: 2,
    description: 'Number of the manifest, from 1. Absent in a draft, and if there was never anything to deliver.',
  })
  number?: number;
  @ApiPropertyOptional({ ...INSTANT, description: 'Instant at which the manifest got its number.' }) issuedAt?: string;
  @ApiProperty({ type: [StopResponse], description: 'Stops, by time, then by address.' }) stops!: StopResponse[];
  @ApiProperty({ type: ManifestTotalsResponse, description: 'Totals of all stops.' }) totals!: ManifestTotalsResponse;
  @ApiProperty({ type: [AmendmentResponse], description: 'Changes by number, latest first. At most the last ten.' })
  amendments!: AmendmentResponse[];

  static of(this: void, manifest: NumberedManifest): ManifestResponse {
    const { date, courierId, courierName, isDraft, number, issuedAt, stops, orders, load, toCollect } = manifest;
    return {
      ...{ date, courierId, courierName, draft: isDraft, number, issuedAt },
      stops: stops.map(StopResponse.of),
      totals: { stops: stops.length, orders: orders.length, toCollect: toMajorUnits(toCollect), load: [...load] },
      amendments: manifest.amendments.map(AmendmentResponse.of),
    };
  }
}
