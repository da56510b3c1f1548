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

/** A user has proved that they read the mail of their address. */
export interface EmailVerified {
  readonly type: 'user.email_verified';
  readonly userId: UserId;
}

/** Contains no secret: the token is created when the mail is written. */
export interface EmailVerificationRequested {
  readonly type: 'user.email_verification_requested';
  readonly userId: UserId;
}

/** The password is another one, or an invited user has chosen their first one. */
export interface PasswordChanged {
  readonly type: 'user.password_changed';
  readonly userId: UserId;
  /** What allowed the change: the old password, or the token of a reset or invitation. */
  readonly method: 'PASSWORD' | 'RESET' | 'INVITATION';
  /** Phone and address were removed, because the e-mail had not been verified before. */
  readonly contactsCleared?: boolean;
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

/** A user or an admin ended sessions, or a refresh token was used twice. A sign-out is not reported. */
export interface SessionsEnded {
  readonly type: 'user.sessions_ended';
  readonly userId: UserId;
  readonly reason: 'REQUESTED' | 'TOKEN_REUSED';
  /** Absent if all sessions ended. */
  readonly sessionId?: string;
}

/** The operator issued an access token of an admin on the command line. */
export interface AdminTokenIssued {
  readonly type: 'user.admin_token_issued';
  readonly userId: UserId;
  readonly sessionId: string;
}

export type UserEvent =
  | UserRegistered
  | UserLoggedIn
  | UserInvited
  | PasswordResetRequested
  | PasswordChanged
  | EmailVerified
  | EmailVerificationRequested
  | UserUpdated
  | UserRoleChanged
  | UserBlocked
  | UserUnblocked
  | CourierActivated
  | CourierDeactivated
  | SecondFactorActivated
  | SecondFactorRemoved
  | SessionsEnded
  | AdminTokenIssued;
