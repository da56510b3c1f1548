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

/**
 * Control characters, separators of lines, and invisible formatting. Some scripts need four formatting characters: ZWNJ,
 * ZWJ and the marks of the writing direction.
 */
const FORBIDDEN = '(?![\\u200C-\\u200F])[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]';
const SINGLE_LINE_TEXT = new RegExp(`^(?:(?!${FORBIDDEN}).)*$`, 'su');
const MULTILINE_TEXT = new RegExp(`^(?:\\r?\\n|(?!${FORBIDDEN}).)*$`, 'su');
const VISIBLE_CHARACTER = /[^\s\p{C}\p{M}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Text written by people: trimmed, Unicode-normalised, with a visible character, and without control characters. */
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
    Matches(VISIBLE_CHARACTER, messageFor('must contain a visible character')),
    Matches(
      multiline ? MULTILINE_TEXT : SINGLE_LINE_TEXT,
      messageFor('must not contain control or invisible characters'),
    ),
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

export function ChoiceField(choices: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, enum: [...choices] },
    IsIn(choices, messageFor(`must be one of ${choices.join(', ')}`)),
  );
}
