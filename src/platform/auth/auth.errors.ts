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

/** An admin has not given the code of their second factor in this session, or has none although all admins need one. */
export class SecondFactorRequired extends Forbidden {
  static override readonly code = 'auth.mfa_required';
  constructor() {
    super('Admins need a second factor. Set one up at POST /user/mfa/setup, or send a code to POST /user/mfa/verify.');
  }
}

/** The last code of the second factor is too old for a sensitive request. */
export class StepUpRequired extends Forbidden {
  static override readonly code = 'auth.step_up_required';
  constructor() {
    super('This request needs a code from the last ten minutes. Send one to POST /user/mfa/verify, and try again.');
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
