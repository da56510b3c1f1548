import eslint from '@eslint/js';
import * as nest from '@nestjs/common';
import prettier from 'eslint-config-prettier/flat';
import jest from 'eslint-plugin-jest';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// What only one place may touch. test/architecture/lint.spec.ts plants each of these and sees it caught.
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
    message: 'Dates are made in src/platform/clock.ts. Take `now` as an argument, or inject the Clock.',
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
    message: 'Random numbers come from src/kernel/random.ts, which reads the secure source of the system.',
  },
];

const HTTP_EXCEPTIONS = {
  importNames: Object.keys(nest).filter(
    (name) => name === 'HttpException' || nest[name]?.prototype instanceof nest.HttpException,
  ),
  message: 'HTTP errors exist only in src/platform/http. Throw a domain error (*.errors.ts); the filter maps its kind.',
};
const FORWARD_REF = {
  importNames: ['forwardRef'],
  message: 'A forwardRef hides a cycle. Turn one direction into an event, or move what both need into the lower one.',
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
    files: ['**/*.{ts,mts}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Stands back by itself in files with decorators, where emitDecoratorMetadata needs the imports as values.
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
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/no-focused-tests': 'error',
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', '**.expect*', 'fc.assert'] }],
      // Answers that come over the wire are read as they are.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  prettier,
);
