import { type ValidationError, ValidationPipe } from '@nestjs/common';
import { type FieldError, InvalidRequest } from '../errors';

/** Refuses unknown and invalid fields, and names them. */
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
    const field = parent ? `${parent}.${property}` : (property ?? 'body');
    const [message] = Object.values(constraints ?? {});
    const own = message === undefined ? [] : [{ field, message }];
    return [...own, ...fieldErrors(children ?? [], field)];
  });
}
