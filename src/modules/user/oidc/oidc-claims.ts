import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EmailField, NameField, PhoneField } from '../../../platform/http/fields';

/** Claims of a token from an external issuer. */
export interface OidcClaims {
  readonly iss: string;
  readonly sub: string;
  readonly [claim: string]: unknown;
}

class NameClaim {
  @NameField()
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
 * only if it is verified, and as the issuer writes it. A name that a registration would refuse is replaced.
 */
export function userDetailsOf(claims: OidcClaims): { name: string; email: string; phone?: string } | undefined {
  const email = validated(EmailClaim, { email: claims.email })?.email;
  if (email === undefined || !isTrue(claims.email_verified)) return undefined;
  const name = validName(claims.name) ?? validName(email.replace(/@.*/, '').replace(/[^a-z]+/g, ' ')) ?? 'Customer';
  const phone = validated(PhoneClaim, { phone: claims.phone_number })?.phone;
  return { name, email, ...(isTrue(claims.phone_number_verified) && { phone }) };
}

const INVISIBLE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Issuers let people choose their names, so what is invisible is removed. */
function validName(claim: unknown): string | undefined {
  const name = typeof claim === 'string' ? claim.replace(INVISIBLE, '') : claim;
  return validated(NameClaim, { name })?.name;
}

/** Cognito sends a string if an external provider set the attribute. */
function isTrue(claim: unknown): boolean {
  return claim === true || claim === 'true';
}

function validated<T extends object>(type: new () => T, plain: object): T | undefined {
  const instance = plainToInstance(type, plain);
  return validateSync(instance).length === 0 ? instance : undefined;
}
