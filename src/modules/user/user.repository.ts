import { Injectable } from '@nestjs/common';
import type { UserId } from '../../kernel/ids';
import type { Role } from '../../kernel/roles';
import { collectAll, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import {
  type AttributeChanges,
  check,
  type Condition,
  put,
  setOrRemoved,
  update,
  type Write,
} from '../../platform/dynamo/write';
import { StaleVersion } from '../../platform/errors';
import { kindField, type OptionalKind, type PreferenceChannel, preferenceFields } from './domain/message-preferences';
import {
  type AccessChange,
  type ContactField,
  endsAccess,
  listingOf,
  listingsOf,
  type ProfileChange,
  type Refusal,
  type User,
} from './domain/user';
import {
  AccessVersionConflict,
  AlreadyOptedOut,
  EmailTaken,
  InvalidCredentials,
  InvalidResetToken,
  InvitationUsed,
  RefusalKnown,
  UserBlocked,
  UserIdTaken,
  UserNotFound,
} from './domain/user.errors';
import { userEmailsTable, usersTable } from './user.schema';
import type { ProofOfEmail } from './verification/proof-of-email';

/** Fields of a user that only the sign-in reads. */
export interface Credentials {
  /** Absent until an invited user has chosen a password. */
  readonly passwordHash?: string;
  /** Increases whenever all sessions of the user must end. A session with an older version is invalid. */
  readonly credentialsVersion: number;
  /** Increases whenever all access tokens of the user must end. Absent until then. */
  readonly accessVersion?: number;
}

/** A stored invitation, or a reset from an earlier version; `resetUntil` in epoch milliseconds of real time. */
export interface PasswordReset {
  readonly resetId: string;
  readonly resetUntil: number;
}

export type StoredUser = User & Credentials & Partial<PasswordReset> & { readonly issuer?: string };

/** How a new user signs in: with a password, a link to choose one, or an external issuer. */
export interface SignInMethod extends Partial<PasswordReset> {
  readonly passwordHash?: string;
  readonly issuer?: string;
}

/** The row of an e-mail, with all that a sign-in reads. */
export type Account = Pick<User, 'email' | 'userId' | 'role' | 'blocked' | 'mfa'> & Credentials;

const PAGE_SIZE = 1_000;

/** Users, and the accounts of their e-mails. Fields that both contain change in one transaction. */
@Injectable()
export class UserRepository {
  private readonly users: string;
  private readonly emails: string;

  constructor(private readonly database: Database) {
    this.users = database.tableName(usersTable);
    this.emails = database.tableName(userEmailsTable);
  }

  readOf(userId: UserId): Read<StoredUser | undefined> {
    return readItem<StoredUser>(this.users, { userId });
  }

  async find(userId: UserId): Promise<StoredUser | undefined> {
    return this.database.get(this.readOf(userId));
  }

  /** The users that exist, in the order of the ids. */
  async findAll(userIds: readonly UserId[]): Promise<StoredUser[]> {
    const users = await this.database.batchGet(userIds.map((userId) => this.readOf(userId)));
    return users.filter((user) => user !== undefined);
  }

  async findAccount(email: string): Promise<Account | undefined> {
    return this.database.get(this.accountReadOf(email));
  }

  /** The read of an account, to batch with other reads. Undefined if there is none. */
  accountReadOf(email: string): Read<Account | undefined> {
    return readItem<Account>(this.emails, { email });
  }

  /** One page of a listing shard. The index lags behind, so check the role in the users themselves. */
  async listingPage(listing: string, page: PageRequest): Promise<Page<UserId>> {
    const { items, next } = await this.database.queryPage<{ userId: UserId }>(
      {
        TableName: this.users,
        IndexName: 'byListing',
        KeyConditionExpression: 'listing = :listing',
        ExpressionAttributeValues: { ':listing': listing },
      },
      page,
    );
    return { items: items.map(({ userId }) => userId), next };
  }

  /** All users of a role. Only for roles with few users. */
  async findByRole(role: Role): Promise<StoredUser[]> {
    const listings = await Promise.all(
      listingsOf([role]).map((listing) => collectAll(PAGE_SIZE, (page) => this.listingPage(listing, page))),
    );
    return (await this.findAll(listings.flat())).filter((user) => user.role === role);
  }

  /** Creates a user: `user.email_taken`, `user.id_taken`. */
  add(user: User, signInMethod: SignInMethod): Write[] {
    const { userId, email, role, blocked } = user;
    const credentialsVersion = 1;
    const account: Account = {
      email,
      userId,
      role,
      blocked,
      passwordHash: signInMethod.passwordHash,
      credentialsVersion,
    };
    const stored: StoredUser = { ...user, ...signInMethod, credentialsVersion };
    return [
      put(this.emails, account, { condition: 'attribute_not_exists(email)' }, () => new EmailTaken()),
      put(
        this.users,
        { ...stored, listing: listingOf(role, userId) },
        { condition: 'attribute_not_exists(userId)' },
        () => new UserIdTaken(userId),
      ),
    ];
  }

  /** Changes a profile: `user.not_found`; `request.stale` if the version is no longer `expected`. */
  changeProfile(userId: UserId, change: ProfileChange, expected?: number): Write {
    return this.changeUser(userId, profileUpdate(change), expected);
  }

  /** Turns off a kind of message on a channel: `AlreadyOptedOut`, `user.not_found`. */
  turnOff(userId: UserId, channel: PreferenceChannel, kind: OptionalKind): Write {
    const path = `notifications.${kindField(channel, kind)}`;
    return update(
      this.users,
      { userId },
      { set: { [path]: false }, add: { version: 1 } },
      {
        condition: 'attribute_exists(userId) AND attribute_not_exists(notifications.#kind)',
        names: { kind: kindField(channel, kind) },
      },
      (old) => (old ? new AlreadyOptedOut() : new UserNotFound(userId)),
    );
  }

  /** Lets a transaction fail with `user.blocked`, or with `staleAddress` if the profile's address is not `address`. */
  requireActive(userId: UserId, address: string | undefined, staleAddress: Error): Write {
    const addressCondition = address === undefined ? '' : ' AND address = :address';
    return check(
      this.users,
      { userId },
      {
        condition: `NOT blocked = :yes${addressCondition}`,
        values: { yes: true, ...(address !== undefined && { address }) },
      },
      (old) => (old?.blocked ? new UserBlocked() : staleAddress),
    );
  }

  /** Records a refusal: `RefusalKnown` if it is recorded already, or the user has another e-mail or phone by now. */
  recordRefusal(userId: UserId, field: ContactField, refusal: Refusal): Write {
    return update(
      this.users,
      { userId },
      { set: { [`${field}Refusal`]: refusal } },
      {
        condition: '#contact = :to AND NOT #refusal.#to = :to',
        names: { contact: field, refusal: `${field}Refusal`, to: 'to' },
        values: { to: refusal.to },
      },
      () => new RefusalKnown(),
    );
  }

  /**
   * Changes profile and access, given the user as read. Blocking ends all sessions. A change that ends access tokens
   * raises the access version. `AccessVersionConflict` if another change has done that meanwhile.
   */
  changeAccess(user: StoredUser, change: ProfileChange, { role, blocked }: AccessChange, expected?: number): Write[] {
    const { userId, email } = user;
    const raised = {
      ...(blocked && { credentialsVersion: 1 }),
      ...(endsAccess(user, { role, blocked }) && ACCESS_ENDS),
    };
    const { set, add, remove } = profileUpdate(change);
    const listing = role && listingOf(role, userId);
    const both = { set: { ...set, role, blocked, listing }, add: { ...add, ...raised }, remove };
    return [
      this.changeAsRead(user, both, versionCondition(expected), changeFailure(userId)),
      this.changeAccount(userId, email, { set: { role, blocked }, add: raised }),
    ];
  }

  /**
   * Sets a new password unless it was changed since `user` was read. Ends all sessions, access tokens and the pending
   * reset. `AccessVersionConflict` if another change has ended access tokens meanwhile.
   */
  changePassword(user: StoredUser, passwordHash: string): Write[] {
    const { userId, email, credentialsVersion } = user;
    const { forUser, forAccount } = passwordUpdate(passwordHash);
    const seen = { condition: 'credentialsVersion = :seen', values: { seen: credentialsVersion } };
    return [
      this.changeAsRead(user, forUser, seen, () => new InvalidCredentials()),
      this.changeAccount(userId, email, forAccount),
    ];
  }

  /** Ends all sessions and access tokens of a user. `AccessVersionConflict` if another change has done that meanwhile. */
  endSessions(user: StoredUser): Write[] {
    const { userId, email } = user;
    const change = { add: { credentialsVersion: 1, ...ACCESS_ENDS } };
    return [
      this.changeAsRead(user, change, versionCondition(undefined), changeFailure(userId)),
      this.changeAccount(userId, email, change),
    ];
  }

  /** Lets each sign-in ask for a code. */
  activateSecondFactor({ userId, email }: StoredUser): Write[] {
    const set = { mfa: true };
    return [this.changeUser(userId, { set, add: { version: 1 } }), this.changeAccount(userId, email, { set })];
  }

  removeSecondFactor({ userId, email }: StoredUser): Write[] {
    const remove = ['mfa'];
    return [this.changeUser(userId, { remove, add: { version: 1 } }), this.changeAccount(userId, email, { remove })];
  }

  /** As `removeSecondFactor`, and as `endSessions`. */
  removeSecondFactorAndSessions(user: StoredUser): Write[] {
    const { userId, email } = user;
    const change = { remove: ['mfa'], add: { credentialsVersion: 1, ...ACCESS_ENDS } };
    const versioned = { ...change, add: { ...change.add, version: 1 } };
    return [
      this.changeAsRead(user, versioned, versionCondition(undefined), changeFailure(userId)),
      this.changeAccount(userId, email, change),
    ];
  }

  /** Stores another hash of the same password unless it was changed since `account` was read. Sessions continue. */
  rehashPassword({ userId, email, credentialsVersion }: Account, passwordHash: string): Write[] {
    const seen = { condition: 'credentialsVersion = :seen', values: { seen: credentialsVersion } };
    return [
      update(this.users, { userId }, { set: { passwordHash } }, seen, () => new InvalidCredentials()),
      this.changeAccount(userId, email, { set: { passwordHash } }),
    ];
  }

  /** Sets a new password with a reset, which disables all resets and proves the e-mail. Otherwise like `changePassword`. */
  resetPassword(
    user: StoredUser,
    { resetId, credentialsVersion }: { resetId: string; credentialsVersion?: number },
    passwordHash: string,
    { change }: ProofOfEmail,
  ): Write[] {
    const { userId, email } = user;
    const { forUser, forAccount } = passwordUpdate(passwordHash, change);
    const isPending =
      credentialsVersion === undefined
        ? { condition: 'resetId = :resetId AND blocked = :no', values: { resetId, no: false } }
        : {
            condition: 'credentialsVersion = :requested AND blocked = :no',
            values: { requested: credentialsVersion, no: false },
          };
    return [
      this.changeAsRead(user, forUser, isPending, () => new InvalidResetToken()),
      this.changeAccount(userId, email, forAccount),
    ];
  }

  /** Extends an invitation. `InvitationUsed` once the user has a password, so that a used token stays used. */
  repeatInvitation(userId: UserId, invitation: PasswordReset): Write {
    const unused = { condition: 'attribute_exists(userId) AND attribute_not_exists(passwordHash)' };
    return update(this.users, { userId }, { set: { ...invitation } }, unused, () => new InvitationUsed());
  }

  private changeUser(userId: UserId, change: AttributeChanges, expected?: number): Write {
    return update(this.users, { userId }, change, versionCondition(expected), changeFailure(userId));
  }

  /** Changes a user as read: `AccessVersionConflict` if another change has ended their access tokens meanwhile. */
  private changeAsRead(
    { userId, accessVersion }: StoredUser,
    change: AttributeChanges,
    { condition, values }: Condition,
    onConditionFailed: Write['onConditionFailed'],
  ): Write {
    const isSame = accessVersion === undefined ? 'attribute_not_exists(accessVersion)' : 'accessVersion = :seenAccess';
    const seen = accessVersion === undefined ? {} : { seenAccess: accessVersion };
    return update(
      this.users,
      { userId },
      change,
      { condition: `${condition} AND ${isSame}`, values: { ...values, ...seen } },
      (old) => {
        const stored = old as StoredUser | undefined;
        return stored && stored.accessVersion !== accessVersion
          ? new AccessVersionConflict(stored.accessVersion)
          : onConditionFailed(old);
      },
    );
  }

  private changeAccount(userId: UserId, email: string, change: AttributeChanges): Write {
    const own = { condition: 'userId = :userId', values: { userId } };
    return update(this.emails, { email }, change, own, () => new UserNotFound(userId));
  }
}

function versionCondition(expected: number | undefined): Condition {
  return expected === undefined
    ? { condition: 'attribute_exists(userId)' }
    : { condition: 'version = :expected', values: { expected } };
}

function changeFailure(userId: UserId): Write['onConditionFailed'] {
  return (old) => (old ? new StaleVersion() : new UserNotFound(userId));
}

/** Raises the access version, which ends the access tokens of a user. */
const ACCESS_ENDS = { accessVersion: 1 };

function profileUpdate({ name, notifications = {}, ...emptiable }: ProfileChange): AttributeChanges {
  const preferences = Object.entries(preferenceFields(notifications)).map(
    ([field, value]) => [`notifications.${field}`, value] as const,
  );
  const { set, remove } = setOrRemoved({ ...emptiable, ...Object.fromEntries(preferences) });
  return {
    set: { name, ...set },
    add: { version: 1 },
    remove: [
      ...remove,
      // Saving the phone again, even the same one, lets messages be tried again.
      ...(emptiable.phone === undefined ? [] : ['phoneRefusal']),
    ],
  };
}

function passwordUpdate(
  passwordHash: string,
  { set, add, remove = [] }: AttributeChanges = {},
): { forUser: AttributeChanges; forAccount: AttributeChanges } {
  const forAccount = { set: { passwordHash }, add: { credentialsVersion: 1, ...ACCESS_ENDS } };
  const forUser = {
    set: { ...forAccount.set, ...set },
    add: { ...forAccount.add, ...add },
    remove: ['resetId', 'resetUntil', ...remove],
  };
  return { forAccount, forUser };
}
