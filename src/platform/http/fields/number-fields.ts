import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, IsNumber, Max, Min } from 'class-validator';
import { fromMajorUnits } from '../../../kernel/money';
import { field, type FieldOptions, messageFor } from './field';

/** In words, because with `multipleOf: 0.01` many validators refuse 1.15 (floating point). */
function withDecimalsNote({ description = '', ...options }: FieldOptions): FieldOptions {
  return { ...options, description: `${description} At most two decimals.`.trim() };
}

/** An amount in major units with at most two decimals. The DTO holds it in minor units. */
export function MoneyField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(
    withDecimalsNote(options),
    { type: Number, minimum: min, maximum: max },
    Transform(({ value }: { value: unknown }) => (value === undefined ? value : fromMajorUnits(value))),
    IsInt(messageFor('must be a number with at most two decimals')),
    Min(min * 100, messageFor(`must be at least ${min}`)),
    Max(max * 100, messageFor(`must be at most ${max}`)),
  );
}

export function IntegerField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(
    options,
    { type: 'integer', minimum: min, maximum: max },
    IsInt(messageFor('must be a whole number')),
    Min(min, messageFor(`must be at least ${min}`)),
    Max(max, messageFor(`must be at most ${max}`)),
  );
}

/** A number with at most two decimals that is not an amount of money, such as a rate. */
export function NumberField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(
    withDecimalsNote(options),
    { type: Number, minimum: min, maximum: max },
    IsNumber({ maxDecimalPlaces: 2 }, messageFor('must be a number with at most two decimals')),
    Min(min, messageFor(`must be at least ${min}`)),
    Max(max, messageFor(`must be at most ${max}`)),
  );
}

/** Reads a number from a query string. Anything but plain digits stays a string, which the rules refuse. */
const QueryNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? Number(value) : value,
);

/** A whole number in a query string. */
export function QueryIntegerField(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return applyDecorators(IntegerField(options), QueryNumber);
}

/** An amount in a query string, in major units. */
export function QueryMoneyField(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  // The last decorator transforms first.
  return applyDecorators(MoneyField(options), QueryNumber);
}
