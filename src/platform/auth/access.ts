import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Role } from '../../kernel/roles';

export const ACCESS = Symbol('access');

/** Who may call a route: anyone, anyone who is signed in (about their own things), or the roles named. */
export type AccessRule = 'anyone' | 'signed-in' | readonly Role[];

export const CALLER_ONLY = Symbol('caller only');

/**
 * Marks a route that acts on the caller, such as a change of password. An admin who names another user is refused,
 * because the request would change the admin.
 */
export function ForCallerOnly(): MethodDecorator & ClassDecorator {
  return SetMetadata(CALLER_ONLY, true);
}

/** The OpenAPI extension that shows the access rule of an operation. */
export const ACCESS_EXTENSION = 'x-access';

/** Declares who may call a route. The program does not start if a route has no rule. */
export function Access(first: 'anyone' | 'signed-in' | Role, ...roles: Role[]): MethodDecorator & ClassDecorator {
  const rule: AccessRule = first === 'anyone' || first === 'signed-in' ? first : [first, ...roles];
  return applyDecorators(SetMetadata(ACCESS, rule), ApiExtension(ACCESS_EXTENSION, rule));
}
