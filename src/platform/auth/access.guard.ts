import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { Unavailable } from '../errors';
import { identifyActor } from '../request-context';
import { ACCESS, type AccessRule, CALLER_ONLY } from './access';
import { NotOwner, NotSignedIn, WrongRole } from './auth.errors';
import { callerOf, namesAnotherUser } from './caller';
import { RevokedTokens } from './revoked-tokens';

/** The passport strategy for tokens of another issuer. The user module provides it. */
export const OIDC_STRATEGY = 'issued';

/**
 * Refuses callers that the route's `@Access` does not allow, and callers that name another user. Admins may name one,
 * except on a route `@ForCallerOnly`. Refuses revoked tokens too, before they count against the limit of their owner.
 * Tries our own tokens first, then those of another issuer.
 */
@Injectable()
export class AccessGuard extends AuthGuard(['jwt', OIDC_STRATEGY]) {
  constructor(
    private readonly reflector: Reflector,
    private readonly revokedTokens: RevokedTokens,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, targets);
    if (rule === 'anyone') return true;
    await super.canActivate(context);
    const caller = callerOf(context);
    const { role } = caller;
    identifyActor(caller);
    if (this.revokedTokens.includeTokenOf(caller)) throw new NotSignedIn();
    if (rule === undefined || (rule !== 'signed-in' && !rule.includes(role))) throw new WrongRole();
    const mayNameOthers = role === 'ADMIN' && !this.reflector.getAllAndOverride<boolean>(CALLER_ONLY, targets);
    if (!mayNameOthers && namesAnotherUser(context)) throw new NotOwner();
    return true;
  }

  override handleRequest<T>(error: unknown, user: T | false | null, info: unknown): T {
    if (error instanceof Error) throw error;
    if (user) return user;
    // If a strategy could not check the token, the answer is 503 and not 401.
    throw [info].flat().find((reason) => reason instanceof Unavailable) ?? new NotSignedIn();
  }
}
