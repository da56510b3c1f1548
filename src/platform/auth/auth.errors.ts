import type { UserId } from '../../kernel/ids';
import { Forbidden, NotFound, Unauthenticated, Unavailable } from '../errors';

export class NotSignedIn extends Unauthenticated {
  static override readonly code = 'auth.unauthenticated';
  constructor() {
    super('Not signed in. Get a token from POST /user/login and send Authorization: Bearer <accessToken>.');
  }
}

export class WrongRole extends Forbidden {
  static override readonly code = 'auth.forbidden';
  constructor() {
    super('Your role does not allow this request.');
  }
}

/** The token of another issuer is valid, but its user may not sign in. The message says why. */
export class IdentityRejected extends Forbidden {
  static override readonly code = 'auth.not_admitted';
}

export class IssuerUnavailable extends Unavailable {
  static override readonly code = 'auth.issuer_unavailable';
  constructor() {
    super('Your token cannot be verified right now. Try again in a moment.');
  }
}

export class NotOwner extends Forbidden {
  static override readonly code = 'auth.not_owner';
  constructor() {
    super('userId names another user. Leave it out, or send your own.');
  }
}

/** An admin named a user that does not exist. */
export class UserNotFound extends NotFound {
  static override readonly code = 'user.not_found';
  constructor(userId: UserId) {
    super(`User ${userId} not found. See GET /admin/users.`, { userId });
  }
}
