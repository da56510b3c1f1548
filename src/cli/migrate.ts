import { parseArgs } from 'node:util';
import { MIGRATIONS } from '../app.module';
import { Clock } from '../platform/clock';
import { EnvReader, processEnvironment } from '../platform/config/env-reader';
import { readTableSettings } from '../platform/config/platform.settings';
import { createDocumentClient, createDynamoClient } from '../platform/dynamo/client';
import { Database } from '../platform/dynamo/database';
import { tableChecks } from '../platform/dynamo/table-checks';
import type { DataVersion } from '../platform/migration/data-version';
import { MigrationRunner } from '../platform/migration/migration-runner';
import { settingsTable } from '../platform/shared-settings.schema';
import { StartRefused } from '../platform/start-refused';
import { waitFor } from '../platform/startup/wait-for';
import { runCommand } from './command';

/** For tables that are being created. */
const WAIT_SECONDS = 30;

class UsageError extends StartRefused {}

function parseArguments(): { status: boolean; dryRun: boolean } {
  try {
    const { values } = parseArgs({ options: { status: { type: 'boolean' }, 'dry-run': { type: 'boolean' } } });
    const { status = false, 'dry-run': dryRun = false } = values;
    return { status, dryRun };
  } catch {
    throw new UsageError('Invalid arguments. Run npm run migrate [-- --status | --dry-run].');
  }
}

/** Brings the data to the version of this program. It needs only the settings of the tables. */
async function main(): Promise<void> {
  const { status, dryRun } = parseArguments();
  const env = new EnvReader(processEnvironment);
  const { region, endpoint, tablePrefix } = readTableSettings(env);
  env.throwIfInvalid();
  const endpoints = { dynamodb: endpoint };
  const client = createDynamoClient({ region, endpoints, traces: false });
  const database = new Database(createDocumentClient(client), tablePrefix);
  const report = (line: string) => console.log(line);
  const clock = new Clock();
  const runner = new MigrationRunner(database, clock, MIGRATIONS, report);
  try {
    // Not the other tables: it may run before the deployment that creates them.
    const tables = [...new Set([settingsTable, ...MIGRATIONS.map(({ table }) => table)])];
    await waitFor(tableChecks(client, { tablePrefix, endpoints }, tables), { seconds: WAIT_SECONDS, report });
    if (!status) await runner.migrate({ dryRun, signal: untilTerminated(report) });
    report(statusOf(await runner.find(), MIGRATIONS.length, clock.realNow()));
  } finally {
    client.destroy();
  }
}

/** The first signal ends the run after its current page, the second one at once. */
function untilTerminated(report: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const stop = () => {
    for (const signal of signals) process.off(signal, stop);
    report('Stopping after this page');
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  return controller.signal;
}

function statusOf(data: DataVersion | undefined, newest: number, now: number): string {
  if (!data) return `A new installation starts with data version ${newest}.`;
  const { version, readableFrom, progress, run, leasedUntil = 0 } = data;
  const isUnfinished = progress !== undefined || (run !== undefined && version < newest);
  const state = leasedUntil >= now ? 'at' : 'interrupted after';
  const running = isUnfinished ? ` Migration ${version + 1} is ${state} ${progress?.read ?? 0} items.` : '';
  return `Data version ${version}, readable from ${readableFrom} on. This program has data version ${newest}.${running}`;
}

void runCommand(main);
