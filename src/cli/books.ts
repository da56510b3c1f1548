import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { type ReconciliationReport, ReconciliationService } from '../modules/reconciliation';
import { ConfigurationError } from '../platform/config/env-reader';
import { commandConfiguration } from './command-configuration';

/** Walks the books of the dairy and prints what is wrong, a line each; ends with 1 when something is. */
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

function reportLines({ balanced, violations, checked }: ReconciliationReport): string[] {
  const checkedCounts = Object.entries(checked).map(([what, count]) => `${what} ${count}`);
  const summary = balanced ? 'The books balance.' : `The books do not balance. Violations: ${violations.length}.`;
  return [
    ...violations.map(({ kind, detail, ...ids }) => `${kind} ${formatIds(ids)}: ${detail}`),
    `${summary} Walked: ${checkedCounts.join(', ')}.`,
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
