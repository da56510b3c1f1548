import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EmailField, PhoneField, TextField } from '../../../platform/http/fields';
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

class PhoneClaim {
  @PhoneField()
  phone!: string;
}

/**
 * Name, e-mail and phone of a token, validated like those of a registration. Undefined without a verified e-mail; `phone`
 * only if it is verified, and as the issuer writes it.
 */
export function userDetailsOf(claims: OidcClaims): { name: string; email: string; phone?: string } | undefined {
  const email = validated(EmailClaim, { email: claims.email })?.email;
  if (email === undefined || !isTrue(claims.email_verified)) return undefined;
  const name = validated(NameClaim, { name: claims.name })?.name ?? email.replace(/@.*/, '');
  const phone = validated(PhoneClaim, { phone: claims.phone_number })?.phone;
  return { name, email, ...(isTrue(claims.phone_number_verified) && { phone }) };
}

/** Cognito sends a string if an external provider set the attribute. */
function isTrue(claim: unknown): boolean {
  return claim === true || claim === 'true';
}

function validated<T extends object>(type: new () => T, plain: object): T | undefined {
  const instance = plainToInstance(type, plain);
  return validateSync(instance).length === 0 ? instance : undefined;
}
