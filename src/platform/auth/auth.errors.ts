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

/** The token of another issuer is in order, but not whom it names. */
export class IdentityRejected extends Forbidden {
  static override readonly code = 'auth.not_admitted';

  static blocked(): IdentityRejected {
    return new IdentityRejected('This account is blocked: call the dairy.');
  }

  static unknown(): IdentityRejected {
    return new IdentityRejected('Come once with a token that holds your verified e-mail, such as the ID token.');
  }

  static emailTaken(): IdentityRejected {
    return new IdentityRejected(
      'Your e-mail has an account with a password here: sign in with that, at POST /user/login.',
    );
  }
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
    super(`There is no user ${userId}.`, { userId });
  }
}
