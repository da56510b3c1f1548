require('./infra/local/check-node.cjs');
const { globSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { SUITE, runsAlone } = require('./test/support/alone.cjs');

const swc = {
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};
const swcJs = { module: { type: 'commonjs' }, jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } } };

// Packages that ship ES modules only; Jest runs CommonJS, so it transforms them.
const esModules = [
  '@nestjs',
  'content-disposition',
  'cookie',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'sqs-consumer',
  'p-limit',
  'yocto-queue',
  'temporal-polyfill',
  'temporal-utils',
  'ulid',
  'jose',
  'fast-check',
  'pure-rand',
  '@seriousme',
].join('|');

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/.cache/jest',
  modulePathIgnorePatterns: ['<rootDir>/infra/aws/cdk.out/'],
  moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'json', 'node'],
  transform: { '^.+\\.m?ts$': ['@swc/jest', swc], '^.+\\.m?js$': ['@swc/jest', swcJs] },
  // What is loaded only where it is configured is named as it is built, and tests run what it is built from.
  moduleNameMapper: { '^(\\./(?:adapters/stripe\\.gateway|oidc/oidc-jwks))\\.js$': '$1' },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${esModules})/)`],
};

/** What takes minutes, most of them waiting: `npm run test:long`. */
const LONG = ['/test/chaos/graceful-shutdown', '/test/simulation/'];

/** Tests the settings of a tool that `npm run check` runs anyway, by running it once more. */
const TOOLS = '<rootDir>/test/architecture/lint.spec.ts';

const emulators = {
  globalSetup: '<rootDir>/test/support/start-emulators.ts',
  globalTeardown: '<rootDir>/test/support/stop-emulators.ts',
};

/** What runs in a file of its own, and one suite for all other specs of a folder, where it has one. */
function grouped() {
  const specs = globSync('test/integration/**/*.spec.ts', { cwd: __dirname });
  const suites = new Set(globSync(`test/integration/**/${SUITE}`, { cwd: __dirname }));
  const suiteOf = (spec) => join(dirname(spec), SUITE);
  const files = specs.map((spec) => (suites.has(suiteOf(spec)) && !runsAlone(spec) ? suiteOf(spec) : spec));
  return [...new Set(files)].map((file) => `<rootDir>/${file}`);
}

module.exports = {
  // Most of a test's time passes in the parts, which all share; more programs at once than this would starve them.
  maxWorkers: 2,
  // Only so that nothing hangs: time decides no test.
  testTimeout: 60_000,
  // On a busy machine a worker needs seconds to end; one that leaks needs longer.
  workerGracefulExitTimeout: 10_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/architecture/**/*.spec.ts'],
      testPathIgnorePatterns: [TOOLS],
    },
    {
      ...base,
      displayName: 'infra',
      testMatch: ['<rootDir>/test/infra/**/*.spec.ts', TOOLS],
    },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{integration,e2e,chaos}/**/*.spec.ts'],
      testPathIgnorePatterns: LONG,
      ...emulators,
    },
    // The same tests in fewer files, for `npm test`: a file costs seconds to load the program.
    {
      ...base,
      displayName: 'grouped',
      testMatch: [...grouped(), '<rootDir>/test/{e2e,chaos}/**/*.spec.ts'],
      testPathIgnorePatterns: LONG,
      ...emulators,
    },
    {
      ...base,
      displayName: 'long',
      testMatch: LONG.map((path) => `<rootDir>${path}*.spec.ts`),
      ...emulators,
    },
  ],
};
