import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EmailField, TextField } from '../../platform/http/fields';
import { NAME_LENGTH } from './user';

/** What another issuer's token says of somebody. */
export interface IssuedClaims {
  readonly iss: string;
  readonly sub: string;
  readonly [claim: string]: unknown;
}

class IssuedName {
  @TextField({ max: NAME_LENGTH })
  name!: string;
}

class IssuedEmail {
  @EmailField()
  email!: string;
}

/** The person of a token, by the same rules as one who registers; undefined without an e-mail that was verified. */
export function personOf(claims: IssuedClaims): { name: string; email: string } | undefined {
  // Cognito says it in words when it was set from outside.
  const isVerified = claims.email_verified === true || claims.email_verified === 'true';
  const email = valid(IssuedEmail, { email: claims.email })?.email;
  if (email === undefined || !isVerified) return undefined;
  const name = valid(IssuedName, { name: claims.name })?.name ?? email.replace(/@.*/, '');
  return { name, email };
}

function valid<T extends object>(type: new () => T, plain: object): T | undefined {
  const instance = plainToInstance(type, plain);
  return validateSync(instance).length === 0 ? instance : undefined;
}
