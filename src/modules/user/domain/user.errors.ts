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
    super(`There is no user ${userId}.`, { userId });
  }
}

export class UserIdTaken extends Conflict {
  static override readonly code = 'user.id_taken';
  constructor(userId: UserId) {
    super(`${userId} exists already: choose another userId, or leave it out.`, { userId });
  }
}

export class EmailTaken extends Conflict {
  static override readonly code = 'user.email_taken';
  constructor() {
    super('This e-mail has an account already: sign in, or ask for a new password at POST /user/password/forgot.');
  }
}

/** Unknown e-mail and wrong password alike. */
export class InvalidCredentials extends Unauthenticated {
  static override readonly code = 'auth.invalid_credentials';
  constructor() {
    super('E-mail and password do not belong together.');
  }
}

/** Told only to who knows the password. */
export class UserBlocked extends Forbidden {
  static override readonly code = 'user.blocked';
  constructor() {
    super('This account is blocked: call the dairy.');
  }
}

export class OwnAccessChange extends Forbidden {
  static override readonly code = 'user.own_access';
  constructor() {
    super('Nobody blocks himself or changes his own role: another admin must do it.');
  }
}

export class InvalidRefreshToken extends Unauthenticated {
  static override readonly code = 'auth.invalid_refresh_token';
  constructor() {
    super('This refresh token is unknown, used, revoked or expired: sign in again at POST /user/login.');
  }
}

export class InvalidResetToken extends Invalid {
  static override readonly code = 'auth.invalid_reset_token';
  constructor() {
    super('This link is used, replaced or too old: ask for a new one at POST /user/password/forgot.');
  }
}

export class TooManyAttempts extends TooManyRequests {
  static override readonly code = 'auth.too_many_attempts';
  constructor(retryAfterSeconds: number, limit: number) {
    super('Too many wrong passwords: wait as long as Retry-After says.', retryAfterSeconds, limit);
  }
}

export class CommonPassword extends InvalidRequest {
  constructor(field: string) {
    super([{ field, message: `${field} is one of the most common passwords: choose another` }]);
  }
}

/** Checking passwords takes work on purpose, and more wait already than can be answered soon. */
export class SignInBusy extends Busy {
  static override readonly code = 'auth.busy';
  constructor() {
    super('Too many people are signing in at this moment: try again in a few seconds.');
  }
}
