// `npm run reset`: the next start begins with an empty dairy.
import './check-node.cjs';
import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exitWithError } from './exit-with-error.mts';
import { isFree } from './ports.mts';
import { readOptions, displayPath } from './options.mts';

const { dataDir, ports } = readOptions();

if (dataDir === 'memory') {
  console.log('LOCAL_DATA_DIR is memory: nothing is kept, so there is nothing to remove.');
} else if (!(await isFree(ports.dynamodb))) {
  exitWithError(
    `Something listens on port ${ports.dynamodb}, LOCAL_DYNAMODB_PORT: stop Milkround first (Ctrl-C where it runs).`,
  );
} else {
  // Only what the emulators wrote: LOCAL_DATA_DIR may be a folder that holds other things.
  for (const name of ['dynamodb', 'aws']) rmSync(join(dataDir, name), { recursive: true, force: true });
  try {
    if (readdirSync(dataDir).length === 0) rmdirSync(dataDir);
  } catch {
    // There was none.
  }
  console.log(`Removed the data in ${displayPath(dataDir)}.`);
}
