import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import type { EnvReader } from '../../platform/config/env-reader';

export const USER_SETTINGS = declareSettings('user', (env) => ({
  /** The country of phone numbers without a country code. */
  defaultCountry: readCountry(env),
  /** Days after the sign-in at which a session ends, even if it is used. */
  sessionMaxDays: env.integer('SESSION_MAX_DAYS', 90, { min: 1, max: 90 }),
  /** Whether every admin needs a second factor. */
  adminMfa: env.choice('ADMIN_MFA', ['optional', 'required'], 'optional'),
  /** The issuer whose tokens are accepted besides our own, if any. */
  issuer: env.optional('AUTH_ISSUER') === undefined ? undefined : readIssuer(env),
}));

export type UserSettings = SettingsOf<typeof USER_SETTINGS>;

function readCountry(env: EnvReader): CountryCode {
  const country = env.text('DEFAULT_COUNTRY', 'IN');
  if (isSupportedCountry(country)) return country;
  env.addProblem('DEFAULT_COUNTRY must be the two-letter code of a country, such as IN');
  return 'IN';
}

function readIssuer(env: EnvReader) {
  const url = (env.httpUrl('AUTH_ISSUER') ?? '').replace(/\/$/, '');
  const keysUrl = env.httpUrl('AUTH_JWKS_URL') ?? `${url}/.well-known/jwks.json`;
  if (!env.isLocal && ![url, keysUrl].every((address) => address.startsWith('https:'))) {
    env.addProblem('AUTH_ISSUER and AUTH_JWKS_URL must be https');
  }
  return {
    /** Some issuers end with a slash. */
    names: [url, `${url}/`],
    keysUrl,
    audience: env.text('AUTH_AUDIENCE', undefined),
    rolesClaim: env.text('AUTH_ROLES_CLAIM', 'cognito:groups'),
  };
}
