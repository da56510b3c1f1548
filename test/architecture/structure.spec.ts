import { globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  canHaveDecorators,
  createSourceFile,
  forEachChild,
  getDecorators,
  isClassDeclaration,
  ScriptTarget,
} from 'typescript';
import { repositoryRoot } from './planted-project';

const LAYERS = [
  'module',
  'controller',
  'dto',
  'service',
  'repository',
  'schema',
  'subscribers',
  'worker',
  'gateway',
  'stage',
  'errors',
  'status',
  'settings',
  'metrics',
  'events',
  'guard',
  'strategy',
  'interceptor',
  'filter',
  'pipe',
];
const QUALIFIERS = ['admin', 'request', 'response', 'properties'];
const INJECTED = new Set(['Injectable', 'Controller', 'Catch', 'Module']);

const sources = globSync('src/**/*.ts', { cwd: repositoryRoot });
const textOf = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');
const linesOf = (path: string) => textOf(path).split('\n').length - 1;
const kebab = (name: string) => name.replace(/([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3-$2').toLowerCase();

/** The exported classes in a source text that Nest instantiates. */
function injectedClassesOf(text: string): string[] {
  const classes: string[] = [];
  forEachChild(createSourceFile('source.ts', text, ScriptTarget.Latest, true), (node) => {
    if (!isClassDeclaration(node) || !canHaveDecorators(node)) return;
    const decorators = (getDecorators(node) ?? []).map(
      ({ expression }) => /^\w+/.exec(expression.getText())?.[0] ?? '',
    );
    const isExported = node.modifiers?.some((modifier) => modifier.getText() === 'export');
    if (isExported && node.name && decorators.some((name) => INJECTED.has(name))) classes.push(node.name.text);
  });
  return classes;
}

/** Whether a file is named after a class: `RunCoordinator` in `run-coordinator.service.ts`. */
function isNamedAfter(file: string, className: string): boolean {
  const name = basename(file, '.ts').replaceAll('.', '-');
  return [name, name.replace(new RegExp(`-(${LAYERS.join('|')})$`), '')].includes(kebab(className));
}

describe('the source tree', () => {
  it('names the file of an injectable class after the class', () => {
    const misnamed = sources.flatMap((path) =>
      injectedClassesOf(textOf(path)).flatMap((name) => (isNamedAfter(path, name) ? [] : [`${name} in ${path}`])),
    );
    expect(misnamed).toEqual([]);
  });

  it('compares class and file names in kebab case', () => {
    const [found] = injectedClassesOf('@Injectable()\nexport class RunCoordinator {}\n');
    expect(found).toBe('RunCoordinator');
    expect(isNamedAfter('src/modules/generation/run-coordinator.service.ts', 'RunCoordinator')).toBe(true);
    expect(isNamedAfter('src/modules/order/order.admin.controller.ts', 'OrderAdminController')).toBe(true);
    expect(isNamedAfter('src/modules/user/oidc/oidc-users.service.ts', 'OIDCUsers')).toBe(true);
    expect(isNamedAfter('src/modules/generation/generation.stages.ts', 'RunCoordinator')).toBe(false);
  });

  it('uses only known suffixes', () => {
    const allowed = new Set([...LAYERS, ...QUALIFIERS, 'spec', 'd']);
    const unknown = sources.filter((path) => {
      const parts = basename(path, '.ts').split('.').slice(1);
      return parts.some((part) => !allowed.has(part));
    });
    expect(unknown).toEqual([]);
  });

  it('uses kebab-case for files and folders', () => {
    expect(sources.filter((path) => !/^[a-z0-9./-]+$/.test(path))).toEqual([]);
  });

  it('has at most ten files in the kernel', () => {
    expect(sources.filter((path) => /^src\/kernel\/.*(?<!\.spec)\.ts$/.test(path)).length).toBeLessThanOrEqual(10);
  });

  it('has at most 25 files in a folder', () => {
    const folders = [...new Set(sources.map((path) => path.replace(/\/[^/]+$/, '')))];
    const crowded = folders.flatMap((folder) => {
      const files = readdirSync(join(repositoryRoot, folder), { withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      return files.length > 25 ? [`${folder}: ${files.length}`] : [];
    });
    expect(crowded).toEqual([]);
  });

  it('has no module with more than a fifth of the lines', () => {
    const lines = new Map<string, number>();
    for (const path of sources.filter((file) => file.startsWith('src/modules/') && !file.endsWith('.spec.ts'))) {
      const name = path.split('/')[2] ?? '';
      lines.set(name, (lines.get(name) ?? 0) + linesOf(path));
    }
    const total = [...lines.values()].reduce((sum, count) => sum + count, 0);
    expect([...lines].filter(([, count]) => count > total / 5)).toEqual([]);
  });
});
