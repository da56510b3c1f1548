import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { WEEKDAYS } from '../../kernel/calendar';
import {
  ChoiceField,
  DateField,
  IdField,
  IntegerField,
  ListQuery,
  TextField,
  TimeField,
  UserIdField,
} from '../../platform/http/fields';
import { complaintAbout, DAYS_APART_AT_MOST, FACTOR_AT_MOST, type Frequency } from './frequency';
import { LINES_AT_MOST, QTY_AT_MOST } from './items';
import { PAYMENT_METHODS, type PaymentMethod } from './subscription';

const LINES_SENT_AT_MOST = 200;

export const FREQUENCY_SCHEMA = {
  oneOf: [
    { type: 'string', enum: ['DAILY', 'ALTERNATE_DAYS'] },
    {
      type: 'object',
      required: ['everyNDays'],
      properties: { everyNDays: { type: 'integer', minimum: 1, maximum: DAYS_APART_AT_MOST } },
      additionalProperties: false,
    },
    {
      type: 'object',
      required: ['weekdays'],
      properties: {
        weekdays: {
          type: 'object',
          minProperties: 1,
          properties: Object.fromEntries(
            WEEKDAYS.map((day) => [day, { type: 'integer', minimum: 0, maximum: FACTOR_AT_MOST }]),
          ),
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
  ],
  example: { weekdays: { MON: 1, SAT: 2 } },
  description:
    'DAILY; ALTERNATE_DAYS; every so many days; or on weekdays, with a factor on the quantities of all items. ' +
    'Days are counted from startDate; after a change of the pattern, from the date on which it takes effect.',
} satisfies ApiPropertyOptions;

function FrequencyField({ optional = false } = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ ...FREQUENCY_SCHEMA, required: !optional } as ApiPropertyOptions),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ValidateBy({
      name: 'isFrequency',
      validator: {
        validate: (value) => complaintAbout(value) === undefined,
        defaultMessage: (rejected) => complaintAbout(rejected?.value) ?? '',
      },
    }),
  );
}

function ItemsField({ optional = false, description = '' } = {}): PropertyDecorator {
  const about = `${description} Equal products are summed; at most ${LINES_AT_MOST} lines.`.trim();
  return applyDecorators(
    ApiProperty({
      type: [SubscriptionLineRequest],
      minItems: 1,
      maxItems: LINES_SENT_AT_MOST,
      required: !optional,
      description: about,
    }),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    IsArray({ message: 'items must be a list' }),
    ArrayMinSize(1, { message: 'items must not be empty' }),
    ArrayMaxSize(LINES_SENT_AT_MOST, { message: `items has at most ${LINES_SENT_AT_MOST} entries` }),
    ValidateNested({ each: true, message: 'items must hold lines: {productId, qty}' }),
    IsObject({ each: true, message: 'items must hold lines: {productId, qty}' }),
    Type(() => SubscriptionLineRequest),
  );
}

const SLOT = { example: '06:30', description: 'Local time of the delivery.' };
const ADDRESS = { max: 300, multiline: true, optional: true, example: '12 Dairy Lane, Pune' };

export class SubscriptionLineRequest {
  @IdField({ example: 'P101' })
  productId!: string;

  @IntegerField({ min: 1, max: QTY_AT_MOST, example: 2 })
  qty!: number;
}

export class SubscribeRequest {
  @UserIdField()
  userId?: string;

  @ItemsField()
  items!: SubscriptionLineRequest[];

  @FrequencyField()
  frequency!: Frequency;

  @DateField({ example: '2026-12-01', description: 'From the first date on whose cutoff has not passed.' })
  startDate!: string;

  @DateField({ optional: true, example: '2027-02-28', description: 'The last date, included.' })
  endDate?: string;

  @TimeField(SLOT)
  deliverySlot!: string;

  @TextField({ ...ADDRESS, description: "Without it your profile's." })
  address?: string;

  @ChoiceField(PAYMENT_METHODS, {
    example: 'WALLET',
    description: 'WALLET is debited the evening before; COD is paid at the door.',
  })
  paymentMethod!: PaymentMethod;
}

class SubscriptionRequest {
  @UserIdField()
  userId?: string;

  @IdField({ example: 'S07F2C41D90AA01K9Z' })
  subscriptionId!: string;
}

export class UpdateSubscriptionRequest extends SubscriptionRequest {
  @ItemsField({ optional: true })
  items?: SubscriptionLineRequest[];

  @FrequencyField({ optional: true })
  frequency?: Frequency;

  @TimeField({ ...SLOT, optional: true })
  deliverySlot?: string;

  @TextField(ADDRESS)
  address?: string;

  @ChoiceField(PAYMENT_METHODS, { optional: true })
  paymentMethod?: PaymentMethod;

  @DateField({ optional: true, nullable: true, example: '2027-02-28', description: 'Null: it goes on.' })
  endDate?: string | null;
}

export class PauseRequest extends SubscriptionRequest {
  @DateField({ example: '2026-12-20', description: 'The first date on which nothing comes.' })
  from!: string;

  @DateField({ optional: true, example: '2027-01-03', description: 'The last one; without it until you resume.' })
  to?: string;
}

export class ResumeRequest extends SubscriptionRequest {
  @DateField({
    optional: true,
    example: '2026-12-20',
    description: 'Withdraws the planned pause that begins on this date; without it the running one ends.',
  })
  from?: string;
}

export class CancelSubscriptionRequest extends SubscriptionRequest {}

export class DateRequest extends SubscriptionRequest {
  @DateField({ example: '2026-12-24' })
  date!: string;
}

export class OverrideRequest extends DateRequest {
  @ItemsField({ description: 'All that comes on that date.' })
  items!: SubscriptionLineRequest[];
}

export class ListSubscriptionsRequest extends ListQuery {
  @UserIdField()
  userId?: string;
}

export class CalendarRequest {
  @UserIdField()
  userId?: string;

  @DateField({ optional: true, example: '2026-12-01', description: 'The first date; today.' })
  from?: string;

  @DateField({ optional: true, example: '2026-12-31', description: 'The last date, at most 92 days in all; 31 days.' })
  to?: string;
}
