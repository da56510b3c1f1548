import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Files, plantProject, repositoryRoot, runTool } from './planted-project';

interface LintResult {
  filePath: string;
  messages: { ruleId: string | null; message: string }[];
}

const exporting = (expression: string) => `export const it = ${expression};\n`;
const importingFromNest = (name: string) => `import { ${name} } from '@nestjs/common';\nexport const it = ${name};\n`;

/** Files without violations. Some use what only their place may use. */
const allowed: Files = {
  'src/platform/config/env-reader.ts': exporting('process.env.PORT'),
  'src/platform/clock.ts': exporting('[new Date(), new Date(0), Date.now()]'),
  'src/kernel/ids.ts': exporting('Date.now()'),
  'src/platform/http/problem.filter.ts': importingFromNest('ConflictException'),
  'src/modules/order/domain/order.spec.ts':
    "it('is placed on time', () => {\n  expect(new Date(0).getTime()).toBeLessThan(Date.now());\n});\n",
  'infra/local/start.mts': exporting('[process.env.PORT, Date.now(), Math.random()]'),
  'test/support/clocks/fixed-business-clock.ts': exporting("[new Date('2026-01-01'), process.env.CI]"),
  // Nest reads the types of constructor parameters at run time, so the linter must not demand `import type` here.
  'src/modules/order/domain/order.service.ts':
    "import { Injectable } from '@nestjs/common';\nimport { OrderRepository } from './order.repository';\n\n" +
    '@Injectable()\nexport class OrderService {\n  constructor(readonly orders: OrderRepository) {}\n}\n',
  'src/modules/order/domain/order.repository.ts': 'export class OrderRepository {}\n',
};

const violations = [
  {
    rule: 'no-restricted-syntax',
    files: {
      'src/modules/order/environment.service.ts': exporting('process.env.PORT'),
      'src/modules/order/environment-by-key.ts': exporting("process['env']"),
      'src/modules/order/environment-taken-apart.ts': 'export const { env } = process;\n',
      'src/modules/order/environment-imported.ts': "import { env } from 'node:process';\nexport const it = env;\n",
      'src/platform/dynamo/environment.ts': exporting('process.env.TABLE_PREFIX'),
      'src/cli/environment.ts': exporting('process.env.ADMIN'),
      'src/modules/order/now.ts': exporting('new Date()'),
      'src/modules/order/date.ts': exporting("new Date('2026-01-01')"),
      'src/modules/order/date-called.ts': exporting('Date()'),
      'src/modules/order/date-now.ts': exporting('Date.now()'),
      'src/modules/order/date-now-passed-on.ts': exporting('Date.now'),
      'src/modules/order/random.ts': exporting('Math.random()'),
      'src/kernel/random.ts': exporting('Math.random()'),
      'src/modules/order/temporal.ts':
        "import { Temporal } from 'temporal-polyfill';\nexport const it = Temporal.Now.instant();\n",
      // A file of the same name in another folder is not exempt.
      'src/modules/order/clock.ts': exporting('Date.now()'),
      'src/modules/order/config.ts': exporting('process.env.PORT'),
    },
  },
  {
    rule: 'no-restricted-imports',
    files: {
      'src/modules/order/http.service.ts': importingFromNest('HttpException'),
      'src/modules/order/not-found.service.ts': importingFromNest('NotFoundException'),
      'src/modules/order/namespace.service.ts':
        "import * as nest from '@nestjs/common';\nexport const it = nest.Logger;\n",
      'src/platform/queue/unavailable.ts': importingFromNest('ServiceUnavailableException'),
      'src/modules/order/circle.module.ts': importingFromNest('forwardRef'),
      'src/platform/http/circle.module.ts': importingFromNest('forwardRef'),
    },
  },
  {
    rule: '@typescript-eslint/no-floating-promises',
    files: {
      'src/modules/order/floating.ts': 'export const start = () => {\n  Promise.resolve();\n};\n',
      'infra/local/floating.mts': 'export {};\nPromise.resolve();\n',
      'test/support/floating.ts': 'export const start = () => {\n  Promise.resolve();\n};\n',
    },
  },
  {
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    files: {
      'src/modules/order/forgotten.ts':
        "export function isOpen(status: 'CREATED' | 'DELIVERED') {\n  switch (status) {\n    case 'CREATED':\n" +
        '      return true;\n  }\n  return false;\n}\n',
    },
  },
  {
    rule: '@typescript-eslint/no-explicit-any',
    files: { 'src/modules/order/any.ts': 'export type It = any;\n', 'test/support/any.ts': 'export type It = any;\n' },
  },
  {
    rule: '@typescript-eslint/consistent-type-imports',
    files: {
      'src/modules/order/type.ts': "import { OrderService } from './order.service';\nexport type It = OrderService;\n",
    },
  },
  {
    rule: 'jest/no-focused-tests',
    files: {
      'src/modules/order/only.spec.ts': "it.only('is placed', () => {\n  expect(1).toBe(1);\n});\n",
      'test/integration/order/only.spec.ts':
        "describe.only('an order', () => {\n  it('is placed', () => {\n    expect(1).toBe(1);\n  });\n});\n",
    },
  },
] satisfies { rule: string; files: Files }[];

/** Files that are exempt from one restriction, each with a violation of another. */
const exemptFiles = {
  'src/platform/config/env-reader.ts': 'Date.now()',
  'src/platform/clock.ts': 'process.env.TZ',
  'src/kernel/ids.ts': 'Math.random()',
};

describe('the linter', () => {
  const found: Record<string, LintResult['messages']> = {};
  const rulesFoundIn = (file: string) => [...new Set(found[file]?.map(({ ruleId }) => ruleId))];

  beforeAll(() => {
    const planted = Object.assign({}, allowed, ...violations.map(({ files }) => files)) as Files;
    for (const [file, violation] of Object.entries(exemptFiles)) planted[file] += `export const no = ${violation};\n`;
    planted['tsconfig.json'] = readFileSync(join(repositoryRoot, 'tsconfig.json'), 'utf8');

    const { folder, remove } = plantProject(planted);
    try {
      const args = ['--config', join(repositoryRoot, 'eslint.config.mjs'), '--format', 'json', '.'];
      for (const { filePath, messages } of runTool<LintResult[]>('eslint/bin/eslint.js', args, folder)) {
        found[relative(folder, filePath)] = messages;
      }
    } finally {
      remove();
    }
  }, 60_000);

  it.each(Object.keys(allowed).filter((file) => !(file in exemptFiles)))('accepts %s', (file) => {
    expect(found[file]).toEqual([]);
  });

  it.each(Object.entries(exemptFiles))('exempts %s, but not for %s', (file) => {
    expect(rulesFoundIn(file)).toEqual(['no-restricted-syntax']);
  });

  it.each(violations.flatMap(({ rule, files }) => Object.keys(files).map((file) => [rule, file] as const)))(
    '%s catches %s',
    (rule, file) => {
      expect(rulesFoundIn(file)).toEqual([rule]);
    },
  );
});
