import type { Instant } from '../../../kernel/calendar';
import { shardOf, type UserId } from '../../../kernel/ids';
import type { Language } from '../../../kernel/language';
import type { Role } from '../../../kernel/roles';
import {
  DEFAULT_PREFERENCES,
  type NotificationPreferences,
  preferenceFields,
  type PreferencesChange,
} from './message-preferences';

export const REFUSAL_REASONS = ['INVALID', 'OPTED_OUT', 'SUPPRESSED', 'BOUNCED', 'COMPLAINED'] as const;

/** Why nothing is sent to an e-mail address or phone number: it does not exist, or its owner wants no messages. */
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** A provider refused an e-mail address or phone number for good. */
export interface Refusal {
  /** The address or number that was refused. The refusal means nothing once the user has another one. */
  readonly to: string;
  readonly reason: RefusalReason;
  readonly at: Instant;
}

/** The means of contact that a provider can refuse. */
export type ContactField = 'email' | 'phone';

/** A customer, a courier or an admin. */
export interface User {
  readonly userId: UserId;
  readonly name: string;
  /** Trimmed and lower-cased; it never changes. */
  readonly email: string;
  /** Whether the user has proved that the e-mail is theirs. Absent in rows of earlier versions. */
  readonly emailVerified?: boolean;
  readonly phone?: string;
  readonly address?: string;
  /** Absent if the user has chosen none. */
  readonly language?: Language;
  readonly role: Role;
  /** A blocked user cannot sign in, and their sessions and access tokens end. */
  readonly blocked: boolean;
  /** Whether a sign-in needs a code of a second factor. */
  readonly mfa?: boolean;
  readonly notifications: NotificationPreferences;
  /** Increases with every change of the fields above. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly emailRefusal?: Refusal;
  readonly phoneRefusal?: Refusal;
}

/** How to reach a user, and which messages they accept. */
export interface Contact extends Pick<User, 'userId' | 'name' | 'email' | 'phone' | 'language' | 'notifications'> {
  readonly emailVerified: boolean;
  /** Whether the user has not used their invitation yet. */
  readonly invited: boolean;
  /** Why nothing can be sent to the e-mail or phone. */
  readonly refusals: Refusals;
}

/** Earlier versions sent everything to every address, so the addresses in their rows count as verified. */
export function isEmailVerified({ emailVerified = true }: Pick<User, 'emailVerified'>): boolean {
  return emailVerified;
}

export type Refusals = Readonly<Partial<Record<ContactField, Refusal>>>;

/** The refusals of the e-mail and phone that the user has now. */
export function refusalsOf({ email, phone, emailRefusal, phoneRefusal }: User): Refusals {
  return {
    ...(emailRefusal?.to === email && { email: emailRefusal }),
    ...(phoneRefusal?.to === phone && { phone: phoneRefusal }),
  };
}

/** The contact of a stored user. One without a password and without an external issuer has not used their invitation. */
export function contactFrom(user: User & { readonly passwordHash?: string; readonly issuer?: string }): Contact {
  const { userId, name, email, phone, language, notifications, passwordHash, issuer } = user;
  return {
    ...{ userId, name, email, phone, language, notifications },
    emailVerified: isEmailVerified(user),
    invited: passwordHash === undefined && issuer === undefined,
    refusals: refusalsOf(user),
  };
}

/** A courier. A blocked one gets no deliveries. */
export type Courier = Pick<User, 'userId' | 'name' | 'blocked'>;

/** Details for a new account. */
export interface UserDetails {
  /** Chosen by the client; generated if absent. */
  readonly userId?: UserId;
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly address?: string;
  readonly language?: Language;
}

/** Changes to a profile: omitted fields stay, null clears a field. */
export interface ProfileChange {
  readonly name?: string;
  readonly phone?: string | null;
  readonly address?: string | null;
  readonly language?: Language | null;
  readonly notifications?: PreferencesChange;
}

export function isEmptyChange({ notifications = {}, ...fields }: ProfileChange): boolean {
  return Object.values({ ...fields, ...preferenceFields(notifications) }).every((value) => value === undefined);
}

/** Changes that only an admin makes, and never to their own account. */
export interface AccessChange {
  readonly role?: Role;
  readonly blocked?: boolean;
}

/** Whether a change ends the access tokens of a user. */
export function endsAccess(user: Pick<User, 'role' | 'blocked'>, { role = user.role, blocked }: AccessChange): boolean {
  return role !== user.role || blocked === true;
}

export function newUser(
  details: UserDetails & Required<Pick<User, 'userId' | 'emailVerified'>>,
  role: Role,
  now: Instant,
): User {
  const { userId, name, email, emailVerified, phone, address, language } = details;
  return {
    userId,
    name,
    email,
    emailVerified,
    phone,
    address,
    language,
    role,
    blocked: false,
    notifications: DEFAULT_PREFERENCES,
    version: 1,
    createdAt: now,
  };
}

/** A user without the fields that only the sign-in reads. */
export function withoutCredentials(user: User): User {
  const { userId, name, email, phone, address, role, blocked, notifications, version, createdAt } = user;
  const { emailVerified, language, mfa, emailRefusal, phoneRefusal } = user;
  return {
    ...{ userId, name, email, phone, address, role, blocked, notifications, version, createdAt },
    ...{ emailVerified, language, mfa, emailRefusal, phoneRefusal },
  };
}

export function isActiveCourier({ role, blocked }: Pick<User, 'role' | 'blocked'>): boolean {
  return role === 'COURIER' && !blocked;
}

/** Shards of the list of a role, so that no partition is written too often. */
const LISTING_SHARDS = 4;

/** The shard of its role's list that contains a user. */
export function listingOf(role: Role, userId: UserId): string {
  return `${role}#${shardOf(userId, LISTING_SHARDS)}`;
}

/** All shards of the lists of some roles. */
export function listingsOf(roles: readonly Role[]): string[] {
  return roles.flatMap((role) => Array.from({ length: LISTING_SHARDS }, (_, shard) => `${role}#${shard}`));
}
