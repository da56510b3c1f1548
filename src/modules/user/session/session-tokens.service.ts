import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { createHash } from 'node:crypto';
import { newEventId, newSecret, type UserId } from '../../../kernel/ids';
import type { Role } from '../../../kernel/roles';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { isEqual, Signer } from '../../../platform/signer';
import type { Session } from '../domain/session';

export const ACCESS_TOKEN_SECONDS = 15 * 60;

const REFRESH_TOKEN_PATTERN = /^([0-9A-Z]{26})\.([A-Za-z0-9_-]{43})$/;
/** The first characters of a secret. The others are their signature. 22 characters are 132 bits. */
const UNSIGNED_LENGTH = 22;
const SIGNATURE_LENGTH = 21;

/** The parts of a refresh token: its session, and a secret that only the holder knows. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly secret: string;
}

/** The fields of an account that its access tokens contain. */
export interface TokenOwner {
  readonly userId: UserId;
  readonly role: Role;
  readonly accessVersion?: number;
}

/**
 * Signs access tokens and creates refresh tokens. The next refresh token of a session is derived from the last one with
 * a key of the server. So the response to a refresh can be computed again, without a secret in the database.
 */
@Injectable()
export class SessionTokens {
  private readonly signer: Signer;

  constructor(
    private readonly jwt: JwtService,
    @Inject(PLATFORM_SETTINGS) settings: PlatformSettings,
  ) {
    this.signer = new Signer(settings, 'refresh token');
  }

  /**
   * Signs an access token with the user's id, role and access version, valid for fifteen minutes from `issuedAt` (real
   * time, epoch milliseconds), but not longer than its session. The same input gives the same token.
   */
  signAccessToken(
    { userId, role, accessVersion = 0 }: TokenOwner,
    { sessionId, expiresAt }: Pick<Session, 'sessionId' | 'expiresAt'>,
    issuedAt: number,
  ): { accessToken: string; expiresIn: number } {
    const iat = Math.floor(issuedAt / 1_000);
    const expiresIn = Math.min(ACCESS_TOKEN_SECONDS, expiresAt - iat);
    const claims = { sub: userId, role, typ: 'access', ver: accessVersion, sid: sessionId };
    return { accessToken: this.jwt.sign({ ...claims, iat }, { expiresIn }), expiresIn };
  }

  /** The first refresh token of a new session. */
  firstRefreshToken(): RefreshToken {
    const [sessionId, unsigned] = [newEventId(), newSecret().slice(0, UNSIGNED_LENGTH)];
    return tokenOf(sessionId, unsigned, this.signer.sign(signedText(sessionId, unsigned)));
  }

  /**
   * The refresh token that replaces this one, always the same for a `JWT_SECRET`. Then the one that a task with the
   * previous secret would give, if there is one.
   */
  nextRefreshTokens({ sessionId, secret }: RefreshToken): readonly RefreshToken[] {
    return this.signer.signatures(`next.${sessionId}.${secret}`).map((next, index) => {
      const unsigned = next.slice(0, UNSIGNED_LENGTH);
      return tokenOf(sessionId, unsigned, this.signer.signatures(signedText(sessionId, unsigned))[index] ?? '');
    });
  }

  /**
   * Whether a refresh token was issued here for its session, at any time. False for tokens without a signature, from
   * earlier versions, and for tokens signed under a `JWT_SECRET` before the previous one.
   */
  isAuthentic({ sessionId, secret }: RefreshToken): boolean {
    const unsigned = secret.slice(0, UNSIGNED_LENGTH);
    return this.signer
      .signatures(signedText(sessionId, unsigned))
      .some((signature) => isEqual(secret, tokenOf(sessionId, unsigned, signature).secret));
  }
}

function signedText(sessionId: string, unsigned: string): string {
  return `signature.${sessionId}.${unsigned}`;
}

function tokenOf(sessionId: string, unsigned: string, signature: string): RefreshToken {
  return { sessionId, secret: unsigned + signature.slice(0, SIGNATURE_LENGTH) };
}

export function formatRefreshToken({ sessionId, secret }: RefreshToken): string {
  return `${sessionId}.${secret}`;
}

export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [, sessionId, secret] = REFRESH_TOKEN_PATTERN.exec(text) ?? [];
  return sessionId && secret ? { sessionId, secret } : undefined;
}

/** The stored hash of a refresh token. A secret of 256 random bits needs no slow hash. */
export function secretHashOf({ secret }: RefreshToken): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export function matchesSecretHash(secretHash: string, token: RefreshToken): boolean {
  return isEqual(secretHash, secretHashOf(token));
}
