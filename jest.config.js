require('./infra/local/check-node.cjs');

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
  modulePathIgnorePatterns: ['<rootDir>/infra/aws/cdk.out/'],
  moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'json', 'node'],
  transform: { '^.+\\.m?ts$': ['@swc/jest', swc], '^.+\\.m?js$': ['@swc/jest', swcJs] },
  // What is loaded only where it is configured is named as it is built, and tests run what it is built from.
  moduleNameMapper: { '^(\\./(?:adapters/stripe\\.gateway|oidc/oidc-jwks))\\.js$': '$1' },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${esModules})/)`],
};

/** What takes minutes, most of them waiting: `npm run test:long`. */
const LONG = ['/test/chaos/gentle', '/test/simulation/'];

module.exports = {
  // Most of a test's time passes in the parts, which all share; more programs at once than this would starve them.
  maxWorkers: 2,
  // Only so that nothing hangs: time decides no test.
  testTimeout: 60_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/architecture/**/*.spec.ts'],
    },
    {
      ...base,
      displayName: 'infra',
      testMatch: ['<rootDir>/test/infra/**/*.spec.ts'],
    },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{integration,e2e,chaos}/**/*.spec.ts'],
      testPathIgnorePatterns: LONG,
      globalSetup: '<rootDir>/test/support/start-parts.ts',
      globalTeardown: '<rootDir>/test/support/stop-parts.ts',
    },
    {
      ...base,
      displayName: 'long',
      testMatch: LONG.map((path) => `<rootDir>${path}*.spec.ts`),
      globalSetup: '<rootDir>/test/support/start-parts.ts',
      globalTeardown: '<rootDir>/test/support/stop-parts.ts',
    },
  ],
};
