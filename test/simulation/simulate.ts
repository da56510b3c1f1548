import { parseOptions, wholeNumber } from '../../infra/local/command-options.mts';
import { printable } from '../../src/platform/start-refused';
import startEmulators from '../support/start-emulators';
import stopEmulators from '../support/stop-emulators';
import { type DayResult, Simulation } from './simulation';

const COLUMNS: readonly (readonly [title: string, of: (day: DayResult) => string | number])[] = [
  ['date', ({ date }) => date],
  ['requests', ({ requestCount }) => requestCount],
  ['due', ({ counts }) => sum(counts) - (counts.NOT_DUE ?? 0) - (counts.ENDED ?? 0)],
  ['ordered', ({ counts }) => counts.ORDERED ?? 0],
  ['paused', ({ counts }) => counts.PAUSED ?? 0],
  ['skipped', ({ counts }) => counts.SKIPPED ?? 0],
  ['blocked', ({ counts }) => counts.BLOCKED ?? 0],
  ['short balance', ({ counts }) => counts.SHORT_BALANCE ?? 0],
  ['out of stock', ({ counts }) => counts.OUT_OF_STOCK ?? 0],
  ['withdrawn', ({ counts }) => counts.PRODUCT_WITHDRAWN ?? 0],
  ['missed', ({ counts }) => counts.MISSED ?? 0],
  ['retried', ({ retried }) => retried],
  ['delivered', ({ delivered }) => delivered],
  ['failed', ({ failed }) => failed],
  ['cancelled', ({ cancelled }) => cancelled],
  ['invariants', ({ violations }) => (violations.length === 0 ? 'hold' : `${violations.length} broken`)],
  ['kills', ({ kills }) => kills],
  ['faults', ({ faults }) => faults],
  ['seconds', ({ seconds }) => seconds.toFixed(1)],
];

function sum(counts: DayResult['counts']): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, index) => String(cell).padStart(Math.max(index === 0 ? 10 : 7, COLUMNS[index]?.[0].length ?? 0)))
    .join('  ');
}

async function main(): Promise<void> {
  const { crash, faults, ...numbers } = parseOptions({
    customers: { type: 'string', default: '200' },
    days: { type: 'string', default: '10' },
    seed: { type: 'string', default: '7' },
    crash: { type: 'boolean', default: false },
    faults: { type: 'boolean', default: false },
  });
  const customers = wholeNumber('customers', numbers.customers);
  const days = wholeNumber('days', numbers.days);
  const seed = wholeNumber('seed', numbers.seed, 0);
  if (process.env.DYNAMODB_ENDPOINT === undefined) await startEmulators();
  console.log(
    `${customers} customers, ${days} days, seed ${seed}${crash ? ', killing workers' : ''}${faults ? ', injecting faults' : ''}`,
  );
  console.log(row(COLUMNS.map(([title]) => title)));
  const simulation = await Simulation.start({ customers, days, seed, crash, faults });
  try {
    for await (const day of simulation.days()) {
      console.log(row(COLUMNS.map(([, of]) => of(day))));
      if (day.violations.length > 0) {
        console.error(day.violations.join('\n'));
        process.exitCode = 1;
        break;
      }
    }
  } finally {
    await simulation.stop();
    await stopEmulators();
  }
}

main().catch((error: unknown) => {
  console.error(printable(error));
  process.exit(1);
});
