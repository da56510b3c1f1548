import { Conflict, Unauthenticated } from '../../../platform/errors';

/** The password is correct, but the account has a second factor. */
export class CodeRequired extends Unauthenticated {
  static override readonly code = 'auth.code_required';
  constructor() {
    super(
      'This account has a second factor. Send the code of the authenticator app (totp at sign-in, code elsewhere), or a ' +
        'recoveryCode.',
    );
  }
}

export class InvalidCode extends Unauthenticated {
  static override readonly code = 'auth.invalid_code';
  constructor() {
    super('The code is wrong, was used before, or is too old. Wait for the next code of the app.');
  }
}

export class SecondFactorActive extends Conflict {
  static override readonly code = 'auth.mfa_active';
  constructor() {
    super('You have a second factor already. To set up another one, remove it at DELETE /user/mfa.');
  }
}

export class SecondFactorAbsent extends Conflict {
  static override readonly code = 'auth.mfa_not_set_up';
  constructor() {
    super('There is no second factor. An admin sets one up at POST /user/mfa/setup.');
  }
}
