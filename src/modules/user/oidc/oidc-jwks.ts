import { createRemoteJWKSet, decodeProtectedHeader, errors, type JWTHeaderParameters } from 'jose';
import { KeyObject } from 'node:crypto';
import type { SecretOrKeyProvider } from 'passport-jwt';
import { IssuerUnavailable } from '../../../platform/auth/auth.errors';

const REQUEST_TIMEOUT_MILLISECONDS = 3_000;
/** How long a withdrawn key is still accepted, and how long the issuer may be unreachable. */
const CACHE_MAX_AGE_MILLISECONDS = 60 * 60_000;
/** Limits the requests that tokens with made-up key ids can cause. Known keys keep working meanwhile. */
const REFETCH_COOLDOWN_MILLISECONDS = 10_000;
/** Errors caused by the token, not by the issuer. */
const NO_MATCHING_KEY_ERRORS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** Caches the issuer's keys as one set, so that no token can evict or delay the key of another. */
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
    // The types ask for a Buffer, but a KeyObject works too and is not parsed again for every request.
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
