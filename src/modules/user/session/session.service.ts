import { Inject, Injectable } from '@nestjs/common';
import type { UserEvent } from '../../../events/user.events';
import type { UserId } from '../../../kernel/ids';
import type { Role } from '../../../kernel/roles';
import { Clock } from '../../../platform/clock';
import type { Write } from '../../../platform/dynamo/write';
import { identifyActor } from '../../../platform/request-context';
import { Transaction } from '../../../platform/transaction/transaction';
import { deviceOf, endOf, endOfSession, type Session } from '../domain/session';
import { InvalidCredentials, InvalidRefreshToken, PasswordTooWeak, UserBlocked } from '../domain/user.errors';
import { PasswordHasher } from '../password/password-hasher.service';
import { ThrottleService } from '../throttle/throttle.service';
import { type Proven, SecondFactorCheck } from '../second-factor/second-factor-check.service';
import { type Account, UserRepository } from '../user.repository';
import { USER_SETTINGS, type UserSettings } from '../user.settings';
import { AccessRevocations } from './access-revocations.service';
import {
  formatRefreshToken,
  matchesSecretHash,
  parseRefreshToken,
  type RefreshToken,
  secretHashOf,
  SessionTokens,
  type TokenOwner,
} from './session-tokens.service';
import { SessionAbsent, SessionRepository } from './session.repository';

/** How long a refresh token, after its first use, gets the same response again. */
const REPEAT_MILLISECONDS = 30_000;

/** Result of a sign-in or a token refresh. */
export interface SignInResult {
  readonly accessToken: string;
  /** Lifetime of the access token, in seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
  /** Lifetime of the refresh token, in seconds. */
  readonly refreshExpiresIn: number;
  readonly userId: UserId;
  readonly role: Role;
}

export interface LoginDetails {
  readonly email: string;
  readonly password: string;
  /** Of the second factor; or a recovery code. */
  readonly totp?: string;
  readonly recoveryCode?: string;
}

/** Where a sign-in comes from. */
export interface Client {
  readonly address: string;
  readonly userAgent?: string;
}

/** Signs users in and out, and refreshes their tokens. Tokens expire in real time, not that of the test clock. */
@Injectable()
export class SessionService {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: SessionTokens,
    private readonly revocations: AccessRevocations,
    private readonly passwords: PasswordHasher,
    private readonly throttle: ThrottleService,
    private readonly secondFactor: SecondFactorCheck,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    @Inject(USER_SETTINGS) private readonly settings: UserSettings,
  ) {}

  /**
   * Signs in. An unknown e-mail and a wrong password both throw `auth.invalid_credentials`, after the same work. The
   * correct password of a blocked account throws `user.blocked`; that of an admin which is too weak in production throws
   * `auth.password_too_weak`. With a second factor, `auth.code_required` and `auth.invalid_code`.
   * `auth.too_many_attempts`, `auth.busy`. Emits `user.logged_in`.
   */
  async login(
    { email, password, totp, recoveryCode }: LoginDetails,
    { address, userAgent }: Client,
  ): Promise<SignInResult> {
    const signIn = async (releaseAttempt: Write | undefined, account: Account | undefined) => {
      const match = await this.passwords.verifyPassword(password, account?.passwordHash);
      if (!account || match === 'NO_MATCH') throw new InvalidCredentials();
      identifyActor(account);
      if (account.blocked) throw new UserBlocked();
      if (account.role === 'ADMIN' && !this.passwords.isAllowed(password, account)) throw new PasswordTooWeak();

      const rehash =
        match === 'OUTDATED_MATCH' ? this.users.rehashPassword(account, await this.passwords.rehash(password)) : [];
      const start = ({ useWrites }: Pick<Proven, 'useWrites'>) =>
        this.startSession(account, userAgent, [releaseAttempt, ...rehash, ...useWrites]);
      return account.mfa
        ? this.secondFactor.withProof(account.userId, { code: totp, recoveryCode }, start)
        : start({ useWrites: [] });
    };
    return this.throttle.limitGuesses(email, address, signIn, this.users.accountReadOf(email));
  }

  /**
   * Exchanges a refresh token for the next one and a new access token with the user's current role. The same token
   * again, within thirty seconds and before the next one is used, gets the same response. Any other reuse ends the
   * session, because the token may have been stolen, and emits `user.sessions_ended`. `auth.invalid_refresh_token`.
   */
  async refresh(text: string): Promise<SignInResult> {
    const token = parseRefreshToken(text);
    const session = token && (await this.sessions.find(token.sessionId));
    if (!session || endOf(session, this.settings.sessionMaxDays) <= this.nowInSeconds())
      throw new InvalidRefreshToken();
    const nextTokens = this.tokens.nextRefreshTokens(token);
    const isCurrent = matchesSecretHash(session.secretHash, token);
    if (!isCurrent && !this.isRepeat(session, nextTokens)) return this.rejectReuse(session, token);
    const user = await this.users.find(session.userId);
    if (!user || user.blocked || user.credentialsVersion !== session.credentialsVersion) {
      return this.revokeAndReject(session);
    }
    const rotated = isCurrent ? await this.rotate(session, nextTokens) : session;
    const next = rotated && storedOf(rotated, nextTokens);
    // Another request has signed out, or has used the next token.
    if (!next) return this.revokeAndReject(session);
    return this.signInResult(user, rotated, next, rotated.rotatedAt);
  }

  /**
   * Signs out: ends the session of a refresh token and its access tokens, even if the token was used before. Ignores an
   * unknown or revoked token, and a wrong secret.
   */
  async logout(text: string): Promise<void> {
    const token = parseRefreshToken(text);
    if (token) await this.revoke(token);
  }

  private async startSession(
    account: Account,
    userAgent: string | undefined,
    writes: readonly (Write | undefined)[],
  ): Promise<SignInResult> {
    const { userId, credentialsVersion, mfa } = account;
    const token = this.tokens.firstRefreshToken();
    const session: Session = {
      sessionId: token.sessionId,
      userId,
      secretHash: secretHashOf(token),
      credentialsVersion,
      createdAt: this.clock.now(),
      expiresAt: this.nextEndOf(token),
      device: deviceOf(userAgent),
      ...(mfa && { mfaAt: this.nowInSeconds() }),
    };
    await this.transaction.commit([this.sessions.create(session), ...writes], [{ type: 'user.logged_in', userId }]);
    return this.signInResult(account, session, token);
  }

  private async rotate(session: Session, [next]: readonly RefreshToken[]): Promise<Session | undefined> {
    const rotatedAt = this.clock.realNow();
    const expiresAt = this.nextEndOf(session);
    return next && this.sessions.rotate(session, { secretHash: secretHashOf(next), expiresAt, rotatedAt });
  }

  /** Whether the token before was exchanged for its successor a moment ago, so that the response may have been lost. */
  private isRepeat(session: Session, nextTokens: readonly RefreshToken[]): boolean {
    const { rotatedAt = 0 } = session;
    return storedOf(session, nextTokens) !== undefined && this.clock.realNow() < rotatedAt + REPEAT_MILLISECONDS;
  }

  private async rejectReuse({ userId, sessionId }: Session, token: RefreshToken): Promise<never> {
    await this.revoke(token, [{ type: 'user.sessions_ended', userId, reason: 'TOKEN_REUSED', sessionId }]);
    throw new InvalidRefreshToken();
  }

  /** Ends the session if the token is or was its own. A wrong secret for a known session id changes nothing. */
  private async revoke(token: RefreshToken, events: readonly UserEvent[] = []): Promise<void> {
    const { sessionId } = token;
    const end = this.tokens.isAuthentic(token)
      ? this.sessions.end(sessionId)
      : this.sessions.endIfSecretIs(sessionId, [token, ...this.tokens.nextRefreshTokens(token)].map(secretHashOf));
    await this.commitEnd(sessionId, end, events);
  }

  private async revokeAndReject({ sessionId }: Pick<Session, 'sessionId'>): Promise<never> {
    await this.commitEnd(sessionId, this.sessions.end(sessionId));
    throw new InvalidRefreshToken();
  }

  private async commitEnd(sessionId: string, end: Write, events: readonly UserEvent[] = []): Promise<void> {
    try {
      await this.transaction.commit([end, this.revocations.revokeSession(sessionId)], events);
    } catch (error) {
      if (!(error instanceof SessionAbsent)) throw error;
    }
  }

  private signInResult(
    user: TokenOwner,
    session: Session,
    token: RefreshToken,
    issuedAt = this.clock.realNow(),
  ): SignInResult {
    const { userId, role } = user;
    const signed = this.tokens.signAccessToken(user, session, issuedAt);
    const refreshExpiresIn = session.expiresAt - Math.floor(issuedAt / 1_000);
    return { ...signed, refreshToken: formatRefreshToken(token), refreshExpiresIn, userId, role };
  }

  private nextEndOf({ sessionId }: Pick<Session, 'sessionId'>): number {
    return endOfSession(sessionId, this.nowInSeconds(), this.settings.sessionMaxDays);
  }

  private nowInSeconds(): number {
    return Math.floor(this.clock.realNow() / 1_000);
  }
}

/** The one of the next tokens that a session stores. */
function storedOf({ secretHash }: Session, nextTokens: readonly RefreshToken[]): RefreshToken | undefined {
  return nextTokens.find((next) => matchesSecretHash(secretHash, next));
}
