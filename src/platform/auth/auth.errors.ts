import type { UserId } from '../../kernel/ids';
import { Forbidden, NotFound, Unauthenticated, Unavailable } from '../errors';

export class NotSignedIn extends Unauthenticated {
  static override readonly code = 'auth.unauthenticated';
  constructor() {
    super('Sign in first: POST /user/login, then send Authorization: Bearer <accessToken>.');
  }
}

export class WrongRole extends Forbidden {
  static override readonly code = 'auth.forbidden';
  constructor() {
    super('Your role does not allow this.');
  }
}

/** The token of another issuer is valid, but the user it names may not sign in. The message says why. */
export class IdentityRejected extends Forbidden {
  static override readonly code = 'auth.not_admitted';
}

export class IssuerUnavailable extends Unavailable {
  static override readonly code = 'auth.issuer_unavailable';
  constructor() {
    super('Your sign-in cannot be looked at just now: try again in a moment.');
  }
}

export class NotOwner extends Forbidden {
  static override readonly code = 'auth.not_owner';
  constructor() {
    super('userId is not yours: leave it out, or send your own.');
  }
}

/** An admin acts for somebody who does not exist. */
export class UserNotFound extends NotFound {
  static override readonly code = 'user.not_found';
  constructor(userId: UserId) {
    super(`User ${userId} not found.`, { userId });
  }
}
