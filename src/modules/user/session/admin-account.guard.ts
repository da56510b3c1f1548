import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS } from '../../../platform/auth/access';
import { NotSignedIn, UserNotFound } from '../../../platform/auth/auth.errors';
import { type AuthenticatedRequest, requestedUserIdOf } from '../../../platform/auth/caller';
import { UserRepository } from '../user.repository';

/**
 * Checks admins against the database on every request: the account must still be an active admin, and the user they
 * act for must exist. Runs after AccessGuard, which sets no caller on a route that is open to anyone.
 */
@Injectable()
export class AdminAccountGuard implements CanActivate {
  constructor(
    private readonly users: UserRepository,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user: caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (caller?.role !== 'ADMIN') return true;
    const namedUserId = this.actsForOthers(context) ? requestedUserIdOf(context) : undefined;
    const found = await this.users.findAll([caller.userId, namedUserId ?? caller.userId]);
    const account = found.find(({ userId }) => userId === caller.userId);
    // Accounts are never deleted, so a signed token without an account is not that of a former admin.
    if (account && (account.blocked || account.role !== 'ADMIN')) throw new NotSignedIn();
    const isUnknown = namedUserId !== caller.userId && !found.some(({ userId }) => userId === namedUserId);
    if (namedUserId !== undefined && isUnknown) throw new UserNotFound(namedUserId);
    return true;
  }

  /** On `signed-in` routes a `userId` names the user to act for; elsewhere it may be the id of a new user. */
  private actsForOthers(context: ExecutionContext): boolean {
    return this.reflector.getAllAndOverride(ACCESS, [context.getHandler(), context.getClass()]) === 'signed-in';
  }
}
