import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EmailField, TextField } from '../../../platform/http/fields';
import { MAX_NAME_LENGTH } from '../domain/user';

/** Claims of a token from an external issuer. */
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

/** Name and e-mail of a token, validated like those of a registration. Undefined without a verified e-mail. */
export function userDetailsOf(claims: OidcClaims): { name: string; email: string } | undefined {
  // Cognito sends a string if an external provider set the attribute.
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
