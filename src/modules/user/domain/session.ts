import type { Instant } from '../../../kernel/calendar';
import { createdAtOf, type UserId } from '../../../kernel/ids';

/** Seconds that a session lasts without use. */
const IDLE_SECONDS = 30 * 86_400;
const SECONDS_PER_DAY = 86_400;
const MAX_DEVICE_LENGTH = 120;

/** A session. Only its latest refresh token is valid. */
export interface Session {
  /** A ULID, which holds the time of the sign-in. */
  readonly sessionId: string;
  readonly userId: UserId;
  /** Hash of the secret in the latest refresh token. */
  readonly secretHash: string;
  /** Credentials version of the user when the session started. */
  readonly credentialsVersion: number;
  readonly createdAt: Instant;
  /** When the latest refresh token replaced another; epoch milliseconds, real time. */
  readonly rotatedAt?: number;
  /** Epoch seconds, real time. */
  readonly expiresAt: number;
  /** When a code of the second factor was last given in the session; epoch seconds, real time. */
  readonly mfaAt?: number;
  /** The beginning of the User-Agent header of the sign-in. */
  readonly device?: string;
}

/** When a session that is used now ends: epoch seconds. It never ends later than `maxDays` after the sign-in. */
export function endOfSession(sessionId: string, nowInSeconds: number, maxDays: number): number {
  return Math.min(nowInSeconds + IDLE_SECONDS, latestEndOf(sessionId, maxDays));
}

/** When a stored session ends. In those of earlier versions, `expiresAt` has no limit, but the ids are the same. */
export function endOf({ sessionId, expiresAt }: Pick<Session, 'sessionId' | 'expiresAt'>, maxDays: number): number {
  return Math.min(expiresAt, latestEndOf(sessionId, maxDays));
}

function latestEndOf(sessionId: string, maxDays: number): number {
  return Math.floor(createdAtOf(sessionId) / 1_000) + maxDays * SECONDS_PER_DAY;
}

/** The part of a User-Agent header that is stored: printable ASCII characters, and not all of a long one. */
export function deviceOf(userAgent: string | undefined): string | undefined {
  const text = userAgent?.replaceAll(/[^ -~]/g, '').trim() ?? '';
  return text === '' ? undefined : text.slice(0, MAX_DEVICE_LENGTH).trimEnd();
}
