import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { field, type FieldOptions, messageFor } from './field';
import { nameProblemOf } from './person-name';
import { TextField } from './text-fields';

const MAX_NAME_LENGTH = 100;

/** The name of a person. Other people read it in mails and lists, so it contains no web address and no phone number. */
export function NameField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    TextField({ ...options, max: MAX_NAME_LENGTH }),
    ValidateBy(
      {
        name: 'personName',
        validator: { validate: (value) => typeof value !== 'string' || nameProblemOf(value) === undefined },
      },
      { message: ({ property, value }) => `${property} ${nameProblemOf(String(value))}` },
    ),
  );
}

const EMAIL_PATTERN =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;
const EMAIL_RULE = messageFor('must be an e-mail address in plain ASCII letters');

function comparableEmail(text: string): string {
  // Only ASCII text has as many UTF-8 bytes as characters.
  return Buffer.byteLength(text) === text.length ? text.toLowerCase() : text;
}

/**
 * The e-mail address of an account that may exist: trimmed and lower-cased. ASCII only, because some other letters
 * lower-case to ASCII (the Kelvin sign to `k`). Earlier versions accepted addresses that cannot exist.
 */
export function ExistingEmailField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'email', maxLength: 254 },
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? comparableEmail(value.trim()) : value)),
    IsString(messageFor('must be a string')),
    MaxLength(254, messageFor('must have at most 254 characters')),
    Matches(EMAIL_PATTERN, EMAIL_RULE),
  );
}

/** A new e-mail address, which must be able to exist. */
export function EmailField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(ExistingEmailField(options), IsEmail({ allow_utf8_local_part: false }, EMAIL_RULE));
}

/**
 * A phone number as people write it, without the invisible marks of address books. The user module checks it, because
 * that depends on the default country.
 */
export function PhoneField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    TextField({ ...options, max: 40 }),
    // The last decorator transforms first.
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.replace(/\p{Cf}/gu, '') : value)),
  );
}
