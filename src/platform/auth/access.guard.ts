import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { Unavailable } from '../errors';
import { ACCESS, type AccessRule } from './access';
import { NotOwner, NotSignedIn, WrongRole } from './auth.errors';
import { callerOf, namesAnotherUser } from './caller';

/** The passport strategy for tokens of another issuer, which is the user module's. */
export const OIDC_STRATEGY = 'issued';

/**
 * Lets nobody through whom the route's `@Access` does not name, or who names somebody else without being an admin.
 * Our own tokens come first, then another issuer's.
 */
@Injectable()
export class AccessGuard extends AuthGuard(['jwt', OIDC_STRATEGY]) {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === 'anyone') return true;
    await super.canActivate(context);
    const { role } = callerOf(context);
    if (rule === undefined || (rule !== 'signed-in' && !rule.includes(role))) throw new WrongRole();
    if (role !== 'ADMIN' && namesAnotherUser(context)) throw new NotOwner();
    return true;
  }

  override handleRequest<T>(error: unknown, user: T | false | null, info: unknown): T {
    if (error instanceof Error) throw error;
    if (user) return user;
    // Who cannot be looked at is not yet refused.
    throw [info].flat().find((reason) => reason instanceof Unavailable) ?? new NotSignedIn();
  }
}
