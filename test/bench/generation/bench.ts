// `npm run bench:generation [-- --subscriptions 1000,10000,100000 --workers 1,2 --payment MIXED]`: measures the cost of
// daily orders against a bare client that writes the same items. Options: `--warm-up 3000` orders before each measurement,
// and `--units 3000` orders for a separate count of write units. Sizes must ascend: each is compared with the previous one.
// `--throttled` puts AWS's limits of partition keys before DynamoDB Local; times then include the proxy.
import { parseOptions, wholeNumber } from '../../../infra/local/command-options.mts';
import { exitWithError } from '../../../infra/local/exit-with-error.mts';
import { printable } from '../../../src/platform/start-refused';
import { startEmulators } from '../processes.mts';
import { countWriteUnits } from './count-write-units';
import {
  type BenchmarkCase,
  type ForecastCost,
  measureBaseline,
  measureGeneration,
  type Measurement,
} from './measurements';
import type { PaymentMix } from './subscription-set';
import { BenchTables } from './tables';

const PAYMENT_MIXES = ['MIXED', 'WALLET', 'COD'] as const satisfies readonly PaymentMix[];
/** The tables that each order writes, without events and progress, which a batch shares. */
const TABLES_PER_ORDER = ['Orders', 'Subscriptions', 'Wallets', 'WalletLedger'] as const;
/** Item sizes vary slightly between runs; a larger difference means that the baseline writes something else. */
const SIZE_TOLERANCE = 0.1;

const COLUMNS = [
  'subscriptions',
  'workers',
  'orders/s',
  'time an order, of the size before',
  'requests an order',
  'CPU ms an order',
  'idle MB',
  'peak MB a worker',
  'bare client: orders/s',
  'its CPU ms an order',
  'rate, of its',
  'CPU, of its',
  'preview of the next, s',
  'demand of a week, s',
  'peak MB then',
] as const;

type CaseResult = [program: Measurement, baseline: Measurement, forecast: ForecastCost];

function tableRow(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function tableHeader(columns: readonly string[]): string {
  return `\n${tableRow(columns)}\n|${columns.map((_, index) => (index === 0 ? '---' : '--:')).join('|')}|`;
}

function resultRow(
  setting: BenchmarkCase,
  [program, baseline, forecast]: CaseResult,
  previous: Measurement | undefined,
  previousOrders = 0,
): string {
  const { orders, processes } = setting;
  const linearity = previous ? program.seconds / orders / (previous.seconds / previousOrders) : undefined;
  return tableRow([
    orders.toLocaleString('en'),
    processes,
    (orders / program.seconds).toFixed(0),
    linearity?.toFixed(2) ?? '',
    (program.calls / orders).toFixed(3),
    (program.cpuMs / orders).toFixed(3),
    program.idleMb.toFixed(0),
    program.peakMb.toFixed(0),
    (orders / baseline.seconds).toFixed(0),
    (baseline.cpuMs / orders).toFixed(3),
    (baseline.seconds / program.seconds).toFixed(2),
    (program.cpuMs / baseline.cpuMs).toFixed(2),
    forecast.previewSeconds.toFixed(1),
    forecast.demandSeconds.toFixed(1),
    forecast.peakMb.toFixed(0),
  ]);
}

/** Measures the program and the bare client one after the other, each with its own tables. */
async function measureCase(setting: BenchmarkCase): Promise<CaseResult> {
  const name = `${setting.processes}x${setting.orders}-`;
  const [programTables, baselineTables] = [
    await BenchTables.prepare(`made-${name}`),
    await BenchTables.prepare(`baseline-${name}`),
  ];
  const [program, forecast] = await measureGeneration(setting, programTables);
  const baseline = await measureBaseline(setting, baselineTables);
  await expectSameSizes(programTables, baselineTables, setting.payment);
  await programTables.drop();
  await baselineTables.drop();
  return [program, baseline, forecast];
}

async function expectSameSizes(
  programTables: BenchTables,
  baselineTables: BenchTables,
  payment: PaymentMix,
): Promise<void> {
  for (const name of TABLES_PER_ORDER.slice(0, payment === 'COD' ? 2 : 4)) {
    const [program, baseline] = [await programTables.meanSize(name), await baselineTables.meanSize(name)];
    if (Math.abs(program / baseline - 1) < SIZE_TOLERANCE) continue;
    throw new Error(
      `The bare client writes different ${name}: ${baseline.toFixed(0)} bytes, not ${program.toFixed(0)}`,
    );
  }
}

async function main(): Promise<void> {
  const values = parseOptions({
    subscriptions: { type: 'string', default: '1000,10000' },
    workers: { type: 'string', default: '1,2' },
    payment: { type: 'string', default: 'MIXED' },
    'warm-up': { type: 'string', default: '3000' },
    units: { type: 'string', default: '3000' },
    throttled: { type: 'boolean', default: false },
  });
  const sizes = values.subscriptions.split(',').map((size) => wholeNumber('subscriptions', size));
  const workers = values.workers.split(',').map((count) => wholeNumber('workers', count));
  const payment =
    PAYMENT_MIXES.find((one) => one === values.payment) ??
    exitWithError(`--payment must be one of ${PAYMENT_MIXES.join(', ')}.`);
  const warmUp = wholeNumber('warm-up', values['warm-up']);
  const unitsSample = wholeNumber('units', values.units);

  const emulators = await startEmulators({ isThrottled: values.throttled });
  Object.assign(process.env, emulators.env);
  try {
    console.log(tableHeader(COLUMNS));
    for (const processes of workers) {
      let previous: { orders: number; figures: Measurement } | undefined;
      for (const orders of sizes) {
        const setting = { orders, processes, payment, warmUp };
        const measured = await measureCase(setting);
        console.log(resultRow(setting, measured, previous?.figures, previous?.orders));
        previous = { orders, figures: measured[0] };
      }
    }
    console.log(
      tableHeader([`write units per order, of ${unitsSample}`, 'total', ...TABLES_PER_ORDER, 'shared by the batch']),
    );
    for (const method of payment === 'MIXED' ? (['WALLET', 'COD'] as const) : [payment]) {
      const { perOrder, byTable } = await countWriteUnits(unitsSample, method);
      const own = TABLES_PER_ORDER.map((name) => byTable.get(name) ?? 0);
      const shared = own.reduce((rest, units) => rest - units, perOrder);
      console.log(tableRow([method, ...[perOrder, ...own, shared].map((units) => units.toFixed(2))]));
    }
    emulators.printThrottling();
  } finally {
    emulators.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(printable(error));
    process.exit(1);
  },
);
