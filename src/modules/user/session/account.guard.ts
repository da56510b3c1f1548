import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS } from '../../../platform/auth/access';
import { NotSignedIn, UserNotFound } from '../../../platform/auth/auth.errors';
import { type AuthenticatedRequest, type Caller, requestedUserIdOf } from '../../../platform/auth/caller';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/dynamo/database';
import { hasEnded, type Session } from '../domain/session';
import { type StoredUser, UserRepository } from '../user.repository';
import { USER_SETTINGS, type UserSettings } from '../user.settings';
import { AccessRevocations } from './access-revocations.service';
import { SessionRepository } from './session.repository';

/**
 * Refuses access tokens that have ended before they expire. Those of customers are compared with the list in memory.
 * Admins and couriers are checked against the database on every request, in one round trip: the account must still be
 * active and have the role, the session must not have ended, and the user that an admin acts for must exist. Runs after
 * AccessGuard, which sets no caller on a route that is open to anyone.
 */
@Injectable()
export class AccountGuard implements CanActivate {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly revocations: AccessRevocations,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
    @Inject(USER_SETTINGS) private readonly settings: UserSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user: caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!caller) return true;
    if (this.revocations.hasRevoked(caller)) throw new NotSignedIn();
    if (caller.role !== 'CUSTOMER') await this.checkAccount(caller, this.userNamedByAdmin(caller, context));
    return true;
  }

  private async checkAccount(caller: Caller, namedUserId: string | undefined): Promise<void> {
    const { userId, token } = caller;
    const [account, namedUser, session] = await this.database.batchGet([
      this.users.readOf(userId),
      namedUserId === undefined ? undefined : this.users.readOf(namedUserId),
      token?.sessionId === undefined ? undefined : this.sessions.readOf(token.sessionId),
    ]);
    if (!account || !isValidFor(account, caller)) throw new NotSignedIn();
    if (token?.sessionId !== undefined && !this.isValid(session, caller)) throw new NotSignedIn();
    if (namedUserId !== undefined && !namedUser) throw new UserNotFound(namedUserId);
  }

  private isValid(session: Session | undefined, { userId }: Caller): boolean {
    const now = Math.floor(this.clock.realNow() / 1_000);
    return session?.userId === userId && !hasEnded(session, now, this.settings.sessionMaxDays);
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
