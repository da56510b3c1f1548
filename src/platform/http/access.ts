import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Role } from '../roles';
import { NotAdmitted, NotSignedIn, WrongRole } from './caller';
import { Fails } from './documentation';

export const ACCESS = Symbol('access');

/** Who may call a route: anyone, anyone who is signed in (about their own things), or the roles named. */
export type AccessRule = 'anyone' | 'signed-in' | readonly Role[];

/** States who may call a route. A route without it is a start-up error. */
export function Access(first: 'anyone' | 'signed-in' | Role, ...roles: Role[]): MethodDecorator & ClassDecorator {
  const rule: AccessRule = first === 'anyone' || first === 'signed-in' ? first : [first, ...roles];
  if (rule === 'anyone') return SetMetadata(ACCESS, rule);
  const failures = rule === 'signed-in' ? [NotSignedIn, NotAdmitted] : [NotSignedIn, NotAdmitted, WrongRole];
  return applyDecorators(SetMetadata(ACCESS, rule), ApiBearerAuth(), Fails(...failures));
}
