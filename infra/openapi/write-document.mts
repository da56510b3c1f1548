// `npm run openapi`: writes the OpenAPI document of the built application, and the Bruno collection generated from it.
import '../local/check-node.cjs';
import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildIfStale } from '../local/build.mts';
import { exitWithError } from '../local/exit-with-error.mts';
import { ROOT } from '../local/root.mts';
import { collectionOf } from './bruno-collection.mts';
import type { Document } from './openapi-document.mts';
import { BRUNO_FOLDER, DOCUMENT_FILE } from './paths.mts';

if (!(await buildIfStale())) exitWithError('The build failed: see above.');
const { status, stdout: document } = spawnSync(process.execPath, [join(ROOT, 'dist/cli/openapi.js')], {
  encoding: 'utf8',
  maxBuffer: Infinity,
  stdio: ['ignore', 'pipe', 'inherit'],
});
// It has printed the reason itself.
if (status !== 0) process.exit(1);
await writeFile(DOCUMENT_FILE, document);

await rm(BRUNO_FOLDER, { recursive: true, force: true });
for (const [name, text] of collectionOf(JSON.parse(document) as Document)) {
  const file = join(BRUNO_FOLDER, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
