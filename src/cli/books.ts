import { type ReconciliationReport, ReconciliationService } from '../modules/reconciliation';
import { commandConfiguration, runCommand, withApplication } from './command';

/** Runs the reconciliation and prints one line per violation or notice. The exit code is 1 if there are violations. */
async function main(): Promise<void> {
  await withApplication(commandConfiguration(), async (app) => {
    const audit = await app.get(ReconciliationService, { strict: false }).run();
    reportLines(audit).forEach((line) => console.log(line));
    if (!audit.balanced) process.exitCode = 1;
  });
}

function reportLines({ balanced, violations, notices, checked }: ReconciliationReport): string[] {
  const checkedCounts = Object.entries(checked).map(([what, count]) => `${what} ${count}`);
  const summary = balanced ? 'No violations.' : `Violations: ${violations.length}.`;
  return [
    ...[...violations, ...notices].map(({ kind, detail, ...ids }) => `${kind} ${formatIds(ids)}: ${detail}`),
    `${summary} Checked: ${checkedCounts.join(', ')}.`,
  ];
}

function formatIds(ids: object): string {
  return Object.entries(ids)
    .filter(([, id]) => id !== undefined)
    .map(([name, id]) => `${name}=${id}`)
    .join(' ');
}

void runCommand(main);
