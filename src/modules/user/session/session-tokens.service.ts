import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { createHash, timingSafeEqual } from 'node:crypto';
import { newEventId, newSecret, type UserId } from '../../../kernel/ids';
import type { Role } from '../../../kernel/roles';

/** How long an access token lasts, in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;
/** How long a refresh token lasts that is not used, in seconds. */
export const REFRESH_TOKEN_SECONDS = 30 * 86_400;

const REFRESH_TOKEN_PATTERN = /^([0-9A-Z]{26})\.([A-Za-z0-9_-]{43})$/;

/** What a refresh token says: its family, and what only the holder knows. */
export interface RefreshToken {
  readonly sessionId: string;
  readonly secret: string;
}

@Injectable()
export class SessionTokens {
  constructor(private readonly jwt: JwtService) {}

  /** A signed access token: who one is and as what, for fifteen minutes. */
  signAccessToken({ userId, role }: { userId: UserId; role: Role }): string {
    return this.jwt.sign({ sub: userId, role, typ: 'access' });
  }

  /** A refresh token of a new family, or the next one of a family. */
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

/** What is stored of a refresh token: 256 random bits need no slow hash. */
export function secretHashOf({ secret }: RefreshToken): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export function matchesSecretHash(secretHash: string, token: RefreshToken): boolean {
  const [stored, shown] = [Buffer.from(secretHash), Buffer.from(secretHashOf(token))];
  return stored.length === shown.length && timingSafeEqual(stored, shown);
}
