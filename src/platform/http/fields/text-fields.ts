import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsNotEmpty,
  IsString,
  IsUrl,
  Matches,
  MaxLength,
  ValidateBy,
} from 'class-validator';
import { ID_PATTERN, isReservedId } from '../../../kernel/ids';
import { field, type FieldOptions, messageFor } from './field';

export function IdField(options: FieldOptions = {}): PropertyDecorator {
  const rule = 'must be an id: 1–64 letters, digits, - or _, starting with a letter or digit';
  return field(options, { type: String, pattern: ID_PATTERN.source }, Matches(ID_PATTERN, messageFor(rule)));
}

/** The id that a client may choose for a new object. */
export function NewIdField(options: FieldOptions): PropertyDecorator {
  const validate = (value: unknown) => typeof value !== 'string' || !isReservedId(value);
  return applyDecorators(
    ValidateBy(
      { name: 'unreservedId', validator: { validate } },
      messageFor('is reserved. Choose another, or leave it out'),
    ),
    IdField({ ...options, optional: true }),
  );
}

/**
 * The user that a request is for. If a request names an object, such as an order, the object's owner counts instead.
 * AccessGuard lets only admins name another user.
 */
export function UserIdField({
  description = 'Id of the user that the request is for. Default: the caller. Only an admin may name another user.',
}: Pick<FieldOptions, 'description'> = {}): PropertyDecorator {
  return IdField({ optional: true, description });
}

/** A list of one to `max` ids. */
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

/** Text written by people: trimmed, Unicode-normalised, without control characters. */
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

/** An http(s) address. */
export function UrlField({ max, ...options }: FieldOptions & { max: number }): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'uri', maxLength: max },
    MaxLength(max, messageFor(`must have at most ${max} characters`)),
    IsUrl(
      { protocols: ['https', 'http'], require_protocol: true, require_tld: false },
      messageFor('must be an http(s) address'),
    ),
  );
}

/**
 * A new secret, taken unchanged. Its characters are counted after Unicode normalisation, because keyboards compose the
 * same text in different ways.
 */
export function SecretField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return secretField(options, min, max, (secret) => [secret.normalize('NFKC')]);
}

/**
 * A secret to compare with a stored one. Earlier versions counted the characters of new secrets before normalisation, so
 * one of the two counts must be within the limit.
 */
export function ExistingSecretField({ max, ...options }: FieldOptions & { max: number }): PropertyDecorator {
  return secretField(options, 1, max, (secret) => [secret.normalize('NFKC'), secret]);
}

function secretField(
  options: FieldOptions,
  min: number,
  max: number,
  forms: (secret: string) => readonly string[],
): PropertyDecorator {
  const pattern = new RegExp(`^[^]{${min},${max}}$`, 'u');
  const validate = (value: unknown) => typeof value === 'string' && forms(value).some((form) => pattern.test(form));
  return field(
    options,
    { type: String, minLength: min, maxLength: max },
    IsString(messageFor('must be a string')),
    ValidateBy({ name: 'secretLength', validator: { validate } }, messageFor(`must have ${min}–${max} characters`)),
  );
}

/** A code of a fixed number of digits. Blanks between them are dropped. */
export function DigitsField({ length, ...options }: FieldOptions & { length: number }): PropertyDecorator {
  const pattern = new RegExp(`^[0-9]{${length}}$`);
  return field(
    options,
    { type: String, pattern: pattern.source },
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.replaceAll(' ', '') : value)),
    Matches(pattern, messageFor(`must be ${length} digits`)),
  );
}

const EMAIL_PATTERN =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

function comparableEmail(text: string): string {
  // Only ASCII text has as many UTF-8 bytes as characters.
  return Buffer.byteLength(text) === text.length ? text.toLowerCase() : text;
}

/** Trimmed and lower-cased. ASCII only, because some other letters lower-case to ASCII (the Kelvin sign to `k`). */
export function EmailField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'email', maxLength: 254 },
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? comparableEmail(value.trim()) : value)),
    IsString(messageFor('must be a string')),
    MaxLength(254, messageFor('must have at most 254 characters')),
    Matches(EMAIL_PATTERN, messageFor('must be an e-mail address in plain ASCII letters')),
  );
}

/** A phone number as people write it. The user module checks it, because that depends on the default country. */
export function PhoneField(options: FieldOptions = {}): PropertyDecorator {
  return TextField({ ...options, max: 40 });
}

export function ChoiceField(choices: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, enum: [...choices] },
    IsIn(choices, messageFor(`must be one of ${choices.join(', ')}`)),
  );
}
