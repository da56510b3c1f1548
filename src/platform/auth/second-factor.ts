import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const SECOND_FACTOR = Symbol('second factor');

/** The OpenAPI extension that shows the rule of an operation, unless it is the usual one. */
export const SECOND_FACTOR_EXTENSION = 'x-second-factor';

/**
 * What a route asks of an admin with a second factor: usually that a code was given in the session. `recent`: within the
 * last ten minutes; on a `signed-in` route, only if the admin acts for another user. `none`: nothing, unless the admin
 * acts for another user.
 */
export type SecondFactorRule = 'given' | 'recent' | 'none';

export function SecondFactor(rule: 'recent' | 'none'): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(SECOND_FACTOR, rule), ApiExtension(SECOND_FACTOR_EXTENSION, rule));
}
