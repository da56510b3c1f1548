import { createHash, randomBytes, randomFillSync } from 'node:crypto';
import { decodeTime, ulid } from 'ulid';

export type UserId = string;
export type ProductId = string;
export type CartId = string;
export type OrderId = string;
export type SubscriptionId = string;
export type PaymentId = string;
export type DeliveryId = string;
export type EventId = string;

/**
 * What a client may send as an id; wider than what we make, since users and products may be named by the client. Names
 * that every object has are none: ids are looked up in maps.
 */
export const ID_PATTERN =
  /^(?!(?:constructor|toString|toLocaleString|valueOf|hasOwnProperty|isPrototypeOf|propertyIsEnumerable)$)[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID_PATTERN.test(value);
}

const ULID_LENGTH = 26;
const randomPool = new Uint32Array(1024);
let poolPosition = randomPool.length;

/** A uniform fraction from the system's random source, drawn 1,024 at a time: ULIDs take sixteen each. */
function random(): number {
  if (poolPosition === randomPool.length) {
    randomFillSync(randomPool);
    poolPosition = 0;
  }
  return (randomPool[poolPosition++] ?? 0) / 2 ** 32;
}

/** A new id: a prefix and a ULID. */
export function prefixedUlid(prefix: string): string {
  return prefix + ulid(Date.now(), random);
}

export const newUserId = (): UserId => prefixedUlid('U');
export const newProductId = (): ProductId => prefixedUlid('P');
export const newCartId = (): CartId => prefixedUlid('C');
export const newOrderId = (): OrderId => prefixedUlid('O');
export const newPaymentId = (): PaymentId => prefixedUlid('PAY');
export const newAdjustmentId = (): string => prefixedUlid('ADJ');
export const newEventId = (): EventId => prefixedUlid('');

/** Who an identity provider says it is: always the same user, who knows nothing of the provider's own ids. */
export function userIdOfIdentity(issuer: string, subject: string): UserId {
  return `U${hexDigestOf(JSON.stringify([issuer, subject]), 32)}`;
}

/** One order has one delivery, so a second assignment of it finds the first. */
export function deliveryIdOf(orderId: OrderId): DeliveryId {
  return `D${orderId.replace(/^O/, '')}`;
}

/** A subscription orders once for a date, so a second order for it finds the first. */
export function subscriptionOrderIdOf(subscriptionId: SubscriptionId, date: string): OrderId {
  return `O${subscriptionId.replace(/^S/, '')}${date.replaceAll('-', '')}`;
}

/** The payment of an order that a subscription has made: there is one. */
export function subscriptionPaymentIdOf(orderId: OrderId): PaymentId {
  return `PAY${orderId.replace(/^O/, '')}`;
}

/** The order whose payment would be called so, if it is one that a subscription has made. */
export function orderIdOfSubscriptionPayment(paymentId: PaymentId): OrderId {
  return `O${paymentId.replace(/^PAY/, '')}`;
}

const CROCKFORD_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const DIGEST_LENGTH = 16;

/** The id of an event that follows from another: the same however often it is made, and in its place in time. */
export function derivedEventId(causeId: EventId, key: string): EventId {
  const digest = createHash('sha256').update(key).digest().subarray(0, DIGEST_LENGTH);
  return (
    causeId.slice(0, TIME_LENGTH) +
    Array.from(digest, (byte) => CROCKFORD_ALPHABET[byte % CROCKFORD_ALPHABET.length]).join('')
  );
}

/** The smallest event id made at or after a moment (real time, milliseconds). */
export function firstEventIdAt(milliseconds: number): EventId {
  return ulid(milliseconds, () => 0);
}

/** When an id of ours was made (real time, milliseconds). */
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

/** One of `count` shards, the same for the same text on every machine. */
export function shardOf(text: string, count: number): number {
  return createHash('sha1').update(text).digest().readUInt32BE(0) % count;
}

/** A fraction in [0, 1), for jitter. */
export function jitter(): number {
  return random();
}
