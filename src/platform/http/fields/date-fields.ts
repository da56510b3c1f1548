import { Transform } from 'class-transformer';
import { Matches } from 'class-validator';
import { parseDate, parseInstant, TIME_PATTERN } from '../../../kernel/calendar';
import { field, type FieldOptions, messageFor } from './field';

/** Invalid input becomes an empty string, which the rules refuse. It must not become null, which may clear a field. */
function parsedOrInvalid(parse: (value: unknown) => string | undefined, value: unknown): unknown {
  return value === undefined || value === null ? value : (parse(value) ?? '');
}

/** An instant with an offset from UTC. The DTO holds it in UTC, to the second. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'date-time' },
    Transform(({ value }: { value: unknown }) => parsedOrInvalid(parseInstant, value)),
    Matches(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
      messageFor('must be a date and time with an offset, such as 2025-10-15T07:00:00Z'),
    ),
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

/** A local time of day. */
export function TimeField(options: FieldOptions = {}): PropertyDecorator {
  const rule = messageFor('must be a time of day such as 06:30');
  return field(options, { type: String, pattern: TIME_PATTERN.source }, Matches(TIME_PATTERN, rule));
}
