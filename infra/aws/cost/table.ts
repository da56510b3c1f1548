import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SizeName, SIZES } from '../sizes';
import { MEASURED } from './measured';
import { type MonthlyCosts, monthlyCosts, totalOf } from './monthly-costs';
import { resourcesOf } from './resources';
import { ASSUMED, WORKLOADS } from './workloads';

export const README = join(__dirname, '../README.md');
const [BEGIN, END] = ['<!-- costs: written by npm run cost -->', '<!-- end of costs -->'];

/** The costs of all sizes, from their templates. */
export async function costsOfAllSizes(): Promise<MonthlyCosts[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'milkround-cost-'));
  try {
    const costs: MonthlyCosts[] = [];
    for (const size of Object.keys(SIZES) as SizeName[]) {
      const resources = await resourcesOf(size, join(outdir, size));
      costs.push(monthlyCosts(size, resources, WORKLOADS[size], MEASURED));
    }
    return costs;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The page with the costs between its markers. */
export function withCosts(page: string, sizes: readonly MonthlyCosts[]): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('The README has no markers for the costs');
  return [before, BEGIN, '\n\n', costText(sizes), '\n\n', END, after].join('');
}

function costText(sizes: readonly MonthlyCosts[]): string {
  const positions = sizes[0]?.costs ?? [];
  const rows = positions.map(({ what }, index) => [
    what,
    ...sizes.map(({ costs }) => {
      const { quantity, amount } = costs[index] ?? { quantity: '', amount: 0 };
      return amount === 0 ? 'none' : `${quantity}: **${dollars(amount)}**`;
    }),
  ]);
  const smsCell = ({ sms: { count, registered, international } }: MonthlyCosts) =>
    `${thousands(count)}: ${dollars(registered)}, ${dollars(international)}`;
  return [
    ...sizes.map(workloadLine),
    '',
    ...tableLines([
      ['what', ...sizes.map(({ size }) => size)],
      ...rows,
      ['**total**', ...sizes.map(({ total }) => `**${dollars(total)}**`)],
      ['SMS on top, if all are on: registered route, international route', ...sizes.map(smsCell)],
    ]),
    '',
    measuredText(),
  ].join('\n');
}

/** A table with its first column on the left and the others on the right, as Prettier formats it. */
function tableLines([header = [], ...rows]: readonly string[][]): string[] {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(header), line(rule), ...rows.map(line)];
}

function workloadLine({ size, workload }: MonthlyCosts): string {
  const { deliveriesPerDay, customers, requestsPerCustomerAndDay, products } = workload;
  return (
    `- _${size}_: ${thousands(deliveriesPerDay)} deliveries a day to ${thousands(customers)} customers, ` +
    `${requestsPerCustomerAndDay} requests per customer and day, ${products} products.`
  );
}

function measuredText(): string {
  const { date, orders, orderLife, idleHour } = MEASURED;
  const [first, second, third, ...others] = Object.entries(orderLife.daily.writeUnits);
  const largest = [first, second, third].flatMap((entry) => (entry ? `${entry[0]} ${entry[1]}` : [])).join(', ');
  return [
    `**Measured** on ${date} with ${orders} orders of three items, by \`npm run cost:measure\`. From its order to its`,
    `delivery, a daily order costs ${units(orderLife.daily)}, and an order from a cart ${units(orderLife.cart)}.`,
    `Most write units of a daily order are in ${largest}, the others in ${others.length} more tables. It causes`,
    `${orderLife.daily.mails} mails if the customer turns none off. An idle task reads`,
    `${thousands(totalOf(idleHour.api.readUnits))} units an hour (api) or ${thousands(totalOf(idleHour.worker.readUnits))} (worker).`,
    `${percent(ASSUMED.cartShare)} of the deliveries are ordered from a cart. \`infra/aws/cost\` has all other assumptions.`,
  ].join('\n');
}

function units({ writeUnits, readUnits }: (typeof MEASURED)['smsLife']): string {
  return `${Math.round(totalOf(writeUnits))} write units and ${Math.round(totalOf(readUnits))} read units`;
}

function dollars(amount: number): string {
  return amount < 10 ? amount.toFixed(1) : thousands(amount);
}

function thousands(count: number): string {
  return Math.round(count).toLocaleString('en');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
