import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { parseArgs } from 'node:util';
// Loads all modules, because each module declares its own tables.
import '../app.module';
import { instantOf } from '../kernel/calendar';
import { Clock } from '../platform/clock';
import { EnvReader, processEnvironment } from '../platform/config/env-reader';
import { readTableSettings } from '../platform/config/platform.settings';
import { exportTables } from '../platform/dynamo/restore/table-export';
import { StartRefused } from '../platform/start-refused';
import { runCommand } from './command';

class UsageError extends StartRefused {}

/** Writes all tables of a local dairy to files, which `npm run restore -- --export` reads. Stop the application first. */
async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true, strict: false });
  const [directory] = positionals;
  if (directory === undefined) throw new UsageError('Name a directory: npm run restore:export -- .local/export');
  const env = new EnvReader(processEnvironment);
  const { region, endpoint, tablePrefix: prefix } = readTableSettings(env);
  env.throwIfInvalid();
  if (endpoint === undefined) {
    throw new UsageError('Set DYNAMODB_ENDPOINT. On AWS, point-in-time recovery needs no export.');
  }
  const client = new DynamoDB({ region, endpoint });
  const at = instantOf(new Clock().realNow());
  await exportTables(client, directory, { prefix, at });
  client.destroy();
  console.log(`Exported. Restore it with npm run restore -- --to ${at} --export ${directory}`);
}

void runCommand(main);
