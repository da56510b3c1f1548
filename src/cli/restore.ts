import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { parseArgs } from 'node:util';
// Loads all modules, because each module declares its own tables.
import '../app.module';
import { type Instant, millisecondsOf, parseInstant } from '../kernel/calendar';
import { Clock } from '../platform/clock';
import { EnvReader, processEnvironment } from '../platform/config/env-reader';
import { readTableSettings } from '../platform/config/platform.settings';
import { ExportRestorer } from '../platform/dynamo/restore/export-restorer';
import { PitrRestorer } from '../platform/dynamo/restore/pitr-restorer';
import { restoredPrefixOf, restoreTables } from '../platform/dynamo/restore/restore-tables';
import { StartRefused } from '../platform/start-refused';
import { commandConfiguration, runCommand, withApplication } from './command';
import { printReconciliation } from './print-reconciliation';

const USAGE =
  'Invalid arguments. Run npm run restore -- --to 2026-11-30T20:00:00Z [--prefix milkround-r2-] [--tables-only] ' +
  '[--export <directory>].';
/** As for the input `tablePrefix` of a deployment. */
const PREFIX = /^[a-zA-Z0-9-]{1,39}-$/;

class UsageError extends StartRefused {}

interface Arguments {
  readonly to: Instant;
  readonly prefix: string | undefined;
  readonly tablesOnly: boolean;
  readonly exportDirectory: string | undefined;
}

/** Restores all tables under another prefix, then runs the reconciliation on them. The exit code is 1 for violations. */
async function main(): Promise<void> {
  const { to, prefix, tablesOnly, exportDirectory } = parseArguments();
  const env = new EnvReader(processEnvironment);
  const { region, endpoint, tablePrefix: sourcePrefix } = readTableSettings(env);
  env.throwIfInvalid();
  if (exportDirectory !== undefined && endpoint === undefined) {
    throw new UsageError('--export is for DynamoDB Local. Set DYNAMODB_ENDPOINT.');
  }
  const targetPrefix = prefix ?? restoredPrefixOf(sourcePrefix, to);
  checkPrefix(targetPrefix, sourcePrefix);
  if (millisecondsOf(to) > new Clock().realNow()) throw new UsageError(`${to} is in the future.`);
  // Before anything is created, because invalid settings end the command.
  const configuration = tablesOnly ? undefined : commandConfiguration({ TABLE_PREFIX: targetPrefix });

  const client = new DynamoDB({
    region,
    endpoint,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
  });
  const restorer =
    exportDirectory === undefined ? new PitrRestorer(client) : new ExportRestorer(client, exportDirectory);
  await restoreTables({ sourcePrefix, targetPrefix, at: to }, restorer, (line) => console.log(line));
  client.destroy();
  console.log(`All tables are restored to ${to}, with the prefix ${targetPrefix}`);
  if (configuration) await withApplication(configuration, printReconciliation);
}

function parseArguments(): Arguments {
  const options = {
    to: { type: 'string' },
    prefix: { type: 'string' },
    'tables-only': { type: 'boolean' },
    export: { type: 'string' },
  } as const;
  try {
    const { values } = parseArgs({ options });
    const to = parseInstant(values.to);
    if (to !== undefined) {
      const { prefix, export: exportDirectory, 'tables-only': tablesOnly = false } = values;
      return { to, prefix, tablesOnly, exportDirectory };
    }
  } catch {
    // Unknown option: UsageError, below.
  }
  throw new UsageError(USAGE);
}

function checkPrefix(target: string, source: string): void {
  if (target === source) throw new UsageError(`--prefix must differ from the current one, ${source}`);
  if (!PREFIX.test(target)) {
    throw new UsageError('--prefix must be up to 40 letters, digits and hyphens, and end with a hyphen.');
  }
}

void runCommand(main);
