import eslint from '@eslint/js';
import * as nest from '@nestjs/common';
import prettier from 'eslint-config-prettier/flat';
import jest from 'eslint-plugin-jest';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// Each of these is allowed in one place only. test/architecture/lint.spec.ts plants a violation of each.
const ENVIRONMENT = [
  {
    selector: "MemberExpression[object.name='process']:matches([property.name='env'], [property.value='env'])",
    message: 'The environment is read once, in src/platform/config/env-reader.ts. Declare settings instead.',
  },
  {
    selector: "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
    message: 'The environment is read once, in src/platform/config/env-reader.ts. Declare settings instead.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?process$/]',
    message: 'Use the global `process`; its environment is read once, in src/platform/config/env-reader.ts.',
  },
];
const TIME = [
  {
    selector: ":matches(NewExpression, CallExpression)[callee.name='Date']",
    message: 'Only src/platform/clock.ts creates dates. Take `now` as an argument, or inject the Clock.',
  },
  {
    selector: "MemberExpression[object.name='Date']:matches([property.name='now'], [property.value='now'])",
    message: 'Only src/platform/clock.ts knows the time. Take `now` as an argument, or inject the Clock.',
  },
  {
    selector: "MemberExpression[object.name='Temporal']:matches([property.name='Now'], [property.value='Now'])",
    message: 'Only src/platform/clock.ts knows the time. Take `now` as an argument, or inject the Clock.',
  },
];
const RANDOMNESS = [
  {
    selector: "MemberExpression[object.name='Math']:matches([property.name='random'], [property.value='random'])",
    message: 'Use src/kernel/random.ts, which reads the secure random source of the system.',
  },
];

const HTTP_EXCEPTIONS = {
  importNames: Object.keys(nest).filter(
    (name) => name === 'HttpException' || nest[name]?.prototype instanceof nest.HttpException,
  ),
  message:
    'Only src/platform/http uses HTTP errors. Throw a domain error (*.errors.ts); the filter maps its kind to a status.',
};
const FORWARD_REF = {
  importNames: ['forwardRef'],
  message: 'forwardRef hides a cycle. Replace one direction by an event, or move the shared code to the lower module.',
};
const nestWithout = (...refused) => [
  'error',
  {
    paths: refused.map((names) => ({ name: '@nestjs/common', ...names })),
    patterns: [{ group: ['@nestjs/common/*'], message: "Import from '@nestjs/common' itself." }],
  },
];

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/node_modules/',
    '.local/',
    '.cache/',
    'coverage/',
    '**/cdk.out/',
    'infra/client/api.d.mts',
  ]),
  eslint.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.{ts,mts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // The rule skips files with decorators, where emitDecoratorMetadata needs imports as values.
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...ENVIRONMENT, ...TIME, ...RANDOMNESS],
      'no-restricted-imports': nestWithout(HTTP_EXCEPTIONS, FORWARD_REF),
    },
  },
  {
    files: ['src/platform/config/env-reader.ts'],
    rules: { 'no-restricted-syntax': ['error', ...TIME, ...RANDOMNESS] },
  },
  {
    files: ['src/platform/clock.ts', 'src/kernel/ids.ts'],
    rules: { 'no-restricted-syntax': ['error', ...ENVIRONMENT, ...RANDOMNESS] },
  },
  {
    files: ['src/platform/http/**/*.ts'],
    rules: { 'no-restricted-imports': nestWithout(FORWARD_REF) },
  },
  {
    files: ['src/**/*.spec.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['src/web/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    languageOptions: { globals: globals.browser },
    // React Compiler is not used, so no library can be incompatible with it.
    rules: { 'no-restricted-syntax': 'off', 'react-hooks/incompatible-library': 'off' },
  },
  { files: ['src/web/sw.js'], languageOptions: { globals: globals.serviceworker } },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/no-focused-tests': 'error',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', '**.expect*', 'fc.assert'] }],
      // HTTP responses in tests are untyped.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  prettier,
);
