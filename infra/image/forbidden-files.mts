import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../local/root.mts';

/** Files that a production image must not contain. */
const FORBIDDEN: readonly (readonly [description: string, pattern: RegExp])[] = [
  ['sources', /^\/app\/(src|test|docs)\//],
  ['development scripts', /^\/app\/infra\/(?!image\/health-check\.mjs$)/],
  ['compiled tests', /^\/app\/dist\/.*\.spec\./],
  ['type declarations', /\.d\.[mc]?ts$/],
  ['source maps of packages', /^\/app\/node_modules\/.*\.map$/],
  ['source maps of the browser apps', /^\/app\/dist\/web\/.*\.map$/],
  [
    'settings of the build machine',
    /(^|\/)(\.env[^/]*|\.npmrc|\.git\/.*|\.aws\/.*|Dockerfile|docker-compose\.yml|package-lock\.json)$/,
  ],
  ['keys', /\.(pem|key|p12|pfx)$/],
  ['npm caches', /\/(\.npm|\.cache|npm-cache)\//],
];

/** One line for each kind of forbidden file in the image. */
export function forbiddenFilesIn(files: readonly string[]): string[] {
  return [...FORBIDDEN, ...devOnlyPackages()].flatMap(([description, pattern]) => {
    const found = files.filter((file) => pattern.test(file));
    return found.length === 0 ? [] : [`contains ${description}: ${found[0]} and ${found.length - 1} more`];
  });
}

function devOnlyPackages(): [string, RegExp][] {
  const [{ devDependencies }, { packages }] = ['package.json', 'package-lock.json'].map(
    (file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as unknown,
  ) as [{ devDependencies: Record<string, string> }, { packages: Record<string, { dev?: true } | undefined> }];
  // A package in devDependencies can also be a transitive runtime dependency. The lock file marks only the others as dev.
  const devOnly = Object.keys(devDependencies).filter((name) => packages[`node_modules/${name}`]?.dev);
  return devOnly.map((name) => [
    `the development dependency ${name}`,
    new RegExp(`^/app/node_modules/${name.replaceAll('.', '\\.')}/`),
  ]);
}
