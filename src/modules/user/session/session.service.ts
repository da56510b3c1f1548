import { Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import type { Role } from '../../../kernel/roles';
import { Clock } from '../../../platform/clock';
import { Transaction } from '../../../platform/transaction/transaction';
import { InvalidCredentials, InvalidRefreshToken, UserBlocked } from '../domain/user.errors';
import { PasswordHasher } from '../password/password-hasher.service';
import { ThrottleService } from '../throttle/throttle.service';
import { UserRepository } from '../user.repository';
import {
  ACCESS_TOKEN_SECONDS,
  formatRefreshToken,
  matchesSecretHash,
  parseRefreshToken,
  REFRESH_TOKEN_SECONDS,
  type RefreshToken,
  secretHashOf,
  SessionTokens,
} from './session-tokens.service';
import { SessionRepository } from './session.repository';

/** Result of a sign-in or a token refresh. */
export interface SignInResult {
  readonly accessToken: string;
  /** Lifetime of the access token, in seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly userId: UserId;
  readonly role: Role;
}

/** Signs users in and out, and refreshes their tokens. Tokens expire in real time, not that of the test clock. */
@Injectable()
export class SessionService {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: SessionTokens,
    private readonly passwords: PasswordHasher,
    private readonly throttle: ThrottleService,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs in. An unknown e-mail and a wrong password both throw `auth.invalid_credentials`, after the same work. The
   * correct password of a blocked account throws `user.blocked`. `auth.too_many_attempts`, `auth.busy`. Emits
   * `user.logged_in`.
   */
  async login({ email, password }: { email: string; password: string }, address: string): Promise<SignInResult> {
    return this.throttle.limitGuesses(email, address, async (releaseAttempt) => {
      const account = await this.users.findAccount(email);
      const isCorrect = await this.passwords.verifyPassword(password, account?.passwordHash);
      if (!account || !isCorrect) throw new InvalidCredentials();
      if (account.blocked) throw new UserBlocked();

      const { userId, credentialsVersion } = account;
      const token = this.tokens.newRefreshToken();
      const sessionWrite = this.sessions.create({
        sessionId: token.sessionId,
        userId,
        secretHash: secretHashOf(token),
        credentialsVersion,
        createdAt: this.clock.now(),
        expiresAt: this.nowInSeconds() + REFRESH_TOKEN_SECONDS,
      });
      await this.transaction.commit([sessionWrite, releaseAttempt], [{ type: 'user.logged_in', userId }]);
      return this.signInResult(account, token);
    });
  }

  /**
   * Exchanges a refresh token for the next one and a new access token with the user's current role. A token that was
   * used before ends the session, because it may have been stolen. `auth.invalid_refresh_token`.
   */
  async refresh(text: string): Promise<SignInResult> {
    const token = parseRefreshToken(text);
    const session = token && (await this.sessions.find(token.sessionId));
    if (!session || session.expiresAt <= this.nowInSeconds()) throw new InvalidRefreshToken();
    const user = matchesSecretHash(session.secretHash, token) ? await this.users.find(session.userId) : undefined;
    if (!user || user.blocked || user.credentialsVersion !== session.credentialsVersion)
      return this.revokeAndReject(session);

    const next = this.tokens.newRefreshToken(session.sessionId);
    const isRotated = await this.sessions.rotate(
      session,
      secretHashOf(next),
      this.nowInSeconds() + REFRESH_TOKEN_SECONDS,
    );
    return isRotated ? this.signInResult(user, next) : this.revokeAndReject(session);
  }

  /** Signs out: ends the session of a refresh token. Ignores an unknown or revoked token. */
  async logout(text: string): Promise<void> {
    const token = parseRefreshToken(text);
    if (token) await this.sessions.revoke(token.sessionId);
  }

  private async revokeAndReject({ sessionId }: { sessionId: string }): Promise<never> {
    await this.sessions.revoke(sessionId);
    throw new InvalidRefreshToken();
  }

  private signInResult({ userId, role }: { userId: UserId; role: Role }, token: RefreshToken): SignInResult {
    const accessToken = this.tokens.signAccessToken({ userId, role });
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken: formatRefreshToken(token), userId, role };
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.realNow() / 1_000);
  }
}
