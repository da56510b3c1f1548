import type { UserId } from '../kernel/ids';

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

export type UserEvent = UserRegistered | UserLoggedIn | PasswordResetRequested;
