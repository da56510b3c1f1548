import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS } from '../../../platform/auth/access';
import { NotSignedIn, UserNotFound } from '../../../platform/auth/auth.errors';
import { type AuthenticatedRequest, type Caller, requestedUserIdOf } from '../../../platform/auth/caller';
import { type StoredUser, UserRepository } from '../user.repository';
import { AccessRevocations } from './access-revocations.service';

/**
 * Refuses access tokens that have ended before they expire. Those of customers are compared with the list in memory.
 * Admins and couriers are checked against the database on every request: the account must still be active and have the
 * role, and the user that an admin acts for must exist. Runs after AccessGuard, which sets no caller on a route that is
 * open to anyone.
 */
@Injectable()
export class AccountGuard implements CanActivate {
  constructor(
    private readonly users: UserRepository,
    private readonly revocations: AccessRevocations,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user: caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!caller) return true;
    if (this.revocations.hasRevoked(caller)) throw new NotSignedIn();
    if (caller.role !== 'CUSTOMER') await this.checkAccount(caller, this.userNamedByAdmin(caller, context));
    return true;
  }

  private async checkAccount(caller: Caller, namedUserId: string | undefined): Promise<void> {
    const found = await this.users.findAll([caller.userId, namedUserId ?? caller.userId]);
    const account = found.find(({ userId }) => userId === caller.userId);
    if (!account || !isValidFor(account, caller)) throw new NotSignedIn();
    const isUnknown = namedUserId !== caller.userId && !found.some(({ userId }) => userId === namedUserId);
    if (namedUserId !== undefined && isUnknown) throw new UserNotFound(namedUserId);
  }

  /** On `signed-in` routes a `userId` names the user to act for; elsewhere it may be the id of a new user. */
  private userNamedByAdmin({ role }: Caller, context: ExecutionContext): string | undefined {
    const rule = this.reflector.getAllAndOverride<unknown>(ACCESS, [context.getHandler(), context.getClass()]);
    return role === 'ADMIN' && rule === 'signed-in' ? requestedUserIdOf(context) : undefined;
  }
}

function isValidFor({ blocked, role, accessVersion = 0 }: StoredUser, caller: Caller): boolean {
  return !blocked && role === caller.role && (caller.token?.version ?? accessVersion) >= accessVersion;
}
