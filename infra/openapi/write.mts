// `npm run openapi`: writes the OpenAPI document out of the built program, and the Bruno collection that follows from it.
import '../local/check-node.cjs';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildWhenStale } from '../local/build.mts';
import { giveUp } from '../local/give-up.mts';
import { ROOT } from '../local/root.mts';
import { collectionOf } from './bruno.mts';
import type { Document } from './document.mts';
import { BRUNO, DOCUMENT } from './places.mts';

if (!(await buildWhenStale())) giveUp('The build failed: see above.');
const document = execFileSync(process.execPath, [join(ROOT, 'dist/cli/openapi.js')], { encoding: 'utf8' });
await writeFile(DOCUMENT, document);

await rm(BRUNO, { recursive: true, force: true });
for (const [name, text] of collectionOf(JSON.parse(document) as Document)) {
  const file = join(BRUNO, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
