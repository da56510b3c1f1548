import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS } from '../../../platform/auth/access';
import { NotSignedIn, UserNotFound } from '../../../platform/auth/auth.errors';
import { type AuthenticatedRequest, requestedUserIdOf } from '../../../platform/auth/caller';
import { UserRepository } from '../user.repository';

/**
 * Looks twice at admins, whose word opens much: the account must still be one, and whoever they act for must exist.
 * Runs after AccessGuard, which knows no caller on a route that is for anyone.
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
    // The token is signed by us and accounts are never deleted: who has none has lost none.
    if (account && (account.blocked || account.role !== 'ADMIN')) throw new NotSignedIn();
    const isUnknown = namedUserId !== caller.userId && !found.some(({ userId }) => userId === namedUserId);
    if (namedUserId !== undefined && isUnknown) throw new UserNotFound(namedUserId);
    return true;
  }

  /** On routes about one's own things a `userId` says whose; elsewhere it may be a new one. */
  private actsForOthers(context: ExecutionContext): boolean {
    return this.reflector.getAllAndOverride(ACCESS, [context.getHandler(), context.getClass()]) === 'signed-in';
  }
}
