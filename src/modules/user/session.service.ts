import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import type { Role } from '../../kernel/roles';
import { Clock } from '../../platform/clock';
import { Transaction } from '../../platform/transaction/transaction';
import { PasswordHasher } from './password.hasher';
import { SessionRepository } from './session.repository';
import {
  ACCESS_SECONDS,
  hashOf,
  isHashOf,
  parseRefreshToken,
  REFRESH_SECONDS,
  type RefreshToken,
  SessionTokens,
  textOf,
} from './session.tokens';
import { Throttle } from './throttle.service';
import { InvalidCredentials, InvalidRefreshToken, UserBlocked } from './user.errors';
import { UserRepository } from './user.repository';

/** Somebody who has just signed in, or goes on. */
export interface SignedIn {
  readonly accessToken: string;
  /** Of the access token, in seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly userId: UserId;
  readonly role: Role;
}

/** Signing in, going on and signing out. All times are real ones. */
@Injectable()
export class SessionService {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: SessionTokens,
    private readonly passwords: PasswordHasher,
    private readonly throttle: Throttle,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs in. Unknown e-mail and wrong password are both `auth.invalid_credentials`, after the same work; who knows
   * the password of a blocked account is told `user.blocked`; `auth.too_many_attempts`. Emits `user.logged_in`.
   */
  async login({ email, password }: { email: string; password: string }, address: string): Promise<SignedIn> {
    return this.throttle.guess(email, address, async (right) => {
      const account = await this.users.findAccount(email);
      const isRight = await this.passwords.isRight(password, account?.passwordHash);
      if (!account || !isRight) throw new InvalidCredentials();
      if (account.blocked) throw new UserBlocked();

      const { userId, credentialsVersion } = account;
      const token = this.tokens.refresh();
      const begun = this.sessions.begin({
        sessionId: token.sessionId,
        userId,
        secretHash: hashOf(token),
        credentialsVersion,
        createdAt: this.clock.now(),
        expiresAt: this.seconds() + REFRESH_SECONDS,
      });
      await this.transaction.commit([begun, right], [{ type: 'user.logged_in', userId }]);
      return this.signedIn(account, token);
    });
  }

  /**
   * Exchanges a refresh token for the next one and a new access token, in the role the user has now. A token that was
   * used before ends its whole family: somebody else may hold the other one. `auth.invalid_refresh_token`.
   */
  async refresh(text: string): Promise<SignedIn> {
    const token = parseRefreshToken(text);
    const session = token && (await this.sessions.find(token.sessionId));
    if (!session || session.expiresAt <= this.seconds()) throw new InvalidRefreshToken();
    const user = isHashOf(session.secretHash, token) ? await this.users.find(session.userId) : undefined;
    if (!user || user.blocked || user.credentialsVersion !== session.credentialsVersion) return this.end(session);

    const next = this.tokens.refresh(session.sessionId);
    const isFirst = await this.sessions.rotate(session, hashOf(next), this.seconds() + REFRESH_SECONDS);
    return isFirst ? this.signedIn(user, next) : this.end(session);
  }

  /** Signs out: the family of a refresh token ends. What is no token of ours, or was revoked, is so already. */
  async logout(text: string): Promise<void> {
    const token = parseRefreshToken(text);
    if (token) await this.sessions.revoke(token.sessionId);
  }

  private async end({ sessionId }: { sessionId: string }): Promise<never> {
    await this.sessions.revoke(sessionId);
    throw new InvalidRefreshToken();
  }

  private signedIn({ userId, role }: { userId: UserId; role: Role }, token: RefreshToken): SignedIn {
    const accessToken = this.tokens.access({ userId, role });
    return { accessToken, expiresIn: ACCESS_SECONDS, refreshToken: textOf(token), userId, role };
  }

  private seconds(): number {
    return Math.floor(this.clock.realNow() / 1_000);
  }
}
