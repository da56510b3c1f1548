import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { parseDate, parseInstant, TIME_PATTERN } from '../../kernel/calendar';
import { ID_PATTERN } from '../../kernel/ids';
import { fromMajorUnits } from '../../kernel/money';

/** Fields of requests: each says its type, its bounds, its message and its place in the OpenAPI document, once. */
interface FieldOptions {
  /** May be left out. A null is refused all the same: leaving out and emptying are different things. */
  optional?: boolean;
  /** A null is allowed, and empties the field. */
  nullable?: boolean;
  example?: unknown;
  description?: string;
}

function field(
  { optional = false, nullable = false, ...documentation }: FieldOptions,
  schema: ApiPropertyOptions,
  ...rules: PropertyDecorator[]
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      ...schema,
      ...documentation,
      ...(nullable && { nullable }),
      required: !optional,
    } as ApiPropertyOptions),
    ...(optional || nullable
      ? [ValidateIf((_, value) => !(optional && value === undefined) && !(nullable && value === null))]
      : []),
    ...rules,
  );
}

const messageFor = (rule: string) => ({ message: ({ property }: { property: string }) => `${property} ${rule}` });

export function IdField(options: FieldOptions = {}): PropertyDecorator {
  const rule = 'must be an id: 1–64 letters, digits, - or _, starting with a letter or digit';
  return field(options, { type: String, pattern: ID_PATTERN.source }, Matches(ID_PATTERN, messageFor(rule)));
}

/** Whom a request is about; where it names an object, that decides. Somebody else's is for admins: see AccessGuard. */
export function UserIdField(): PropertyDecorator {
  return IdField({ optional: true, description: 'Your own id, or left out; an admin may name anyone.' });
}

/** From one to `max` ids. */
export function IdsField({ max, ...options }: FieldOptions & { max: number }): PropertyDecorator {
  return field(
    options,
    { type: 'array', items: { type: 'string', pattern: ID_PATTERN.source }, minItems: 1, maxItems: max },
    Matches(ID_PATTERN, { each: true, ...messageFor('must hold ids: 1–64 letters, digits, - or _') }),
    ArrayMaxSize(max, messageFor(`must have at most ${max} entries`)),
    ArrayMinSize(1, messageFor('must not be empty')),
    IsArray(messageFor('must be a list')),
  );
}

const SINGLE_LINE_TEXT = /^[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]*$/u;
const MULTILINE_TEXT = /^(?:[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]|\r?\n)*$/u;

/** Text as people write it: trimmed, normalised, without control characters. */
export function TextField({
  max,
  multiline = false,
  ...options
}: FieldOptions & { max: number; multiline?: boolean }): PropertyDecorator {
  return field(
    options,
    { type: String, minLength: 1, maxLength: max },
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && value.isWellFormed() ? value.normalize('NFC').trim() : value,
    ),
    IsString(messageFor('must be a string')),
    IsNotEmpty(messageFor('must not be empty')),
    MaxLength(max, messageFor(`must have at most ${max} characters`)),
    Matches(multiline ? MULTILINE_TEXT : SINGLE_LINE_TEXT, messageFor('must not contain control characters')),
  );
}

/** A secret: taken as it is. */
export function SecretField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(
    options,
    { type: String, minLength: min, maxLength: max },
    IsString(messageFor('must be a string')),
    Matches(new RegExp(`^[^]{${min},${max}}$`, 'u'), messageFor(`must have ${min}–${max} characters`)),
  );
}

const EMAIL_PATTERN =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/** In UTF-8 only ASCII takes as many bytes as characters. */
function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** Trimmed and lower-cased; ASCII only, since some letters lower-case into others (`K` of Kelvin into `k`). */
export function EmailField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'email', maxLength: 254 },
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && isAscii(value) ? value.trim().toLowerCase() : value,
    ),
    IsString(messageFor('must be a string')),
    MaxLength(254, messageFor('must have at most 254 characters')),
    Matches(EMAIL_PATTERN, messageFor('must be an e-mail address in plain ASCII letters')),
  );
}

export function PhoneField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, pattern: '^\\+[1-9]\\d{6,14}$' },
    Matches(/^\+[1-9]\d{6,14}$/, messageFor('must be in E.164 form, such as +919812345678')),
  );
}

/** Told in words: by `multipleOf: 0.01`, floating point has many a validator refuse 1.15. */
function withDecimalsNote({ description = '', ...options }: FieldOptions): FieldOptions {
  return { ...options, description: `${description} At most two decimals.`.trim() };
}

/** An amount in major units with at most two decimals; the DTO holds minor units. */
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

/** A number with at most two decimals that is no money, such as a rate. */
export function NumberField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(
    withDecimalsNote(options),
    { type: Number, minimum: min, maximum: max },
    IsNumber({ maxDecimalPlaces: 2 }, messageFor('must be a number with at most two decimals')),
    Min(min, messageFor(`must be at least ${min}`)),
    Max(max, messageFor(`must be at most ${max}`)),
  );
}

/** Reads a number out of a query string; what is not written in plain digits stays a text, and is refused as one. */
const QueryNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? Number(value) : value,
);

/** A whole number in a query string. */
export function QueryIntegerField(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return applyDecorators(IntegerField(options), QueryNumber);
}

/** An amount in a query string, in major units. */
export function QueryMoneyField(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  // What comes last transforms first.
  return applyDecorators(MoneyField(options), QueryNumber);
}

export function BooleanField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: Boolean }, IsBoolean(messageFor('must be true or false')));
}

/** `true` or `false` in a query string. */
export function QueryBooleanField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    BooleanField(options),
  );
}

export function ChoiceField(choices: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, enum: [...choices] },
    IsIn(choices, messageFor(`must be one of ${choices.join(', ')}`)),
  );
}

/** What cannot be read is no null: that might empty the field. */
function parsedOrInvalid(parse: (value: unknown) => string | undefined, value: unknown): unknown {
  return value === undefined || value === null ? value : (parse(value) ?? '');
}

/** A moment, with its offset from UTC; the DTO holds UTC seconds. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'date-time' },
    Transform(({ value }: { value: unknown }) => parsedOrInvalid(parseInstant, value)),
    Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, messageFor('must be a moment such as 2025-10-15T07:00:00Z')),
  );
}

/** A local date. */
export function DateField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'date' },
    Transform(({ value }: { value: unknown }) => parsedOrInvalid(parseDate, value)),
    Matches(/^\d{4}-\d\d-\d\d$/, messageFor('must be a date such as 2025-10-15')),
  );
}

/** A time of the local day. */
export function TimeField(options: FieldOptions = {}): PropertyDecorator {
  const rule = messageFor('must be a time of day such as 06:30');
  return field(options, { type: String, pattern: TIME_PATTERN.source }, Matches(TIME_PATTERN, rule));
}

/** What every list takes: `limit` and the cursor of its Link header. */
export class ListQuery {
  @QueryIntegerField({ min: 1, max: 100, optional: true, description: 'How many at most (default 20).' })
  limit: number = 20;

  @TextField({ max: 2_000, optional: true, description: 'From the Link header of the page before.' })
  cursor?: string;
}
