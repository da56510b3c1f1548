import { IdentityRejected } from '../../../platform/auth/auth.errors';

export class IdentityBlocked extends IdentityRejected {
  constructor() {
    super('This account is blocked: call the dairy.');
  }
}

export class IdentityUnknown extends IdentityRejected {
  constructor() {
    super('Come once with a token that holds your verified e-mail, such as the ID token.');
  }
}

export class IdentityEmailTaken extends IdentityRejected {
  constructor() {
    super('Your e-mail has an account with a password here: sign in with that, at POST /user/login.');
  }
}
