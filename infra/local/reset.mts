// `npm run reset`: deletes the data of the emulators.
import './check-node.cjs';
import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exitWithError } from './exit-with-error.mts';
import { isFree } from './ports.mts';
import { readOptions, displayPath } from './options.mts';

const { dataDir, ports } = readOptions();

if (dataDir === 'memory') {
  console.log('Nothing to delete: LOCAL_DATA_DIR is `memory`.');
} else if (!(await isFree(ports.dynamodb))) {
  exitWithError(
    `Port ${ports.dynamodb} (LOCAL_DYNAMODB_PORT) is in use. Stop Milkround first, with Ctrl-C in its terminal.`,
  );
} else {
  // Delete only the emulators' folders, because LOCAL_DATA_DIR may contain other files.
  for (const name of ['dynamodb', 'aws']) rmSync(join(dataDir, name), { recursive: true, force: true });
  try {
    if (readdirSync(dataDir).length === 0) rmdirSync(dataDir);
  } catch {
    // The folder does not exist.
  }
  console.log(`Deleted the data in ${displayPath(dataDir)}.`);
}
