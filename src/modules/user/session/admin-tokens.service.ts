import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { Transaction } from '../../../platform/transaction/transaction';
import type { Session } from '../domain/session';
import { AdminAbsent, UserBlocked } from '../domain/user.errors';
import { UserRepository } from '../user.repository';
import { USER_SETTINGS, type UserSettings } from '../user.settings';
import { ACCESS_TOKEN_SECONDS, secretHashOf, SessionTokens } from './session-tokens.service';
import { SessionRepository } from './session.repository';

/** How the session is named in the list of the admin's sessions. */
const DEVICE = 'npm run ops -- token';

/** An access token for an admin, and what it still lacks. */
export interface AdminToken {
  readonly accessToken: string;
  readonly userId: UserId;
  /** Seconds. */
  readonly expiresIn: number;
  /** What the admin has to do before the token allows anything. */
  readonly missing?: 'CODE' | 'SECOND_FACTOR';
}

/**
 * Issues access tokens of admins to the operator, who has the key that signs them anyway. The difference to signing one by
 * hand is a session that can be ended, and an entry in the audit log.
 */
@Injectable()
export class AdminTokens {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: SessionTokens,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    @Inject(USER_SETTINGS) private readonly settings: UserSettings,
  ) {}

  /**
   * Starts a session of an existing admin that lasts as long as its access token, and has no refresh token. It holds no
   * proof of a second factor. Emits `user.admin_token_issued`. `user.admin_absent`, `user.blocked`.
   */
  async issue(email: string): Promise<AdminToken> {
    const account = await this.users.findAccount(email);
    if (account?.role !== 'ADMIN') throw new AdminAbsent();
    if (account.blocked) throw new UserBlocked();
    const { userId, credentialsVersion, mfa = false } = account;
    const issuedAt = this.clock.realNow();
    // Its secret is not kept, so the session cannot be refreshed.
    const token = this.tokens.firstRefreshToken();
    const session: Session = {
      sessionId: token.sessionId,
      userId,
      secretHash: secretHashOf(token),
      credentialsVersion,
      createdAt: this.clock.now(),
      expiresAt: Math.floor(issuedAt / 1_000) + ACCESS_TOKEN_SECONDS,
      device: DEVICE,
    };
    const { sessionId } = session;
    await this.transaction.commit(
      [this.sessions.create(session)],
      [{ type: 'user.admin_token_issued', userId, sessionId }],
    );
    const missing = mfa ? 'CODE' : this.settings.adminMfa === 'required' ? 'SECOND_FACTOR' : undefined;
    return { ...this.tokens.signAccessToken(account, session, issuedAt), userId, missing };
  }
}
