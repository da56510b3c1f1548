import type { Instant } from '../../../kernel/calendar';
import { shardOf, type UserId } from '../../../kernel/ids';
import type { Role } from '../../../kernel/roles';

/** How many characters a name has at most. */
export const MAX_NAME_LENGTH = 100;

/** What a user wants to be told by which way. */
export interface NotificationPreferences {
  readonly email: boolean;
  readonly sms: boolean;
}

/** Somebody with an account: a customer, a courier or an admin. */
export interface User {
  readonly userId: UserId;
  readonly name: string;
  /** Trimmed and lower-cased; it never changes. */
  readonly email: string;
  readonly phone?: string;
  readonly address?: string;
  readonly role: Role;
  /** Cannot sign in; running sessions end at their next refresh, an admin's at once. */
  readonly blocked: boolean;
  readonly notifications: NotificationPreferences;
  /** Counts changes of everything above. */
  readonly version: number;
  readonly createdAt: Instant;
}

/** How to reach a user, and by which ways he wants to be reached. */
export type Contact = Pick<User, 'userId' | 'name' | 'email' | 'phone' | 'notifications'>;

/** Who carries the milk. */
export type Courier = Pick<User, 'userId' | 'name'>;

/** Who somebody is before there is an account. */
export interface UserDetails {
  /** Named by the client, or made here. */
  readonly userId?: UserId;
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly address?: string;
}

/** What users change about themselves: what is left out stays, null empties. */
export interface ProfileChange {
  readonly name?: string;
  readonly phone?: string | null;
  readonly address?: string | null;
  readonly notifications?: Partial<NotificationPreferences>;
}

export function isEmptyChange({ notifications, ...fields }: ProfileChange): boolean {
  return Object.values({ ...fields, ...notifications }).every((value) => value === undefined);
}

/** What only an admin changes, and never about himself. */
export interface AccessChange {
  readonly role?: Role;
  readonly blocked?: boolean;
}

export function newUser(details: UserDetails & { readonly userId: UserId }, role: Role, now: Instant): User {
  const { userId, name, email, phone, address } = details;
  return {
    userId,
    name,
    email,
    phone,
    address,
    role,
    blocked: false,
    notifications: { email: true, sms: true },
    version: 1,
    createdAt: now,
  };
}

/** A user without what only the sign-in needs to know. */
export function withoutCredentials(user: User): User {
  const { userId, name, email, phone, address, role, blocked, notifications, version, createdAt } = user;
  return { userId, name, email, phone, address, role, blocked, notifications, version, createdAt };
}

export function isActiveCourier({ role, blocked }: Pick<User, 'role' | 'blocked'>): boolean {
  return role === 'COURIER' && !blocked;
}

/** How many parts the list of a role is kept in, so that no part is written too often. */
const LISTING_SHARDS = 4;

/** The part of its role's list that a user is in. */
export function listingOf(role: Role, userId: UserId): string {
  return `${role}#${shardOf(userId, LISTING_SHARDS)}`;
}

/** All parts of the lists of some roles. */
export function listingsOf(roles: readonly Role[]): string[] {
  return roles.flatMap((role) => Array.from({ length: LISTING_SHARDS }, (_, shard) => `${role}#${shard}`));
}
