import type { INestApplicationContext } from '@nestjs/common';
import { RECONCILIATION_VIOLATIONS, type ReconciliationReport, ReconciliationService } from '../modules/reconciliation';
import { Metrics } from '../platform/telemetry/metrics';
import { Transaction } from '../platform/transaction/transaction';

/** Runs the reconciliation and prints one line per violation or notice. The exit code is 1 if there are violations. */
export async function printReconciliation(app: Pick<INestApplicationContext, 'get'>): Promise<void> {
  await app.get(Transaction, { strict: false }).commit([], [{ type: 'report.exported', report: 'books' }]);
  const result = await app.get(ReconciliationService, { strict: false }).run();
  app.get(Metrics, { strict: false }).record(RECONCILIATION_VIOLATIONS, result.violations.length);
  reportLines(result).forEach((line) => console.log(line));
  if (!result.balanced) process.exitCode = 1;
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
