import type { UserId } from '../kernel/ids';
import type { Role } from '../kernel/roles';

export interface UserRegistered {
  readonly type: 'user.registered';
  readonly userId: UserId;
}

export interface UserLoggedIn {
  readonly type: 'user.logged_in';
  readonly userId: UserId;
}

/** Contains no secret: the reset link is created when the mail is written. */
export interface PasswordResetRequested {
  readonly type: 'user.password_reset_requested';
  readonly userId: UserId;
  readonly resetId: string;
}

/** A courier may be assigned deliveries: a new one, an unblocked one, or a user with a new role. */
export interface CourierActivated {
  readonly type: 'user.courier_activated';
  readonly userId: UserId;
}

/** A courier was blocked, or is no longer a courier. */
export interface CourierDeactivated {
  readonly type: 'user.courier_deactivated';
  readonly userId: UserId;
}

/** An admin created the account without a password. Contains no secret, like a requested reset. */
export interface UserInvited {
  readonly type: 'user.invited';
  readonly userId: UserId;
  readonly resetId: string;
}

/** A password was changed, or set with a token from a mail. */
export interface PasswordChanged {
  readonly type: 'user.password_changed';
  readonly userId: UserId;
}

export interface UserUpdated {
  readonly type: 'user.updated';
  readonly userId: UserId;
  /** The names of the fields in the request. */
  readonly changed: readonly string[];
}

/** A user has another role, or a new account has a role other than CUSTOMER. */
export interface UserRoleChanged {
  readonly type: 'user.role_changed';
  readonly userId: UserId;
  readonly role: Role;
  /** Absent for a new account. */
  readonly previousRole?: Role;
}

export interface UserBlocked {
  readonly type: 'user.blocked';
  readonly userId: UserId;
}

export interface UserUnblocked {
  readonly type: 'user.unblocked';
  readonly userId: UserId;
}

/** Each sign-in of the user needs a code from now on. */
export interface SecondFactorActivated {
  readonly type: 'user.second_factor_activated';
  readonly userId: UserId;
}

/** The user removed their second factor, or an admin or the operator did. */
export interface SecondFactorRemoved {
  readonly type: 'user.second_factor_removed';
  readonly userId: UserId;
}

export type UserEvent =
  | UserRegistered
  | UserLoggedIn
  | UserInvited
  | PasswordResetRequested
  | PasswordChanged
  | UserUpdated
  | UserRoleChanged
  | UserBlocked
  | UserUnblocked
  | CourierActivated
  | CourierDeactivated
  | SecondFactorActivated
  | SecondFactorRemoved;
