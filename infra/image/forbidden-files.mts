import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../local/root.mts';

/** What has no business in an image that serves: why, and where it would be. */
const FORBIDDEN: readonly (readonly [why: string, where: RegExp])[] = [
  ['sources', /^\/app\/(src|test|docs)\//],
  ['what starts stand-ins', /^\/app\/infra\/(?!image\/health-check\.mjs$)/],
  ['tests of ours', /^\/app\/dist\/.*\.spec\./],
  ['declarations, which only compilers read', /\.d\.[mc]?ts$/],
  ['source maps of packages', /^\/app\/node_modules\/.*\.map$/],
  [
    'settings of whoever built it',
    /(^|\/)(\.env[^/]*|\.npmrc|\.git\/.*|\.aws\/.*|Dockerfile|docker-compose\.yml|package-lock\.json)$/,
  ],
  ['keys', /\.(pem|key|p12|pfx)$/],
  ['npm’s leavings', /\/(\.npm|\.cache|npm-cache)\//],
];

/** What is in the image and should not be, as complaints. */
export function forbiddenFilesIn(files: readonly string[]): string[] {
  return [...FORBIDDEN, ...devOnlyPackages()].flatMap(([why, where]) => {
    const found = files.filter((file) => where.test(file));
    return found.length === 0 ? [] : [`the image holds ${why}: ${found[0]} and ${found.length - 1} more`];
  });
}

function devOnlyPackages(): [string, RegExp][] {
  const [{ devDependencies }, { packages }] = ['package.json', 'package-lock.json'].map(
    (file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as unknown,
  ) as [{ devDependencies: Record<string, string> }, { packages: Record<string, { dev?: true } | undefined> }];
  // What the program needs too is no developer's, though they have asked for it.
  const devOnly = Object.keys(devDependencies).filter((name) => packages[`node_modules/${name}`]?.dev);
  return devOnly.map((name) => [
    `${name}, which is for developers`,
    new RegExp(`^/app/node_modules/${name.replaceAll('.', '\\.')}/`),
  ]);
}
