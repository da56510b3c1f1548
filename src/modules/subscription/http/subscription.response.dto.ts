import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import {
  CUSTOMER_ID,
  DELIVERY_ADDRESS,
  INSTANT,
  PRODUCT_ID,
  QUANTITY,
  SUBSCRIPTION_ID,
  VERSION,
} from '../../../kernel/api-fields';
import type { Frequency } from '../domain/frequency';
import { SUBSCRIPTION_STATUSES, type SubscriptionStatus, type SubscriptionView } from '../domain/lifecycle';
import { PAYMENT_METHODS, type PaymentMethod, type Terms } from '../domain/subscription';
import type { Runway } from '../domain/wallet-runway';
import { FREQUENCY_SCHEMA } from './subscription.request.dto';

const DATE = { format: 'date', example: '2026-12-01' };

class SubscriptionLineResponse {
  @ApiProperty(PRODUCT_ID) productId!: string;
  @ApiProperty(QUANTITY) qty!: number;
}

class PauseResponse {
  @ApiProperty({ ...DATE, example: '2026-12-20', description: 'First local date without delivery.' }) from!: string;
  @ApiPropertyOptional({
    ...DATE,
    example: '2027-01-03',
    description: 'Last local date without delivery. Absent while the pause has no end.',
  })
  to?: string;
}

class DateOverrideResponse {
  @ApiProperty({ ...DATE, example: '2026-12-12', description: 'Local date of the delivery.' }) date!: string;
  @ApiProperty({ example: false, description: 'Whether the date is skipped.' }) skipped!: boolean;
  @ApiProperty({ type: [SubscriptionLineResponse], description: 'Lines of the delivery. Empty for a skipped date.' })
  items!: SubscriptionLineResponse[];
}

export class SubscriptionResponse {
  @ApiProperty(SUBSCRIPTION_ID) subscriptionId!: string;
  @ApiProperty(CUSTOMER_ID) userId!: string;
  @ApiProperty({
    enum: SUBSCRIPTION_STATUSES,
    description:
      'Status of the subscription. PAUSED: from the cutoff of the date before a pause until the last date of the pause ' +
      'is over.',
  })
  status!: SubscriptionStatus;
  @ApiPropertyOptional({
    ...DATE,
    example: '2026-12-05',
    description:
      'First due date that can still be changed. Absent if there is none, as during a pause without an end or while the customer is blocked.',
  })
  nextDeliveryDate?: string;
  @ApiProperty({
    ...DATE,
    description: 'First date for which the items, frequency, slot, address and payment method shown here apply.',
  })
  effectiveFrom!: string;
  @ApiProperty({ type: [SubscriptionLineResponse], description: 'Lines of each delivery.' })
  items!: SubscriptionLineResponse[];
  @ApiProperty(FREQUENCY_SCHEMA as ApiPropertyOptions) frequency!: Frequency;
  @ApiProperty({ example: '06:30', description: 'Local time of day of the delivery.' }) deliverySlot!: string;
  @ApiProperty(DELIVERY_ADDRESS) address!: string;
  @ApiProperty({ description: 'Whether the address was taken from the profile of the customer, and follows it.' })
  followsProfile!: boolean;
  @ApiProperty({ enum: PAYMENT_METHODS, description: 'Payment method of each delivery.' })
  paymentMethod!: PaymentMethod;
  @ApiProperty({ ...DATE, description: 'First local date of the pattern.' }) startDate!: string;
  @ApiPropertyOptional({
    ...DATE,
    example: '2027-02-28',
    description: 'Last local date, included. Absent if there is no end.',
  })
  endDate?: string;
  @ApiPropertyOptional({ format: 'date', description: 'First local date without delivery. Present for CANCELLED.' })
  cancelledFrom?: string;
  @ApiProperty({ type: [PauseResponse], description: 'Pauses, in order of date. Old ones are removed.' })
  pauses!: PauseResponse[];
  @ApiProperty({ type: [DateOverrideResponse], description: 'Skipped and overridden dates. Old ones are removed.' })
  exceptions!: DateOverrideResponse[];
  @ApiProperty({ ...INSTANT, description: 'Instant at which the subscription was created.' }) createdAt!: string;
  @ApiProperty({ ...VERSION, description: `${VERSION.description} Order generation does not change it.` })
  version!: number;

  static of(this: void, subscription: SubscriptionView): SubscriptionResponse {
    const { subscriptionId, userId, status, nextDeliveryDate, terms, startDate, endDate, cancelledFrom } = subscription;
    const { pauses, exceptions, createdAt, version } = subscription;
    const {
      from,
      items,
      frequency,
      deliverySlot,
      address,
      followsProfile = false,
      paymentMethod,
    } = terms.at(-1) as Terms;
    return {
      subscriptionId,
      userId,
      status,
      nextDeliveryDate,
      effectiveFrom: from,
      items: [...items],
      frequency,
      deliverySlot,
      address,
      followsProfile,
      paymentMethod,
      startDate,
      endDate,
      cancelledFrom,
      pauses: [...pauses],
      exceptions: exceptions.map(({ date, items }) => ({ date, skipped: items.length === 0, items: [...items] })),
      createdAt,
      version,
    };
  }
}

class RunwayResponse {
  @ApiProperty({
    type: 'integer',
    example: 3,
    description:
      "Number of deliveries that the wallet covers, over all of the customer's subscriptions paid from it. At most 500.",
  })
  deliveries!: number;
  @ApiPropertyOptional({
    ...DATE,
    example: '2026-12-12',
    description: 'Date of the last delivery covered. Absent if there is none.',
  })
  until?: string;
  @ApiPropertyOptional({
    format: 'date',
    example: '2026-12-14',
    description: 'Date of the first delivery not covered. Absent if the next 92 days, or 500 deliveries, are covered.',
  })
  shortOn?: string;
}

export class SubscriptionDetailResponse extends SubscriptionResponse {
  @ApiPropertyOptional({
    type: RunwayResponse,
    description:
      "Deliveries that the wallet balance covers at today's prices. Present if the subscription is paid from the wallet " +
      'and is ACTIVE or PAUSED.',
  })
  runway?: RunwayResponse;

  static withRunway(this: void, subscription: SubscriptionView, runway?: Runway): SubscriptionDetailResponse {
    return { ...SubscriptionResponse.of(subscription), runway };
  }
}
