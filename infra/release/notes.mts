// `npm run release:notes -- v0.2.0`: prints the section of a version from CHANGELOG.md. Fails if there is none, or if
// package.json has another version.
import '../local/check-node.cjs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitWithError } from '../local/exit-with-error.mts';
import { ROOT } from '../local/root.mts';

const tag = process.argv[2] ?? '';
const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1] ?? exitWithError('Give the tag of a version, such as v0.2.0.');
const packaged = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
if (packaged !== version) exitWithError(`package.json has version ${packaged}, not ${version}. Set it, and tag again.`);

const sections = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').split(/^(?=## )/m);
const section = sections.find((text) => new RegExp(`^## ${version.replaceAll('.', '\\.')}(?: |\n)`).test(text));
if (section === undefined) exitWithError(`CHANGELOG.md has no section "## ${version} — <date>". Add one.`);
console.log(section.slice(section.indexOf('\n')).trim());
