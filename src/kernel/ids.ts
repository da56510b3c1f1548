import { createHash, randomBytes } from 'node:crypto';
import { decodeTime, ulid } from 'ulid';
import { random } from './random';

export type UserId = string;
export type ProductId = string;
export type CartId = string;
export type OrderId = string;
export type SubscriptionId = string;
export type PaymentId = string;
export type DeliveryId = string;
export type EventId = string;

/**
 * The ids that a client may send. This is wider than the ids we make, because clients may choose ids of users and
 * products. Property names of every object are excluded, because items keep maps with ids as keys.
 */
export const ID_PATTERN =
  /^(?!(?:constructor|toString|toLocaleString|valueOf|hasOwnProperty|isPrototypeOf|propertyIsEnumerable)$)[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID_PATTERN.test(value);
}

const ULID_LENGTH = 26;

/** A new id: a prefix and a ULID. */
export function prefixedUlid(prefix: string): string {
  return prefix + ulid(Date.now(), random);
}

export const newEventId = (): EventId => prefixedUlid('');

const CROCKFORD_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const DIGEST_LENGTH = 16;

/**
 * The id of an event that another event causes. It is the same on every attempt, and sorts by the time of the cause.
 */
export function derivedEventId(causeId: EventId, key: string): EventId {
  const digest = createHash('sha256').update(key).digest().subarray(0, DIGEST_LENGTH);
  return (
    causeId.slice(0, TIME_LENGTH) +
    Array.from(digest, (byte) => CROCKFORD_ALPHABET[byte % CROCKFORD_ALPHABET.length]).join('')
  );
}

/** The smallest possible id of an event created at or after a moment (real time, milliseconds). */
export function firstEventIdAt(milliseconds: number): EventId {
  return ulid(milliseconds, () => 0);
}

/** When a generated id was created (real time, milliseconds). */
export function createdAtOf(id: string): number {
  return decodeTime(id.slice(-ULID_LENGTH));
}

/** A secret that cannot be guessed: 256 bits, URL-safe. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The first characters of a hash of a text, in capital hexadecimal digits. */
export function hexDigestOf(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length).toUpperCase();
}

/** One of `count` shards. The same text has the same shard on every machine. */
export function shardOf(text: string, count: number): number {
  return createHash('sha1').update(text).digest().readUInt32BE(0) % count;
}
