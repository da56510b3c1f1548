import { Injectable } from '@nestjs/common';
import type { UserEvent } from '../../events/user.events';
import type { UserId } from '../../kernel/ids';
import { type Role, ROLES } from '../../kernel/roles';
import { Clock } from '../../platform/clock';
import { type Page, pageAcrossPartitions, type PageRequest } from '../../platform/dynamo/cursor';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import { mapRead, type Read } from '../../platform/dynamo/read';
import type { Write } from '../../platform/dynamo/write';
import { StaleVersion } from '../../platform/errors';
import { Transaction } from '../../platform/transaction/transaction';
import { type AccountChange, AccountHooks } from './account-hooks.service';
import { CourierDirectory } from './courier-directory.service';
import { newUserId } from './domain/ids';
import {
  type AccessChange,
  type Contact,
  contactFrom,
  type ContactField,
  type Courier,
  endsAccess,
  isActiveCourier,
  isEmptyChange,
  listingsOf,
  newUser,
  type ProfileChange,
  type RefusalReason,
  type User,
  type UserDetails,
  withoutCredentials,
} from './domain/user';
import { AccessVersionConflict, EmailTaken, OwnAccessChange, RefusalKnown, UserNotFound } from './domain/user.errors';
import { OidcUsers } from './oidc/oidc-users.service';
import { PasswordHasher } from './password/password-hasher.service';
import { PasswordResetTokens } from './password/password-reset-tokens.service';
import { PhoneChanges } from './phone-changes.service';
import { PhoneNumbers } from './phone-numbers.service';
import { AccessRevocations } from './session/access-revocations.service';
import { UserRepository } from './user.repository';
import { EmailVerificationTokens } from './verification/email-verification-tokens.service';

/** Manages customers, couriers and admins. SessionService signs them in. */
@Injectable()
export class UserService {
  constructor(
    private readonly repository: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly resetTokens: PasswordResetTokens,
    private readonly verificationTokens: EmailVerificationTokens,
    private readonly phones: PhoneNumbers,
    private readonly phoneChanges: PhoneChanges,
    private readonly couriers: CourierDirectory,
    private readonly oidcUsers: OidcUsers,
    private readonly accountHooks: AccountHooks,
    private readonly revocations: AccessRevocations,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /** Registers a customer, as `create` does. Emits `user.registered`. */
  async register(person: UserDetails & { readonly password: string }): Promise<User> {
    return this.create(person, 'CUSTOMER', person.password);
  }

  /**
   * Creates a user of any role: `user.email_taken`, `user.id_taken`; `request.invalid` for a phone that is not
   * accepted and, in production, for a weak password. Without a password, the user gets an invitation to choose one, which is
   * valid for seven days. `emailVerified` is for operators who know the address. Emits `user.registered`, `user.invited`
   * for the invitation, `user.role_changed` for a courier or an admin, and `user.courier_activated` for a courier.
   */
  async create(person: UserDetails, role: Role, password?: string, { emailVerified = false } = {}): Promise<User> {
    const userId = person.userId ?? newUserId();
    const phone = person.phone && this.phones.parse(person.phone);
    const user = newUser({ ...person, userId, phone, emailVerified }, role, this.clock.now());
    const roleEvents = roleEventsOf(undefined, user);
    if (password !== undefined) {
      const passwordHash = await this.passwords.hash(password, 'password', { ...person, role });
      await this.transaction.commit(this.repository.add(user, { passwordHash }), [
        { type: 'user.registered', userId },
        ...roleEvents,
      ]);
    } else {
      const invitation = this.resetTokens.newInvitation(userId);
      await this.transaction.commit(this.repository.add(user, invitation), [
        { type: 'user.registered', userId },
        { type: 'user.invited', userId, resetId: invitation.resetId },
        ...roleEvents,
      ]);
    }
    if (role === 'COURIER') this.couriers.invalidate();
    return user;
  }

  /**
   * Returns the user with this e-mail, or creates one with a verified e-mail. An existing user does not change. Safe to
   * repeat; for seeding.
   */
  async ensure(person: UserDetails, role: Role, password: string): Promise<User> {
    try {
      return (
        (await this.findByEmail(person.email)) ?? (await this.create(person, role, password, { emailVerified: true }))
      );
    } catch (error) {
      const user = error instanceof EmailTaken ? await this.findByEmail(person.email) : undefined;
      if (user) return user;
      throw error;
    }
  }

  /** `user.not_found`. */
  async get(userId: UserId): Promise<User> {
    const user = await this.find(userId);
    if (!user) throw new UserNotFound(userId);
    return user;
  }

  async find(userId: UserId): Promise<User | undefined> {
    const user = await this.repository.find(userId);
    return user && withoutCredentials(user);
  }

  async findByEmail(email: string): Promise<User | undefined> {
    const account = await this.repository.findAccount(email);
    return account && this.find(account.userId);
  }

  /** Lists all users, or those with a role or an e-mail, in no particular order. */
  async list({ role, email }: { role?: Role; email?: string }, page: PageRequest): Promise<Page<User>> {
    if (email !== undefined) {
      const user = await this.findByEmail(email);
      return { items: user && (!role || user.role === role) ? [user] : [] };
    }
    const listings = listingsOf(role ? [role] : ROLES);
    const { items, next } = await pageAcrossPartitions(listings, page, (listing, inner) =>
      this.repository.listingPage(listing, inner),
    );
    const users = await this.repository.findAll(items);
    return { items: users.filter((user) => !role || user.role === role).map(withoutCredentials), next };
  }

  /**
   * Changes a profile on behalf of a user; null clears phone, address or language. Emits `user.updated`.
   * `user.not_found`; `request.invalid` for a phone that is not accepted; `user.too_many_phone_changes` for one's own;
   * `request.stale` if the version is no longer `expected`.
   */
  async changeProfile(by: UserId, userId: UserId, requested: ProfileChange, expected?: number): Promise<User> {
    return this.phoneChanges.limit({ by, userId }, requested, async (change) => {
      if (isEmptyChange(change)) return this.unchanged(userId, expected);
      const write = this.repository.changeProfile(userId, change, expected);
      await this.accountHooks.commit(accountChangeOf(userId, change), [write], updatedEventsOf(userId, change));
      return this.get(userId);
    });
  }

  /**
   * Changes profile, role and blocking of a user, on behalf of an admin. Blocking ends all sessions. Blocking and a new
   * role end all access tokens: a refresh returns one with the new role. Emits `user.updated`, `user.role_changed`,
   * `user.blocked` or `user.unblocked` for what changes, and `user.courier_activated` or `user.courier_deactivated` for
   * a courier. `user.own_access`, `user.not_found`, `request.stale`, and those of `changeProfile` for the phone.
   */
  async updateByAdmin(
    admin: UserId,
    userId: UserId,
    { role, blocked, ...requested }: ProfileChange & AccessChange,
    expected?: number,
  ): Promise<User> {
    if (role === undefined && blocked === undefined) return this.changeProfile(admin, userId, requested, expected);
    await this.phoneChanges.limit({ by: admin, userId }, requested, (change) =>
      retryOnConflict(AccessVersionConflict, async () => {
        const user = await this.repository.find(userId);
        if (!user) throw new UserNotFound(userId);
        const changesAccess = (role ?? user.role) !== user.role || (blocked ?? user.blocked) !== user.blocked;
        if (admin === userId && changesAccess) throw new OwnAccessChange();
        const writes = this.repository.changeAccess(user, change, { role, blocked }, expected);
        const revocations = endsAccess(user, { role, blocked }) ? [this.revocations.revoke(user)] : [];
        await this.accountHooks.commit(
          { ...accountChangeOf(userId, change), blocked },
          [...writes, ...revocations],
          [...updatedEventsOf(userId, change), ...accessEventsOf(user, { role, blocked })],
        );
      }),
    );
    this.couriers.invalidate();
    this.oidcUsers.invalidate(userId);
    return this.get(userId);
  }

  /** The read of a user's address, for a caller that batches it with others; undefined if there is none. */
  addressReadOf(userId: UserId): Read<string | undefined> {
    return mapRead(this.repository.readOf(userId), (user) => user?.address);
  }

  /**
   * Lets the caller's transaction fail with `user.blocked` if the user is blocked, or with `staleAddress` if the address
   * of the profile is no longer `address`. Undefined: any address will do.
   */
  requireActive(userId: UserId, address: string | undefined, staleAddress: Error): Write {
    return this.repository.requireActive(userId, address, staleAddress);
  }

  /** How to reach a user, and which channels they accept; undefined if there is none. */
  async contactOf(userId: UserId): Promise<Contact | undefined> {
    const user = await this.repository.find(userId);
    return user && contactFrom(user);
  }

  /** The read of a contact, for a caller that batches it with others; undefined if there is none. */
  contactReadOf(userId: UserId): Read<Contact | undefined> {
    return mapRead(this.repository.readOf(userId), (user) => user && contactFrom(user));
  }

  /**
   * Records that a provider refuses the e-mail or phone of a user for good, until the user saves it again or another
   * one. False, and nothing changes, if that is recorded already, or the user has another one by now.
   */
  async recordRefusal(userId: UserId, field: ContactField, to: string, reason: RefusalReason): Promise<boolean> {
    try {
      await this.transaction.commit([
        this.repository.recordRefusal(userId, field, { to, reason, at: this.clock.now() }),
      ]);
    } catch (error) {
      if (!(error instanceof RefusalKnown)) throw error;
      return false;
    }
    return true;
  }

  /** All couriers, blocked ones too, sorted by id. Cached for up to five seconds. */
  async listCouriers(): Promise<readonly Courier[]> {
    return this.couriers.list();
  }

  /** Those of some users who can be assigned deliveries, read without the cache. */
  async activeCouriersAmong(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const users = await this.repository.findAll(userIds);
    return new Set(users.filter(isActiveCourier).map(({ userId }) => userId));
  }

  /** Whether a user can be assigned deliveries, read without the cache. If not, the next list of couriers is read too. */
  async isActiveCourier(userId: UserId): Promise<boolean> {
    const isActive = (await this.activeCouriersAmong([userId])).has(userId);
    if (!isActive) this.couriers.invalidate();
    return isActive;
  }

  /** The token for a `user.invited` or `user.password_reset_requested` event. Only the mail may contain it. */
  resetTokenOf(resetId: string): string {
    return this.resetTokens.tokenOf(resetId);
  }

  /** The token that verifies the e-mail of a user. Only the mail may contain it. */
  verificationTokenOf(contact: Pick<Contact, 'userId' | 'email'>): string {
    return this.verificationTokens.tokenFor(contact);
  }

  private async unchanged(userId: UserId, expected?: number): Promise<User> {
    const user = await this.get(userId);
    if (expected !== undefined && user.version !== expected) throw new StaleVersion();
    return user;
  }
}

function updatedEventsOf(userId: UserId, change: ProfileChange): UserEvent[] {
  if (isEmptyChange(change)) return [];
  const changed = Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return [{ type: 'user.updated', userId, changed }];
}

function accessEventsOf(user: User, { role = user.role, blocked = user.blocked }: AccessChange): UserEvent[] {
  const { userId } = user;
  const blockEvents: UserEvent[] =
    blocked === user.blocked ? [] : [{ type: blocked ? 'user.blocked' : 'user.unblocked', userId }];
  return [...blockEvents, ...roleEventsOf(user, { userId, role, blocked })];
}

/** `before` is undefined for a new account. */
function roleEventsOf(
  before: Pick<User, 'role'> | undefined,
  after: Pick<User, 'userId' | 'role' | 'blocked'>,
): UserEvent[] {
  const { userId, role } = after;
  const previousRole = before?.role;
  const isSame = role === (previousRole ?? 'CUSTOMER');
  const roleEvents: UserEvent[] = isSame ? [] : [{ type: 'user.role_changed', userId, role, previousRole }];
  return [...roleEvents, ...courierEventsOf(before, after)];
}

/** Repeated if nothing changes, because a concurrent change may have come in between. */
function courierEventsOf(
  before: Pick<User, 'role'> | undefined,
  after: Pick<User, 'userId' | 'role' | 'blocked'>,
): UserEvent[] {
  const { userId } = after;
  if (isActiveCourier(after)) return [{ type: 'user.courier_activated', userId }];
  return before?.role === 'COURIER' ? [{ type: 'user.courier_deactivated', userId }] : [];
}

function accountChangeOf(userId: UserId, { address }: ProfileChange): AccountChange {
  return { userId, ...(address !== undefined && address !== null && { address }) };
}
