// `npm run bench:generation [-- --subscriptions 1000,10000,100000 --workers 1,2 --payment MIXED]`: what the daily orders
// cost, beside a bare client that writes the same. Also `--warm-up 3000` orders before each measurement, and
// `--units 3000` orders whose write units are counted, apart. Sizes ascend: each is compared with the one before it.
import { parseArgs } from 'node:util';
import { startParts } from '../processes.mts';
import { type Figures, generate, type Outlook, type Setting, writeBare } from './evening';
import type { Payment } from './standing-orders';
import { Tables } from './tables';
import { countUnits } from './units';

const PAYMENTS = ['MIXED', 'WALLET', 'COD'] as const satisfies readonly Payment[];
/** What an order writes, but for events and progress, which the orders of a batch share. */
const OF_ONE_ORDER = ['Orders', 'Subscriptions', 'Wallets', 'WalletLedger'] as const;
/** Sizes differ by the moment and by who is asked; by more, and the yardstick measures something else. */
const ALIKE_WITHIN = 0.1;

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

type Measured = [ours: Figures, bare: Figures, outlook: Outlook];

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(columns: readonly string[]): string {
  return `\n${line(columns)}\n|${columns.map((_, index) => (index === 0 ? '---' : '--:')).join('|')}|`;
}

function row(setting: Setting, [ours, bare, outlook]: Measured, before: Figures | undefined, ordersBefore = 0): string {
  const { orders, processes } = setting;
  const linearity = before ? ours.seconds / orders / (before.seconds / ordersBefore) : undefined;
  return line([
    orders.toLocaleString('en'),
    processes,
    (orders / ours.seconds).toFixed(0),
    linearity?.toFixed(2) ?? '',
    (ours.calls / orders).toFixed(3),
    (ours.cpuMs / orders).toFixed(3),
    ours.idleMb.toFixed(0),
    ours.peakMb.toFixed(0),
    (orders / bare.seconds).toFixed(0),
    (bare.cpuMs / orders).toFixed(3),
    (bare.seconds / ours.seconds).toFixed(2),
    (ours.cpuMs / bare.cpuMs).toFixed(2),
    outlook.previewSeconds.toFixed(1),
    outlook.demandSeconds.toFixed(1),
    outlook.peakMb.toFixed(0),
  ]);
}

/** Measures the program and the bare client one after the other, each with tables of its own. */
async function measure(setting: Setting): Promise<Measured> {
  const name = `${setting.processes}x${setting.orders}-`;
  const [made, written] = [await Tables.prepare(`made-${name}`), await Tables.prepare(`bare-${name}`)];
  const [ours, outlook] = await generate(setting, made);
  const bare = await writeBare(setting, written);
  await expectAlike(made, written, setting.payment);
  await made.drop();
  await written.drop();
  return [ours, bare, outlook];
}

async function expectAlike(made: Tables, written: Tables, payment: Payment): Promise<void> {
  for (const name of OF_ONE_ORDER.slice(0, payment === 'COD' ? 2 : 4)) {
    const [ours, bare] = [await made.meanSize(name), await written.meanSize(name)];
    if (Math.abs(ours / bare - 1) < ALIKE_WITHIN) continue;
    throw new Error(`The bare client writes other ${name}: ${bare.toFixed(0)} bytes, not ${ours.toFixed(0)}`);
  }
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${text} is no whole number above zero`);
  return number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      subscriptions: { type: 'string', default: '1000,10000' },
      workers: { type: 'string', default: '1,2' },
      payment: { type: 'string', default: 'MIXED' },
      'warm-up': { type: 'string', default: '3000' },
      units: { type: 'string', default: '3000' },
    },
  });
  const sizes = values.subscriptions.split(',').map(whole);
  const workers = values.workers.split(',').map(whole);
  const payment = PAYMENTS.find((one) => one === values.payment);
  if (!payment) throw new Error(`--payment is one of ${PAYMENTS.join(', ')}`);
  const warmUp = whole(values['warm-up']);
  const counted = whole(values.units);

  const parts = await startParts();
  Object.assign(process.env, parts.env);
  try {
    console.log(table(COLUMNS));
    for (const processes of workers) {
      let before: { orders: number; figures: Figures } | undefined;
      for (const orders of sizes) {
        const setting = { orders, processes, payment, warmUp };
        const measured = await measure(setting);
        console.log(row(setting, measured, before?.figures, before?.orders));
        before = { orders, figures: measured[0] };
      }
    }
    console.log(table([`write units an order, of ${counted}`, 'in all', ...OF_ONE_ORDER, 'shared by the batch']));
    for (const method of payment === 'MIXED' ? (['WALLET', 'COD'] as const) : [payment]) {
      const { perOrder, byTable } = await countUnits(counted, method);
      const own = OF_ONE_ORDER.map((name) => byTable.get(name) ?? 0);
      const shared = own.reduce((rest, units) => rest - units, perOrder);
      console.log(line([method, ...[perOrder, ...own, shared].map((units) => units.toFixed(2))]));
    }
  } finally {
    parts.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
