import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { addDays, addMinutes, Calendar, type LocalDate } from '../../../src/kernel/calendar';
import { readConfig } from '../../../src/platform/config/config';
import type { ResponsePending } from '../../../src/platform/http/async-responses';
import { Caller } from '../load.mts';
import { freePort, type Measure, Measured, untilReady } from '../processes.mts';
import { clear, seed } from './seed';
import type { Payment, StandingOrders } from './standing-orders';
import type { Environment, Tables } from './tables';

/** What is measured at a time: so many orders of one evening, made by so many processes. */
export interface Setting {
  readonly orders: number;
  readonly processes: number;
  readonly payment: Payment;
  /** So many are made before, for V8 to have compiled what is hot. */
  readonly warmUp: number;
}

/** What it has cost; calls and CPU of all processes together, memory of the largest. */
export interface Figures {
  readonly seconds: number;
  readonly cpuMs: number;
  readonly calls: number;
  readonly idleMb: number;
  readonly peakMb: number;
}

/** What it takes to say what tomorrow's evening will be. */
export interface Outlook {
  readonly previewSeconds: number;
  readonly demandSeconds: number;
  readonly peakMb: number;
}

const UNRELAYED = join(__dirname, 'unrelayed.cjs');
const TYPESCRIPT = join(__dirname, '../../support/typescript.cjs');
const LOOK_AGAIN_MILLISECONDS = 100;
/** A run moves with its shards, and those of a large evening take minutes. */
const STUCK_AFTER_MILLISECONDS = 600_000;
/** After the cutoff, when the orders are due for sure. */
const AFTER_CUTOFF_MINUTES = 3;
const DAYS_AHEAD = 7;

/** Has workers of the built program make the orders of an evening, from the creation of its run until it is complete. */
export async function generate(
  { orders, payment, processes, warmUp }: Setting,
  tables: Tables,
): Promise<[Figures, Outlook]> {
  const ports = await Promise.all(Array.from({ length: processes }, freePort));
  const workers = ports.map((port) =>
    Measured.start('dist/main.js', {
      ...tables.env,
      ...preloading(UNRELAYED),
      PORT: String(port),
      APP_ROLES: 'api,worker',
    }),
  );
  try {
    await Promise.all(ports.map((port) => untilReady(`http://127.0.0.1:${port}/health/ready`)));
    const dairy = new Dairy(ports[0] as number, tables);
    const first = addDays((await tables.lastRun()).date, 1);
    const rehearsal: StandingOrders = { first: orders, count: warmUp, payment, from: first };
    await seed(tables.document, tables.prefix, rehearsal);
    await dairy.evening(rehearsal, () => measureAll(workers));
    await clear(tables.document, tables.prefix, rehearsal);

    const due: StandingOrders = { first: 0, count: orders, payment, from: addDays(first, 1) };
    await seed(tables.document, tables.prefix, due);
    const figures = await dairy.evening(due, () => measureAll(workers));
    const asked = await dairy.asksAhead(due);
    return [figures, { ...asked, peakMb: peakOf(await measureAll(workers)) }];
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

/** Has bare clients write the same items in the same batches. */
export async function writeBare({ orders, payment, processes, warmUp }: Setting, tables: Tables): Promise<Figures> {
  const from = '2026-11-23';
  await seed(tables.document, tables.prefix, { first: 0, count: orders + warmUp, payment, from });
  const env = { ...tables.env, ...preloading(TYPESCRIPT) };
  const clients = Array.from({ length: processes }, (_, part) => {
    const numbers = [0, orders, warmUp, part, processes].map(String);
    return Measured.start('test/bench/generation/bare.ts', env, ...numbers, payment, from);
  });
  try {
    await Promise.all(clients.map((client) => client.message()));
    const before = await measureAll(clients);
    const began = performance.now();
    for (const client of clients) client.tell('begin');
    await Promise.all(clients.map((client) => client.message()));
    const seconds = (performance.now() - began) / 1_000;
    return { seconds, ...costOf(before, await measureAll(clients)) };
  } finally {
    await Promise.all(clients.map((client) => client.stop()));
  }
}

/** What an admin does of an evening. */
class Dairy {
  private readonly calendar;
  private readonly cutoffTime;

  constructor(
    private readonly port: number,
    private readonly tables: Tables,
  ) {
    const { zone, cutoffTime } = readConfig();
    this.calendar = new Calendar(zone);
    this.cutoffTime = cutoffTime;
  }

  /** The cutoff passes, and all that was wished for becomes an order. */
  async evening({ from: date, count }: StandingOrders, measure: () => Promise<Measure[]>): Promise<Figures> {
    const admin = await this.admin();
    const before = await measure();
    const began = Date.now();
    const cutoff = this.calendar.instantAt(addDays(date, -1), this.cutoffTime);
    await admin.send('PUT', '/admin/clock', { now: addMinutes(cutoff, AFTER_CUTOFF_MINUTES) });
    const { counts, movedAt } = await this.untilComplete(date);
    const after = await measure();
    if (counts.ORDERED !== count) throw new Error(`${counts.ORDERED} of ${count} orders were made`);
    return { seconds: (movedAt - began) / 1_000, ...costOf(before, after) };
  }

  /** What the next date will bring, and the week that begins with it. */
  async asksAhead({ from, count }: StandingOrders): Promise<Omit<Outlook, 'peakMb'>> {
    const admin = await this.admin();
    const next = addDays(from, 1);
    const last = addDays(next, DAYS_AHEAD - 1);
    const [previewSeconds, { counts }] = await timed(() =>
      answered<{ counts: Record<string, number> }>(admin, `/admin/generation/preview?date=${next}`),
    );
    if (counts.ORDERED !== count) throw new Error(`${counts.ORDERED} of ${count} orders are foreseen`);
    const [demandSeconds] = await timed(() => answered(admin, `/admin/demand?from=${next}&to=${last}`));
    return { previewSeconds, demandSeconds };
  }

  /** The token does not last for as long as a hundred thousand are seeded. */
  private async admin(): Promise<Caller> {
    const { accessToken } = await new Caller(this.port).send<{ accessToken: string }>('POST', '/user/login', {
      email: 'admin@milkround.test',
      password: process.env.DEMO_PASSWORD ?? 'milkround-demo',
    });
    return new Caller(this.port, accessToken);
  }

  private async untilComplete(date: LocalDate) {
    for (;;) {
      const run = await this.tables.lastRun();
      if (run.date === date && run.status !== 'RUNNING') return run;
      if (Date.now() - run.movedAt > STUCK_AFTER_MILLISECONDS) throw new Error('The run does not get on');
      await pause(LOOK_AGAIN_MILLISECONDS);
    }
  }
}

function preloading(file: string): Environment {
  return { NODE_OPTIONS: `--require "${file}"` };
}

/** Asks again for what takes the program longer than a request may. */
async function answered<T extends object>(admin: Caller, path: string): Promise<T> {
  for (;;) {
    const answer = await admin.send<T | ResponsePending>('GET', path);
    if (!('message' in answer)) return answer;
    await pause(LOOK_AGAIN_MILLISECONDS);
  }
}

async function timed<T>(work: () => Promise<T>): Promise<[seconds: number, result: T]> {
  const began = performance.now();
  const result = await work();
  return [(performance.now() - began) / 1_000, result];
}

function peakOf(measures: readonly Measure[]): number {
  return Math.max(...measures.map(({ peakMb }) => peakMb));
}

async function measureAll(processes: readonly Measured[]): Promise<Measure[]> {
  return Promise.all(processes.map((one) => one.measure()));
}

function costOf(before: readonly Measure[], after: readonly Measure[]): Omit<Figures, 'seconds'> {
  const sum = (of: (measure: Measure) => number) =>
    after.reduce((total, measure) => total + of(measure), 0) -
    before.reduce((total, measure) => total + of(measure), 0);
  return {
    cpuMs: sum(({ cpuMs }) => cpuMs),
    calls: sum(({ calls }) => calls),
    idleMb: Math.max(...before.map(({ rssMb }) => rssMb)),
    peakMb: peakOf(after),
  };
}
