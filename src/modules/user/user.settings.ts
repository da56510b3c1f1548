import { declareSettings, type SettingsOf } from '../../platform/config/configuration';
import type { EnvReader } from '../../platform/config/env-reader';

export const USER_SETTINGS = declareSettings('user', (env) => ({
  /** The issuer whose tokens are accepted besides our own, if any. */
  issuer: env.optional('AUTH_ISSUER') === undefined ? undefined : readIssuer(env),
}));

export type UserSettings = SettingsOf<typeof USER_SETTINGS>;

function readIssuer(env: EnvReader) {
  const url = (env.url('AUTH_ISSUER') ?? '').replace(/\/$/, '');
  const keysUrl = env.url('AUTH_JWKS_URL') ?? `${url}/.well-known/jwks.json`;
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
