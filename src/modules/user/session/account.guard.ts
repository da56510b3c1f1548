import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isStaff } from '../../../kernel/roles';
import { ACCESS } from '../../../platform/auth/access';
import { NotSignedIn, SecondFactorRequired, StepUpRequired, UserNotFound } from '../../../platform/auth/auth.errors';
import { type AuthenticatedRequest, type Caller, requestedUserIdOf } from '../../../platform/auth/caller';
import { SECOND_FACTOR, type SecondFactorRule } from '../../../platform/auth/second-factor';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/dynamo/database';
import { missingProof } from '../domain/second-factor';
import { endOf, type Session } from '../domain/session';
import { type StoredUser, UserRepository } from '../user.repository';
import { USER_SETTINGS, type UserSettings } from '../user.settings';
import { SessionRepository } from './session.repository';

/**
 * Checks admins and couriers against the database on every request, in one round trip, because the list of revoked tokens
 * in memory may be some seconds old. The account must still be active and have the role, and the session must not have
 * ended. An admin with a second factor must have given a code, and the user they act for must exist. Runs after
 * AccessGuard, which refuses the tokens in the list, and sets no caller on a route that is open to anyone.
 */
@Injectable()
export class AccountGuard implements CanActivate {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
    @Inject(USER_SETTINGS) private readonly settings: UserSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user: caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!caller || !isStaff(caller.role)) return true;
    const namedUserId = this.userNamedByAdmin(caller, context);
    const { userId, role, token, sessionId } = caller;
    const [account, namedUser, stored] = await this.database.batchGet([
      this.users.readOf(userId),
      namedUserId === undefined ? undefined : this.users.readOf(namedUserId),
      sessionId === undefined ? undefined : this.sessions.readOf(sessionId),
    ]);
    if (!account || !isValidFor(account, caller)) throw new NotSignedIn();
    const session = stored && !this.hasEnded(stored, caller) ? stored : undefined;
    if (token && sessionId !== undefined && !session) throw new NotSignedIn();
    if (role === 'ADMIN') this.checkSecondFactor(account, session, context, namedUserId);
    if (namedUserId !== undefined && !namedUser) throw new UserNotFound(namedUserId);
    return true;
  }

  private checkSecondFactor(
    { userId, mfa = false }: StoredUser,
    session: Session | undefined,
    context: ExecutionContext,
    namedUserId: string | undefined,
  ): void {
    const isForOther = namedUserId !== undefined && namedUserId !== userId;
    const rule = this.metadata<SecondFactorRule>(SECOND_FACTOR, context);
    if (rule === 'none' && !isForOther) return;
    const needsRecentCode = rule === 'recent' && (isForOther || this.metadata(ACCESS, context) !== 'signed-in');
    const state = { isActive: mfa, isRequired: this.settings.adminMfa === 'required', givenAt: session?.mfaAt };
    const missing = missingProof(state, needsRecentCode, this.nowInSeconds());
    if (missing) throw missing === 'RECENT_CODE' ? new StepUpRequired() : new SecondFactorRequired();
  }

  private hasEnded(session: Session, { userId, token }: Caller): boolean {
    // What is stored for a sign-in at an external issuer is not a session of ours.
    const end = token ? endOf(session, this.settings.sessionMaxDays) : session.expiresAt;
    return end <= this.nowInSeconds() || (token !== undefined && session.userId !== userId);
  }

  /** On `signed-in` routes a `userId` names the user to act for; elsewhere it may be the id of a new user. */
  private userNamedByAdmin({ role }: Caller, context: ExecutionContext): string | undefined {
    const isForSignedIn = this.metadata(ACCESS, context) === 'signed-in';
    return role === 'ADMIN' && isForSignedIn ? requestedUserIdOf(context) : undefined;
  }

  private metadata<T>(key: symbol, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.realNow() / 1_000);
  }
}

function isValidFor({ blocked, role, accessVersion = 0 }: StoredUser, caller: Caller): boolean {
  return !blocked && role === caller.role && (caller.token?.version ?? accessVersion) >= accessVersion;
}
