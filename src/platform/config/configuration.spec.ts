import { Configuration, declareSettings } from './configuration';
import { ConfigurationError, type Environment } from './env-reader';

const BASE_SETTINGS = declareSettings('base', (env) => ({
  limit: env.integer('LIMIT', 3, { min: 1, max: 9 }),
  flag: env.text('FLAG', 'white'),
}));
const DEPENDENT_SETTINGS = declareSettings('dependent', (env, configuration) => {
  const { limit } = configuration.get(BASE_SETTINGS);
  if (limit === 9) env.addProblem('LIMIT must be below 9 for the dependent module');
  return { password: env.secret('PASSWORD', env.localDefault('a local password that nobody may use')), limit };
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
  it('is what every module has declared', () => {
    const configuration = Configuration.read({ ...LOCAL, LIMIT: '5' });
    expect(configuration.get(BASE_SETTINGS)).toEqual({ limit: 5, flag: 'white' });
    expect(configuration.get(DEPENDENT_SETTINGS)).toEqual({
      limit: 5,
      password: 'a local password that nobody may use',
    });
  });

  it('is refused with all problems of all modules at once, by name and never by value', () => {
    expect(problemsIn({ LIMIT: '9', FLAG: 'x', PASSWORD: 'short' })).toEqual([
      'LIMIT must be below 9 for the dependent module',
      'PASSWORD must have at least 32 characters',
    ]);
    expect(() => Configuration.read({ LIMIT: 'many' })).toThrow(
      'The configuration cannot be used:\n' + '  - LIMIT must be a whole number from 1 to 9\n  - PASSWORD is missing',
    );
  });

  it.each<[string, Environment]>([
    ['without a local database', {}],
    ['in production, whatever its database', { ...LOCAL, NODE_ENV: 'production' }],
  ])('has no local defaults %s', (_, environment) => {
    expect(problemsIn(environment)).toEqual(['PASSWORD is missing']);
  });

  it('takes one variable in two modules, if both give it the same default', () => {
    let fallback = 'white';
    declareSettings('other', (env) => ({ flag: env.text('FLAG', fallback) }));
    expect(problemsIn(LOCAL)).toEqual([]);
    fallback = 'red';
    expect(() => Configuration.read(LOCAL)).toThrow('FLAG is read twice, with different defaults');
  });
});
