import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { type ReconciliationReport, ReconciliationService } from '../modules/reconciliation';
import { ConfigurationError } from '../platform/config/env-reader';
import { commandConfiguration } from './command-configuration';

/** Runs the reconciliation and prints one line per violation or notice. The exit code is 1 if there are violations. */
async function main(): Promise<void> {
  const configuration = commandConfiguration();
  const app = await NestFactory.createApplicationContext(
    AppModule.forRoot(() => configuration),
    {
      abortOnError: false,
      logger: ['error', 'fatal'],
    },
  );
  try {
    const audit = await app.get(ReconciliationService, { strict: false }).run();
    reportLines(audit).forEach((line) => console.log(line));
    if (!audit.balanced) process.exitCode = 1;
  } finally {
    await app.close();
  }
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

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
});
