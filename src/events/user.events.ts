import type { UserId } from '../kernel/ids';

export interface UserRegistered {
  readonly type: 'user.registered';
  readonly userId: UserId;
}

export interface UserLoggedIn {
  readonly type: 'user.logged_in';
  readonly userId: UserId;
}

/** The reset link itself is made when the mail is written: no secret travels in an event. */
export interface PasswordResetRequested {
  readonly type: 'user.password_reset_requested';
  readonly userId: UserId;
  readonly resetId: string;
}

export type UserEvent = UserRegistered | UserLoggedIn | PasswordResetRequested;
