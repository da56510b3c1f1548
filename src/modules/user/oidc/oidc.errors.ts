import { IdentityRejected } from '../../../platform/auth/auth.errors';

export class IdentityBlocked extends IdentityRejected {
  constructor() {
    super('This account is blocked. Contact the dairy.');
  }
}

export class IdentityUnknown extends IdentityRejected {
  constructor() {
    super('You have no account here yet. Sign in once with an ID token that contains your verified e-mail.');
  }
}

export class IdentityEmailTaken extends IdentityRejected {
  constructor() {
    super('Your e-mail already has an account with a password. Sign in at POST /user/login.');
  }
}
