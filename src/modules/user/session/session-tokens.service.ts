import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { createHash, timingSafeEqual } from 'node:crypto';
import { newEventId, newSecret, type UserId } from '../../../kernel/ids';
import type { Role } from '../../../kernel/roles';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
/** Lifetime of a refresh token that is not used. */
export const REFRESH_TOKEN_SECONDS = 30 * 86_400;

const REFRESH_TOKEN_PATTERN = /^([0-9A-Z]{26})\.([A-Za-z0-9_-]{43})$/;

/** The parts of a refresh token: its session, and a secret that only the holder knows. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly secret: string;
}

@Injectable()
export class SessionTokens {
  constructor(private readonly jwt: JwtService) {}

  /** Signs an access token with the user's id and role, valid for fifteen minutes. */
  signAccessToken({ userId, role }: { userId: UserId; role: Role }): string {
    return this.jwt.sign({ sub: userId, role, typ: 'access' });
  }

  /** A refresh token for a new session, or the next one of a session. */
  newRefreshToken(sessionId = newEventId()): RefreshToken {
    return { sessionId, secret: newSecret() };
  }
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
  const [stored, presented] = [Buffer.from(secretHash), Buffer.from(secretHashOf(token))];
  return stored.length === presented.length && timingSafeEqual(stored, presented);
}
