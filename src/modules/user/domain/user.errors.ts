import type { UserId } from '../../../kernel/ids';
import {
  Busy,
  Conflict,
  Forbidden,
  Invalid,
  InvalidRequest,
  NotFound,
  TooManyRequests,
  Unauthenticated,
} from '../../../platform/errors';

export class UserNotFound extends NotFound {
  static override readonly code = 'user.not_found';
  constructor(userId: UserId) {
    super(`User ${userId} not found. See GET /admin/users.`, { userId });
  }
}

export class UserIdTaken extends Conflict {
  static override readonly code = 'user.id_taken';
  constructor(userId: UserId) {
    super(`User ${userId} already exists. Choose another userId, or leave it out.`, { userId });
  }
}

export class EmailTaken extends Conflict {
  static override readonly code = 'user.email_taken';
  constructor() {
    super('This e-mail address already has an account. Sign in, or reset the password at POST /user/password/forgot.');
  }
}

/** The same for an unknown e-mail and a wrong password. */
export class InvalidCredentials extends Unauthenticated {
  static override readonly code = 'auth.invalid_credentials';
  constructor() {
    super('Wrong e-mail or password.');
  }
}

export class UserBlocked extends Forbidden {
  static override readonly code = 'user.blocked';
  constructor() {
    super('This account is blocked. Contact the dairy.');
  }
}

/** Shown to the operator. */
export class AdminAbsent extends NotFound {
  static override readonly code = 'user.admin_absent';
  constructor() {
    super('No admin has this e-mail address. Check --email.');
  }
}

/** Not shown to clients: another change has ended the access tokens of the user meanwhile. */
export class AccessVersionConflict extends Error {
  constructor(readonly accessVersion: number | undefined) {
    super('The access version has changed');
  }
}

/** Not shown to clients: what a hook contributed to a change of an account is out of date. */
export class AccountChangeConflict extends Error {}

export class OwnAccessChange extends Forbidden {
  static override readonly code = 'user.own_access';
  constructor() {
    super('You cannot block yourself, change your own role or reset your own second factor. Ask another admin.');
  }
}

export class InvalidRefreshToken extends Unauthenticated {
  static override readonly code = 'auth.invalid_refresh_token';
  constructor() {
    super('The refresh token is unknown, used, revoked or expired. Sign in again at POST /user/login.');
  }
}

export class SessionNotFound extends NotFound {
  static override readonly code = 'session.not_found';
  constructor(sessionId: string) {
    super(`You have no session ${sessionId}. It may have ended already. See GET /user/sessions.`);
  }
}

export class InvalidResetToken extends Invalid {
  static override readonly code = 'auth.invalid_reset_token';
  constructor() {
    super('The reset token is invalid, used or expired. Request a new one at POST /user/password/forgot.');
  }
}

export class InvalidVerificationToken extends Invalid {
  static override readonly code = 'auth.invalid_verification_token';
  constructor() {
    super('The verification token is invalid or expired. Request a new one at POST /user/verify/request.');
  }
}

export class EmailAlreadyVerified extends Conflict {
  static override readonly code = 'user.email_already_verified';
  constructor() {
    super('This e-mail address is already verified. There is nothing left to do.');
  }
}

export class VerificationRequestedRecently extends TooManyRequests {
  static override readonly code = 'user.verification_requested';
  constructor(retryAfterSeconds: number) {
    super(
      'A verification mail is on its way. Request another one after the number of seconds in Retry-After.',
      retryAfterSeconds,
      1,
    );
  }
}

/** Not shown to clients: an invited user has just chosen a password. */
export class InvitationUsed extends Error {}

export class TooManyAttempts extends TooManyRequests {
  static override readonly code = 'auth.too_many_attempts';
  constructor(retryAfterSeconds: number, limit: number) {
    super(
      'Too many wrong passwords or codes. Try again after the number of seconds in Retry-After.',
      retryAfterSeconds,
      limit,
    );
  }
}

/** A new password that the rules for production do not allow. */
export class WeakPassword extends InvalidRequest {
  constructor(field: string, problem: string) {
    super([{ field, message: `${field} ${problem}` }]);
  }
}

/** An admin whose password was chosen before they became one, or under earlier rules. */
export class PasswordTooWeak extends Forbidden {
  static override readonly code = 'auth.password_too_weak';
  constructor() {
    super(
      'Your password is too short or too easy to guess for an admin. Request a new one at POST /user/password/forgot.',
    );
  }
}

export class InvalidPhone extends InvalidRequest {
  constructor(example: string) {
    super([{ field: 'phone', message: `phone must be an existing phone number, such as ${example}` }]);
  }
}

/** A number that can exist, but that must not get SMS. */
export class UnsupportedPhone extends InvalidRequest {
  constructor(example: string) {
    const message = `phone must be an ordinary mobile or landline number, such as ${example}. Premium-rate, shared-cost, pager and satellite numbers are not accepted`;
    super([{ field: 'phone', message }]);
  }
}

export class TooManyPhoneChanges extends TooManyRequests {
  static override readonly code = 'user.too_many_phone_changes';
  constructor(retryAfterSeconds: number, limit: number) {
    super(
      `The phone number can be changed ${limit} times a day. Try again after the number of seconds in Retry-After.`,
      retryAfterSeconds,
      limit,
    );
  }
}

/** Password hashing is slow by design, and its queue is full. */
export class SignInBusy extends Busy {
  static override readonly code = 'auth.busy';
  constructor() {
    super('Too many people are signing in at the moment. Try again in a few seconds.');
  }
}

/** Not a failure: the e-mail or phone is marked already, or the user has another one by now. */
export class RefusalKnown extends Error {}

/** Not a failure: the user has turned off the messages before. */
export class AlreadyOptedOut extends Error {}
