import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { WEEKDAYS } from '../../../kernel/calendar';
import { MAX_LINES, MAX_QUANTITY } from '../../../kernel/lines';
import {
  ChoiceField,
  DateField,
  IdField,
  IntegerField,
  ListQuery,
  TextField,
  TimeField,
  UserIdField,
} from '../../../platform/http/fields';
import { type Frequency, MAX_FACTOR, MAX_INTERVAL_DAYS, validationErrorOf } from '../domain/frequency';
import { PAYMENT_METHODS, type PaymentMethod } from '../domain/subscription';

const MAX_SUBMITTED_LINES = 200;

export const FREQUENCY_SCHEMA = {
  oneOf: [
    { type: 'string', enum: ['DAILY', 'ALTERNATE_DAYS'] },
    {
      type: 'object',
      required: ['everyNDays'],
      properties: { everyNDays: { type: 'integer', minimum: 1, maximum: MAX_INTERVAL_DAYS } },
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
            WEEKDAYS.map((day) => [day, { type: 'integer', minimum: 0, maximum: MAX_FACTOR }]),
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
        validate: (value) => validationErrorOf(value) === undefined,
        defaultMessage: (rejected) => validationErrorOf(rejected?.value) ?? '',
      },
    }),
  );
}

function ItemsField({ optional = false, description = '' } = {}): PropertyDecorator {
  const fullDescription = `${description} Equal products are summed; at most ${MAX_LINES} lines.`.trim();
  return applyDecorators(
    ApiProperty({
      type: [SubscriptionLineRequest],
      minItems: 1,
      maxItems: MAX_SUBMITTED_LINES,
      required: !optional,
      description: fullDescription,
    }),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    IsArray({ message: 'items must be a list' }),
    ArrayMinSize(1, { message: 'items must not be empty' }),
    ArrayMaxSize(MAX_SUBMITTED_LINES, { message: `items has at most ${MAX_SUBMITTED_LINES} entries` }),
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

  @IntegerField({ min: 1, max: MAX_QUANTITY, example: 2 })
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

export class PauseSubscriptionRequest extends SubscriptionRequest {
  @DateField({ example: '2026-12-20', description: 'The first date on which nothing comes.' })
  from!: string;

  @DateField({ optional: true, example: '2027-01-03', description: 'The last one; without it until you resume.' })
  to?: string;
}

export class ResumeSubscriptionRequest extends SubscriptionRequest {
  @DateField({
    optional: true,
    example: '2026-12-20',
    description: 'Withdraws the planned pause that begins on this date; without it the running one ends.',
  })
  from?: string;
}

export class CancelSubscriptionRequest extends SubscriptionRequest {}

export class SubscriptionDateRequest extends SubscriptionRequest {
  @DateField({ example: '2026-12-24' })
  date!: string;
}

export class OverrideDateRequest extends SubscriptionDateRequest {
  @ItemsField({ description: 'All that comes on that date.' })
  items!: SubscriptionLineRequest[];
}

export class ListSubscriptionsQuery extends ListQuery {
  @UserIdField()
  userId?: string;
}
