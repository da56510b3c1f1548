import { randomBytes } from 'node:crypto';
import { Configuration, declareSettings } from './configuration';
import { ConfigurationError, type Environment } from './env-reader';

const BASE_SETTINGS = declareSettings('base', (env) => ({
  limit: env.integer('LIMIT', 3, { min: 1, max: 9 }),
  dozens: env.integer('DOZENS', 12, { min: 12, max: 48, multipleOf: 12 }),
  flag: env.text('FLAG', 'white'),
}));
const DEPENDENT_SETTINGS = declareSettings('dependent', (env, configuration) => {
  const { limit } = configuration.get(BASE_SETTINGS);
  if (limit === 9) env.addProblem('LIMIT must be below 9 for the dependent module');
  return {
    password: env.secret('PASSWORD', 'a password for local use only, never elsewhere'),
    limit,
  };
});

const LOCAL = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000' };

function problemsIn(environment: Environment): readonly string[] {
  try {
    Configuration.read(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

describe('the configuration', () => {
  it('contains the settings that every module declares', () => {
    const configuration = Configuration.read({ ...LOCAL, LIMIT: '5' });
    expect(configuration.get(BASE_SETTINGS)).toEqual({ limit: 5, dozens: 12, flag: 'white' });
    expect(configuration.get(DEPENDENT_SETTINGS)).toEqual({
      limit: 5,
      password: 'a password for local use only, never elsewhere',
    });
  });

  it('reports the problems of all modules at once, with names of variables and never values', () => {
    expect(problemsIn({ LIMIT: '9', FLAG: 'x', PASSWORD: 'short' })).toEqual([
      'LIMIT must be below 9 for the dependent module',
      'PASSWORD must have at least 32 characters',
    ]);
    expect(() => Configuration.read({ LIMIT: 'many' })).toThrow(
      'Invalid configuration: LIMIT must be a whole number from 1 to 9; PASSWORD is missing. See docs/configuration.md.',
    );
  });

  it.each(['0', '18', '60', '12.5'])('refuses %s where only certain multiples are allowed', (DOZENS) => {
    expect(problemsIn({ ...LOCAL, DOZENS })).toEqual(['DOZENS must be a multiple of 12 from 12 to 48']);
    expect(problemsIn({ ...LOCAL, DOZENS: '24' })).toEqual([]);
  });

  it.each<[string, Environment]>([
    ['without a local database', {}],
    ['in production, whatever its database', { ...LOCAL, NODE_ENV: 'production' }],
  ])('has no local defaults %s', (_, environment) => {
    expect(problemsIn(environment)).toEqual(['PASSWORD is missing']);
  });

  it.each([
    ['the public local default', 'a password for local use only, never elsewhere', /must not be a default/],
    ['one character repeated', 'a'.repeat(40), /must be random/],
    ['a word repeated', 'milkround-'.repeat(4), /must be random/],
    ['few different characters', '0101100111010001011110011010110000101101', /must be random/],
  ])('refuses %s as a secret in production', (_, PASSWORD, problem) => {
    expect(problemsIn({ NODE_ENV: 'production', PASSWORD })).toEqual([expect.stringMatching(problem)]);
    expect(problemsIn({ NODE_ENV: 'production', PASSWORD: randomBytes(24).toString('base64') })).toEqual([]);
    expect(problemsIn({ NODE_ENV: 'production', PASSWORD: randomBytes(16).toString('hex') })).toEqual([]);
  });

  it('lets two modules read one variable only if both give it the same default', () => {
    let fallback = 'white';
    declareSettings('other', (env) => ({ flag: env.text('FLAG', fallback) }));
    expect(problemsIn(LOCAL)).toEqual([]);
    fallback = 'red';
    expect(() => Configuration.read(LOCAL)).toThrow('FLAG is read twice with different defaults');
  });
});
