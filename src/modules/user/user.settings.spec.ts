import { Configuration } from '../../platform/config/configuration';
import { ConfigurationError, type Environment } from '../../platform/config/env-reader';
import { USER_SETTINGS } from './user.settings';

const LOCAL = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' };
const PRODUCTION = { NODE_ENV: 'production' };

const settingsOf = (environment: Environment) => Configuration.read(environment).get(USER_SETTINGS);

function problemsIn(environment: Environment): readonly string[] {
  try {
    settingsOf(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('the default country of phone numbers', () => {
  it('is India unless another is set', () => {
    expect(settingsOf(LOCAL).defaultCountry).toBe('IN');
    expect(settingsOf({ ...LOCAL, DEFAULT_COUNTRY: 'GB' }).defaultCountry).toBe('GB');
  });

  it.each(['XX', 'in', 'India', '91', 'toString'])('cannot be %s', (DEFAULT_COUNTRY) => {
    expect(problemsIn({ ...LOCAL, DEFAULT_COUNTRY })).toEqual([
      'DEFAULT_COUNTRY must be the two-letter code of a country, such as IN',
    ]);
  });
});

describe('the external token issuer', () => {
  const ISSUER = { AUTH_ISSUER: 'https://pool.example/dairy/', AUTH_AUDIENCE: 'app' };

  it('is not configured by default', () => {
    expect(settingsOf(LOCAL).issuer).toBeUndefined();
  });

  it('uses the standard key URL unless another is set', () => {
    const production = { ...PRODUCTION, ...ISSUER };
    expect(settingsOf(production).issuer).toEqual({
      names: ['https://pool.example/dairy', 'https://pool.example/dairy/'],
      keysUrl: 'https://pool.example/dairy/.well-known/jwks.json',
      audience: 'app',
      rolesClaim: 'cognito:groups',
    });
    const AUTH_JWKS_URL = 'https://pool.example/keys';
    expect(settingsOf({ ...production, AUTH_JWKS_URL }).issuer?.keysUrl).toBe(AUTH_JWKS_URL);
  });

  it.each<[string, Environment, string[]]>([
    ['without an audience', { ...ISSUER, AUTH_AUDIENCE: '' }, ['AUTH_AUDIENCE is missing']],
    [
      'with a key URL that is not https',
      { ...ISSUER, AUTH_JWKS_URL: 'http://pool.example/keys' },
      ['AUTH_ISSUER and AUTH_JWKS_URL must be https'],
    ],
  ])('is refused %s', (_, environment, problems) => {
    expect(problemsIn({ ...PRODUCTION, ...environment })).toEqual(problems);
  });
});
