import { type ValidationError, ValidationPipe } from '@nestjs/common';
import { type FieldError, InvalidRequest } from '../errors';

/** What is not in the DTO, or not of its type, is refused with the field named. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new InvalidRequest(fieldErrors(errors)),
  });
}

function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const field = truncated(parent ? `${parent}.${property}` : (property ?? 'body'));
    const [message] = Object.values(constraints ?? {});
    const own = message === undefined ? [] : [{ field, message: truncated(message) }];
    return [...own, ...fieldErrors(children ?? [], field)];
  });
}

/** A client's own field name may be of any length; the answer to it may not. */
function truncated(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
