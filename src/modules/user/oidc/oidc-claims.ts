import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EmailField, TextField } from '../../../platform/http/fields';
import { MAX_NAME_LENGTH } from '../domain/user';

/** What another issuer's token says of somebody. */
export interface OidcClaims {
  readonly iss: string;
  readonly sub: string;
  readonly [claim: string]: unknown;
}

class NameClaim {
  @TextField({ max: MAX_NAME_LENGTH })
  name!: string;
}

class EmailClaim {
  @EmailField()
  email!: string;
}

/** The person of a token, by the same rules as one who registers; undefined without an e-mail that was verified. */
export function userDetailsOf(claims: OidcClaims): { name: string; email: string } | undefined {
  // Cognito says it in words when it was set from outside.
  const isVerified = claims.email_verified === true || claims.email_verified === 'true';
  const email = validated(EmailClaim, { email: claims.email })?.email;
  if (email === undefined || !isVerified) return undefined;
  const name = validated(NameClaim, { name: claims.name })?.name ?? email.replace(/@.*/, '');
  return { name, email };
}

function validated<T extends object>(type: new () => T, plain: object): T | undefined {
  const instance = plainToInstance(type, plain);
  return validateSync(instance).length === 0 ? instance : undefined;
}
