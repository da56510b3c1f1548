import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { mapPage, type Page, type PageRequest } from '../../../platform/dynamo/cursor';
import { retryOnConflict } from '../../../platform/dynamo/retry-on-conflict';
import { Transaction } from '../../../platform/transaction/transaction';
import { endOf, type Session } from '../domain/session';
import { AccessVersionConflict, SessionNotFound, UserNotFound } from '../domain/user.errors';
import { UserRepository } from '../user.repository';
import { USER_SETTINGS, type UserSettings } from '../user.settings';
import { AccessRevocations } from './access-revocations.service';
import { SessionAbsent, SessionRepository } from './session.repository';

/** Lists and ends the sessions of a user. */
@Injectable()
export class UserSessions {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly revocations: AccessRevocations,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    @Inject(USER_SETTINGS) private readonly settings: UserSettings,
  ) {}

  /** The sessions of a user that can still be refreshed, newest first. A page may be short. `user.not_found`. */
  async list(userId: UserId, page: PageRequest): Promise<Page<Session>> {
    const [user, stored] = await Promise.all([this.users.find(userId), this.sessions.ofUser(userId, page)]);
    if (!user) throw new UserNotFound(userId);
    const now = Math.floor(this.clock.realNow() / 1_000);
    const { items, next } = mapPage(stored, (session) => ({
      ...session,
      expiresAt: endOf(session, this.settings.sessionMaxDays),
    }));
    const isValid = ({ credentialsVersion, expiresAt }: Session) =>
      credentialsVersion === user.credentialsVersion && now < expiresAt;
    return { items: items.filter(isValid), next };
  }

  /**
   * Ends a session of a user and its access tokens: `session.not_found` if they have no session with this id. Emits
   * `user.sessions_ended`.
   */
  async end(userId: UserId, sessionId: string): Promise<void> {
    try {
      await this.transaction.commit(
        [this.sessions.endOf(userId, sessionId), this.revocations.revokeSession(sessionId)],
        [{ type: 'user.sessions_ended', userId, reason: 'REQUESTED', sessionId }],
      );
    } catch (error) {
      throw error instanceof SessionAbsent ? new SessionNotFound(sessionId) : error;
    }
  }

  /** Ends all sessions and access tokens of a user: `user.not_found`. Emits `user.sessions_ended`. */
  async endAll(userId: UserId): Promise<void> {
    await retryOnConflict(AccessVersionConflict, async () => {
      const user = await this.users.find(userId);
      if (!user) throw new UserNotFound(userId);
      await this.transaction.commit(
        [...this.users.endSessions(user), this.revocations.revoke(user)],
        [{ type: 'user.sessions_ended', userId, reason: 'REQUESTED' }],
      );
    });
  }
}
