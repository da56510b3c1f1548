import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import type { Frequency } from '../domain/frequency';
import { SUBSCRIPTION_STATUSES, type SubscriptionStatus, type SubscriptionView } from '../domain/lifecycle';
import { PAYMENT_METHODS, type PaymentMethod, type Terms } from '../domain/subscription';
import type { Runway } from '../domain/wallet-runway';
import { FREQUENCY_SCHEMA } from './subscription.request.dto';

const DATE = { format: 'date', example: '2026-12-01' };

class SubscriptionLineResponse {
  @ApiProperty({ example: 'P101' }) productId!: string;
  @ApiProperty({ type: 'integer', example: 2 }) qty!: number;
}

class PauseResponse {
  @ApiProperty(DATE) from!: string;
  @ApiPropertyOptional({ ...DATE, description: 'Included; absent while it has no end.' }) to?: string;
}

class DateOverrideResponse {
  @ApiProperty(DATE) date!: string;
  @ApiProperty({ description: 'Skipped: nothing comes. Else what comes instead of the usual.' }) skipped!: boolean;
  @ApiProperty({ type: [SubscriptionLineResponse] }) items!: SubscriptionLineResponse[];
}

export class SubscriptionResponse {
  @ApiProperty({ example: 'S07F2C41D90AA01K9Z' }) subscriptionId!: string;
  @ApiProperty({ example: 'U101' }) userId!: string;
  @ApiProperty({
    enum: SUBSCRIPTION_STATUSES,
    description:
      'PAUSED from when a pause reaches the first date that can still be changed, until its last day is over.',
  })
  status!: SubscriptionStatus;
  @ApiPropertyOptional({
    ...DATE,
    description: 'The next one whose cutoff has not passed; absent when none is to come.',
  })
  nextDeliveryDate?: string;
  @ApiProperty({ ...DATE, description: 'The first date for which items, pattern, slot, address and payment hold.' })
  effectiveFrom!: string;
  @ApiProperty({ type: [SubscriptionLineResponse] }) items!: SubscriptionLineResponse[];
  @ApiProperty(FREQUENCY_SCHEMA as ApiPropertyOptions) frequency!: Frequency;
  @ApiProperty({ example: '06:30' }) deliverySlot!: string;
  @ApiProperty({ example: '12 Dairy Lane, Pune' }) address!: string;
  @ApiProperty({ enum: PAYMENT_METHODS }) paymentMethod!: PaymentMethod;
  @ApiProperty(DATE) startDate!: string;
  @ApiPropertyOptional({ ...DATE, description: 'The last date, included.' }) endDate?: string;
  @ApiPropertyOptional({ ...DATE, description: 'Once it is cancelled: the first date on which nothing comes.' })
  cancelledFrom?: string;
  @ApiProperty({ type: [PauseResponse] }) pauses!: PauseResponse[];
  @ApiProperty({ type: [DateOverrideResponse] }) exceptions!: DateOverrideResponse[];
  @ApiProperty({ format: 'date-time', example: '2026-11-30T15:00:00Z' }) createdAt!: string;
  @ApiProperty({ type: 'integer', example: 1, description: 'Also the ETag; generation leaves it.' }) version!: number;

  static of(this: void, subscription: SubscriptionView): SubscriptionResponse {
    const { subscriptionId, userId, status, nextDeliveryDate, terms, startDate, endDate, cancelledFrom } = subscription;
    const { pauses, exceptions, createdAt, version } = subscription;
    const { from, items, frequency, deliverySlot, address, paymentMethod } = terms.at(-1) as Terms;
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
    description: 'How many more deliveries the wallet pays, of all subscriptions it pays for.',
  })
  deliveries!: number;
  @ApiPropertyOptional({ ...DATE, description: 'The date of the last of them; absent when there is none.' })
  until?: string;
  @ApiPropertyOptional({
    format: 'date',
    example: '2026-12-02',
    description: 'The date of the first it does not pay; absent when it pays for all of the next 92 days.',
  })
  shortOn?: string;
}

export class SubscriptionDetailResponse extends SubscriptionResponse {
  @ApiPropertyOptional({
    type: RunwayResponse,
    description:
      "How long the wallet lasts, at today's prices, with all that the person's subscriptions take from it in the " +
      'order of the calendar. Only where the wallet pays, and something may still come.',
  })
  runway?: RunwayResponse;

  static withRunway(this: void, subscription: SubscriptionView, runway?: Runway): SubscriptionDetailResponse {
    return { ...SubscriptionResponse.of(subscription), runway };
  }
}
