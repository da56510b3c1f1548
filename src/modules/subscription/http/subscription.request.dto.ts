import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { DELIVERY_ADDRESS, PRODUCT_ID, QUANTITY, SUBSCRIPTION_ID } from '../../../kernel/api-fields';
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
      properties: {
        everyNDays: {
          type: 'integer',
          minimum: 1,
          maximum: MAX_INTERVAL_DAYS,
          description: 'Interval between two deliveries, in days.',
        },
      },
      additionalProperties: false,
    },
    {
      type: 'object',
      required: ['weekdays'],
      properties: {
        weekdays: {
          type: 'object',
          description: 'Factor on all quantities by weekday. Weekdays that are left out have no delivery.',
          minProperties: 1,
          properties: Object.fromEntries(
            WEEKDAYS.map((day) => [
              day,
              {
                type: 'integer',
                minimum: 0,
                maximum: MAX_FACTOR,
                description: 'Factor on all quantities. 0: no delivery.',
              },
            ]),
          ),
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
  ],
  example: { weekdays: { MON: 1, SAT: 2 } },
  description:
    'Pattern of the delivery dates: `DAILY`, `ALTERNATE_DAYS`, an interval in days, or weekdays with a factor on all ' +
    'quantities. Days are counted from `startDate` or, after a change of the pattern, from the date on which it takes ' +
    'effect.',
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

function ItemsField({ optional = false, description = 'Lines of each delivery.' } = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: [SubscriptionLineRequest],
      minItems: 1,
      maxItems: MAX_SUBMITTED_LINES,
      required: !optional,
      description: `${description} Equal products are summed; at most ${MAX_LINES} different products.`,
    }),
    ...(optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    IsArray({ message: 'items must be a list' }),
    ArrayMinSize(1, { message: 'items must not be empty' }),
    ArrayMaxSize(MAX_SUBMITTED_LINES, { message: `items must have at most ${MAX_SUBMITTED_LINES} entries` }),
    ValidateNested({ each: true, message: 'items must hold lines: {productId, qty}' }),
    IsObject({ each: true, message: 'items must hold lines: {productId, qty}' }),
    Type(() => SubscriptionLineRequest),
  );
}

const SLOT = { example: '06:30', description: 'Local time of day of the delivery.' };
const PAYMENT_METHOD = 'Payment method. WALLET: debited when the order is generated. COD: cash on delivery.';
const ADDRESS = { ...DELIVERY_ADDRESS, max: 300, multiline: true, optional: true };

export class SubscriptionLineRequest {
  @IdField(PRODUCT_ID)
  productId!: string;

  @IntegerField({ ...QUANTITY, min: 1, max: MAX_QUANTITY })
  qty!: number;
}

export class SubscribeRequest {
  @UserIdField()
  userId?: string;

  @ItemsField()
  items!: SubscriptionLineRequest[];

  @FrequencyField()
  frequency!: Frequency;

  @DateField({
    example: '2026-12-01',
    description: 'First local date of the pattern. Its cutoff must not have passed.',
  })
  startDate!: string;

  @DateField({ optional: true, example: '2027-02-28', description: 'Last local date, included. Default: no end.' })
  endDate?: string;

  @TimeField(SLOT)
  deliverySlot!: string;

  @TextField({
    ...ADDRESS,
    description: `${ADDRESS.description} Default: the address of the profile, which it then follows.`,
  })
  address?: string;

  @ChoiceField(PAYMENT_METHODS, {
    example: 'WALLET',
    description: PAYMENT_METHOD,
  })
  paymentMethod!: PaymentMethod;
}

class SubscriptionRequest {
  @UserIdField()
  userId?: string;

  @IdField(SUBSCRIPTION_ID)
  subscriptionId!: string;
}

export class UpdateSubscriptionRequest extends SubscriptionRequest {
  @ItemsField({ optional: true })
  items?: SubscriptionLineRequest[];

  @FrequencyField({ optional: true })
  frequency?: Frequency;

  @TimeField({ ...SLOT, optional: true })
  deliverySlot?: string;

  @TextField({
    ...ADDRESS,
    nullable: true,
    description: `${ADDRESS.description} Null takes it from the profile, and follows it.`,
  })
  address?: string | null;

  @ChoiceField(PAYMENT_METHODS, { optional: true, description: PAYMENT_METHOD })
  paymentMethod?: PaymentMethod;

  @DateField({
    optional: true,
    nullable: true,
    example: '2027-02-28',
    description: 'Last local date, included. Null removes the end.',
  })
  endDate?: string | null;
}

export class PauseSubscriptionRequest extends SubscriptionRequest {
  @DateField({ example: '2026-12-20', description: 'First local date without delivery.' })
  from!: string;

  @DateField({
    optional: true,
    example: '2027-01-03',
    description: 'Last local date without delivery. Default: until the subscription is resumed.',
  })
  to?: string;
}

export class ResumeSubscriptionRequest extends SubscriptionRequest {
  @DateField({
    optional: true,
    example: '2026-12-20',
    description: 'First date of the planned pause to withdraw. Default: the current pause.',
  })
  from?: string;
}

export class CancelSubscriptionRequest extends SubscriptionRequest {}

export class SubscriptionDateRequest extends SubscriptionRequest {
  @DateField({ example: '2026-12-12', description: 'Local date of the delivery.' })
  date!: string;
}

export class OverrideDateRequest extends SubscriptionDateRequest {
  @ItemsField({ description: 'Lines of the delivery on that date.' })
  items!: SubscriptionLineRequest[];
}

export class ListSubscriptionsQuery extends ListQuery {
  @UserIdField()
  userId?: string;
}
