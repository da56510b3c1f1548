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

/** Ids that a new user or product cannot have: words of routes, placeholders of programs, and names of the dairy. */
const RESERVED_IDS = new Set(
  (
    'add admin administrator anonymous anyone categories dairy delete everyone false list me milkround nan new nil no-reply null ' +
    'postmaster price prices product products root search security self support system true undefined unknown update ' +
    'user users webmaster'
  ).split(' '),
);
/** The form of ids that are derived from the identity of a user at another issuer. */
const DERIVED_ID = /^U[0-9A-F]{32}$/i;

/** Whether no new user or product may have an id. In any case, because people do not see the difference. */
export function isReservedId(id: string): boolean {
  return RESERVED_IDS.has(id.toLowerCase()) || DERIVED_ID.test(id);
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
const ORDER_NUMBER_LENGTH = 8;

/**
 * The id of an event that another event causes. It is the same on every attempt, and sorts by the time of the cause.
 */
export function derivedEventId(causeId: EventId, key: string): EventId {
  return causeId.slice(0, TIME_LENGTH) + crockfordDigestOf(key, DIGEST_LENGTH);
}

/**
 * The number by which people know an order, such as `K7M4-Q2XD`. It is derived from the id, so that it is never missing.
 * Two orders can have the same number, but hardly two that a person deals with.
 */
export function orderNumberOf(orderId: OrderId): string {
  const digits = crockfordDigestOf(orderId, ORDER_NUMBER_LENGTH);
  return `${digits.slice(0, ORDER_NUMBER_LENGTH / 2)}-${digits.slice(ORDER_NUMBER_LENGTH / 2)}`;
}

const ORDER_NUMBER_PATTERN = /^([0-9A-HJKMNP-TV-Z]{4})-?([0-9A-HJKMNP-TV-Z]{4})$/;

/**
 * The order number that a person typed or dictated: in any case, with or without the hyphen. The letters that the
 * alphabet leaves out are read as the digits they resemble: O as 0, I and L as 1. Undefined for any other text.
 */
export function parseOrderNumber(text: string): string | undefined {
  const digits = text.trim().toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const [, first, second] = ORDER_NUMBER_PATTERN.exec(digits) ?? [];
  return first && second && `${first}-${second}`;
}

function crockfordDigestOf(text: string, length: number): string {
  const digest = createHash('sha256').update(text).digest().subarray(0, length);
  return Array.from(digest, (byte) => CROCKFORD_ALPHABET[byte % CROCKFORD_ALPHABET.length]).join('');
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
