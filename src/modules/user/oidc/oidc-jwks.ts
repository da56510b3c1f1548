import { createRemoteJWKSet, decodeProtectedHeader, errors, type JWTHeaderParameters } from 'jose';
import { KeyObject } from 'node:crypto';
import type { SecretOrKeyProvider } from 'passport-jwt';
import { IssuerUnavailable } from '../../../platform/auth/auth.errors';

const REQUEST_TIMEOUT_MILLISECONDS = 3_000;
/** How long a key is taken that the issuer has withdrawn, and an issuer may be out of reach. */
const CACHE_MAX_AGE_MILLISECONDS = 60 * 60_000;
/** So that tokens with made-up keys do not have us storm the issuer; those that it has shown are good all the while. */
const REFETCH_COOLDOWN_MILLISECONDS = 10_000;
/** What is said of a token, not of the issuer. */
const NO_MATCHING_KEY_ERRORS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** All keys of the issuer are kept together, so that no token can push out or hold up the key of another. */
export function jwksKeyProvider(url: string): SecretOrKeyProvider {
  const keys = createRemoteJWKSet(new URL(url), {
    timeoutDuration: REQUEST_TIMEOUT_MILLISECONDS,
    cacheMaxAge: CACHE_MAX_AGE_MILLISECONDS,
    cooldownDuration: REFETCH_COOLDOWN_MILLISECONDS,
  });
  const keyOf = async (token: string): Promise<KeyObject | undefined> => {
    const header = headerOf(token);
    if (header === undefined) return undefined;
    try {
      return KeyObject.from(await keys(header));
    } catch (error) {
      if (NO_MATCHING_KEY_ERRORS.some((kind) => error instanceof kind)) return undefined;
      throw new IssuerUnavailable();
    }
  };
  return (_request, token: string, done) => {
    // As with our own tokens, a key is welcome, and need not be parsed for every request.
    keyOf(token).then((key) => done(null, key as unknown as Buffer), done);
  };
}

function headerOf(token: string): JWTHeaderParameters | undefined {
  try {
    return decodeProtectedHeader(token) as JWTHeaderParameters;
  } catch {
    return undefined;
  }
}
