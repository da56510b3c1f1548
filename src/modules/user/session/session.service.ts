import { Injectable } from '@nestjs/common';
import type { UserId } from '../../../kernel/ids';
import type { Role } from '../../../kernel/roles';
import { Clock } from '../../../platform/clock';
import { identifyActor } from '../../../platform/request-context';
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
  type TokenOwner,
} from './session-tokens.service';
import { type Session, SessionRepository } from './session.repository';

/** How long a refresh token, after its first use, gets the same response again. */
const REPEAT_MILLISECONDS = 30_000;

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
      const match = await this.passwords.verifyPassword(password, account?.passwordHash);
      if (!account || match === 'NO_MATCH') throw new InvalidCredentials();
      identifyActor(account);
      if (account.blocked) throw new UserBlocked();

      const { userId, credentialsVersion } = account;
      const token = this.tokens.firstRefreshToken();
      const sessionWrite = this.sessions.create({
        sessionId: token.sessionId,
        userId,
        secretHash: secretHashOf(token),
        credentialsVersion,
        createdAt: this.clock.now(),
        expiresAt: this.nowInSeconds() + REFRESH_TOKEN_SECONDS,
      });
      const rehash =
        match === 'OUTDATED_MATCH' ? this.users.rehashPassword(account, await this.passwords.rehash(password)) : [];
      await this.transaction.commit([sessionWrite, releaseAttempt, ...rehash], [{ type: 'user.logged_in', userId }]);
      return this.signInResult(account, token);
    });
  }

  /**
   * Exchanges a refresh token for the next one and a new access token with the user's current role. The same token
   * again, within thirty seconds and before the next one is used, gets the same response. Any other reuse ends the
   * session, because the token may have been stolen. `auth.invalid_refresh_token`.
   */
  async refresh(text: string): Promise<SignInResult> {
    const token = parseRefreshToken(text);
    const session = token && (await this.sessions.find(token.sessionId));
    if (!session || session.expiresAt <= this.nowInSeconds()) throw new InvalidRefreshToken();
    const next = this.tokens.nextRefreshToken(token);
    const isCurrent = matchesSecretHash(session.secretHash, token);
    if (!isCurrent && !this.isRepeat(session, next)) return this.rejectReuse(token, next);
    const user = await this.users.find(session.userId);
    if (!user || user.blocked || user.credentialsVersion !== session.credentialsVersion) {
      return this.revokeAndReject(session);
    }
    const rotated = isCurrent ? await this.rotate(session, next) : session;
    // Another request has signed out, or has used the next token.
    if (!rotated) return this.revokeAndReject(session);
    return this.signInResult(user, next, rotated.rotatedAt);
  }

  /**
   * Signs out: ends the session of a refresh token, even if the token was used before. Ignores an unknown or revoked
   * token, and a wrong secret.
   */
  async logout(text: string): Promise<void> {
    const token = parseRefreshToken(text);
    if (token) await this.revoke(token, this.tokens.nextRefreshToken(token));
  }

  private async rotate(session: Session, next: RefreshToken): Promise<Session | undefined> {
    const rotatedAt = this.clock.realNow();
    const expiresAt = this.nowInSeconds() + REFRESH_TOKEN_SECONDS;
    return this.sessions.rotate(session, { secretHash: secretHashOf(next), expiresAt, rotatedAt });
  }

  /** Whether the token before `next` was exchanged for it a moment ago, so that the response may have been lost. */
  private isRepeat({ secretHash, rotatedAt = 0 }: Session, next: RefreshToken): boolean {
    return matchesSecretHash(secretHash, next) && this.clock.realNow() < rotatedAt + REPEAT_MILLISECONDS;
  }

  private async rejectReuse(token: RefreshToken, next: RefreshToken): Promise<never> {
    await this.revoke(token, next);
    throw new InvalidRefreshToken();
  }

  /** Ends the session if the token is or was its own. A wrong secret for a known session id changes nothing. */
  private async revoke(token: RefreshToken, next: RefreshToken): Promise<void> {
    if (this.tokens.isAuthentic(token)) await this.sessions.revoke(token.sessionId);
    else await this.sessions.revokeIfSecretIs(token.sessionId, [secretHashOf(token), secretHashOf(next)]);
  }

  private async revokeAndReject({ sessionId }: Pick<Session, 'sessionId'>): Promise<never> {
    await this.sessions.revoke(sessionId);
    throw new InvalidRefreshToken();
  }

  private signInResult(user: TokenOwner, token: RefreshToken, issuedAt = this.clock.realNow()): SignInResult {
    const { userId, role } = user;
    const accessToken = this.tokens.signAccessToken(user, issuedAt);
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken: formatRefreshToken(token), userId, role };
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.realNow() / 1_000);
  }
}
