require('./infra/local/check-node.cjs');
const { globSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');

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
  'intl-messageformat',
  '@formatjs',
].join('|');

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/.cache/jest',
  modulePathIgnorePatterns: ['<rootDir>/infra/aws/cdk.out/'],
  moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'json', 'node'],
  transform: { '^.+\\.m?ts$': ['@swc/jest', swc], '^.+\\.m?js$': ['@swc/jest', swcJs] },
  // Modules loaded on demand are imported under their compiled file name. Map it back to the source.
  moduleNameMapper: {
    '^(\\./(?:adapters/(?:stripe\\.gateway|end-user-messaging-sms-sender|event-bridge-publisher)|oidc/oidc-jwks))\\.js$':
      '$1',
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${esModules})/)`],
};

/**
 * Specs for which `npm test` has no time: `npm run test:long`. The simulation takes minutes. The three of the console take a
 * minute each, and return to `npm test` once it is shorter.
 */
const LONG = [
  '/test/chaos/graceful-shutdown',
  '/test/simulation/',
  '/test/browser/console-customers',
  '/test/browser/console-days',
  '/test/browser/console-operations',
];

/** Tests the ESLint rules by running ESLint. Not a unit test, because `npm run check` already runs ESLint. */
const TOOLS = '<rootDir>/test/architecture/lint.spec.ts';

const emulators = {
  globalSetup: '<rootDir>/test/support/start-emulators.ts',
  globalTeardown: '<rootDir>/test/support/stop-emulators.ts',
  setupFiles: ['<rootDir>/test/support/own-database.ts'],
};

/** The standalone specs, and for each folder one generated suite with its other specs. */
function grouped() {
  const specs = globSync('test/integration/**/*.spec.ts', { cwd: __dirname }).sort();
  const standalone = specs.filter((spec) =>
    readFileSync(join(__dirname, spec), 'utf8').startsWith('// Standalone spec'),
  );
  const folders = Map.groupBy(
    specs.filter((spec) => !standalone.includes(spec)),
    dirname,
  );
  const suites = [...folders].map(([folder, members]) =>
    members.length > 1 ? writeSuite(folder, members) : members[0],
  );
  return [...standalone, ...suites].map((file) => `<rootDir>/${file}`);
}

function writeSuite(folder, specs) {
  // The whole path, since two folders may have the same name.
  const suite = `.cache/suites/${relative('test/integration', folder).replaceAll('/', '-')}.spec.js`;
  const text = specs.map((spec) => `describe('${spec}', () => void require('../../${spec}'));\n`).join('');
  mkdirSync(join(__dirname, dirname(suite)), { recursive: true });
  writeFileSync(join(__dirname, suite), text);
  return suite;
}

module.exports = {
  // All workers share the emulators, and tests spend most of their time there. More workers would not be faster.
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  // Only a safety net against hanging tests. No test depends on this value.
  testTimeout: 60_000,
  // On a busy machine a worker takes seconds to exit; a leaking one takes longer.
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
      testMatch: ['<rootDir>/test/{integration,e2e,browser,chaos}/**/*.spec.ts'],
      testPathIgnorePatterns: LONG,
      ...emulators,
    },
    // The same tests in fewer files, for `npm test`: loading the application takes seconds per file.
    {
      ...base,
      displayName: 'grouped',
      testMatch: [...grouped(), '<rootDir>/test/{e2e,browser,chaos}/**/*.spec.ts'],
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
