import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { addDays, addMinutes, Calendar, type LocalDate } from '../../../src/kernel/calendar';
import { PLATFORM_SETTINGS } from '../../../src/platform/config/platform.settings';
import type { PendingJob } from '../../../src/platform/jobs/pending-job';
import { SUBSCRIPTION_SETTINGS } from '../../../src/modules/subscription/subscription.settings';
import { Configuration } from '../../../src/platform/config/configuration';
import { LoadClient } from '../load.mts';
import { freePort, MeasuredProcess, type ProcessMetrics, waitUntilReady } from '../processes.mts';
import { clear, seed } from './seed';
import type { PaymentMix, SubscriptionSet } from './subscription-set';
import type { BenchTables, Environment } from './tables';

/** What is measured at a time: so many orders of one evening, made by so many processes. */
export interface BenchmarkCase {
  readonly orders: number;
  readonly processes: number;
  readonly payment: PaymentMix;
  /** So many are made before, for V8 to have compiled what is hot. */
  readonly warmUp: number;
}

/** What it has cost; calls and CPU of all processes together, memory of the largest. */
export interface Measurement {
  readonly seconds: number;
  readonly cpuMs: number;
  readonly calls: number;
  readonly idleMb: number;
  readonly peakMb: number;
}

/** What it takes to say what tomorrow's evening will be. */
export interface ForecastCost {
  readonly previewSeconds: number;
  readonly demandSeconds: number;
  readonly peakMb: number;
}

const WITHOUT_RELAY = join(__dirname, 'without-relay.cjs');
const TYPESCRIPT_PRELOAD = join(__dirname, '../../support/typescript.cjs');
const POLL_INTERVAL_MILLISECONDS = 100;
/** A run moves with its shards, and those of a large evening take minutes. */
const STUCK_AFTER_MILLISECONDS = 600_000;
/** After the cutoff, when the orders are due for sure. */
const AFTER_CUTOFF_MINUTES = 3;
const DAYS_AHEAD = 7;

/** Has workers of the built program make the orders of an evening, from the creation of its run until it is complete. */
export async function measureGeneration(
  { orders, payment, processes, warmUp }: BenchmarkCase,
  tables: BenchTables,
): Promise<[Measurement, ForecastCost]> {
  const ports = await Promise.all(Array.from({ length: processes }, freePort));
  const workers = ports.map((port) =>
    MeasuredProcess.start('dist/main.js', {
      ...tables.env,
      ...preload(WITHOUT_RELAY),
      PORT: String(port),
      APP_ROLES: 'api,worker',
    }),
  );
  try {
    await Promise.all(ports.map((port) => waitUntilReady(`http://127.0.0.1:${port}/health/ready`)));
    const adminClient = new GenerationAdminClient(ports[0] as number, tables);
    const first = addDays((await tables.lastRun()).date, 1);
    const warmUpOrders: SubscriptionSet = { first: orders, count: warmUp, payment, from: first };
    await seed(tables.document, tables.prefix, warmUpOrders);
    await adminClient.runGeneration(warmUpOrders, () => measureAll(workers));
    await clear(tables.document, tables.prefix, warmUpOrders);

    const due: SubscriptionSet = { first: 0, count: orders, payment, from: addDays(first, 1) };
    await seed(tables.document, tables.prefix, due);
    const figures = await adminClient.runGeneration(due, () => measureAll(workers));
    const forecast = await adminClient.measureForecasts(due);
    return [figures, { ...forecast, peakMb: peakOf(await measureAll(workers)) }];
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
  }
}

/** Has bare clients write the same items in the same batches. */
export async function measureBaseline(
  { orders, payment, processes, warmUp }: BenchmarkCase,
  tables: BenchTables,
): Promise<Measurement> {
  const from = '2026-11-23';
  await seed(tables.document, tables.prefix, { first: 0, count: orders + warmUp, payment, from });
  const env = { ...tables.env, ...preload(TYPESCRIPT_PRELOAD) };
  const clients = Array.from({ length: processes }, (_, part) => {
    const numbers = [0, orders, warmUp, part, processes].map(String);
    return MeasuredProcess.start('test/bench/generation/baseline.ts', env, ...numbers, payment, from);
  });
  try {
    await Promise.all(clients.map((client) => client.nextMessage()));
    const before = await measureAll(clients);
    const startedAt = performance.now();
    for (const client of clients) client.send('begin');
    await Promise.all(clients.map((client) => client.nextMessage()));
    const seconds = (performance.now() - startedAt) / 1_000;
    return { seconds, ...costOf(before, await measureAll(clients)) };
  } finally {
    await Promise.all(clients.map((client) => client.stop()));
  }
}

/** What an admin does of an evening. */
class GenerationAdminClient {
  private readonly calendar;
  private readonly cutoffTime;

  constructor(
    private readonly port: number,
    private readonly tables: BenchTables,
  ) {
    const configuration = Configuration.read();
    this.calendar = new Calendar(configuration.get(PLATFORM_SETTINGS).zone);
    this.cutoffTime = configuration.get(SUBSCRIPTION_SETTINGS).cutoffTime;
  }

  /** The cutoff passes, and all that was wished for becomes an order. */
  async runGeneration(
    { from: date, count }: SubscriptionSet,
    measure: () => Promise<ProcessMetrics[]>,
  ): Promise<Measurement> {
    const admin = await this.admin();
    const before = await measure();
    const startedAt = Date.now();
    const cutoff = this.calendar.instantAt(addDays(date, -1), this.cutoffTime);
    await admin.send('PUT', '/admin/clock', { now: addMinutes(cutoff, AFTER_CUTOFF_MINUTES) });
    const { counts, movedAt } = await this.waitUntilComplete(date);
    const after = await measure();
    if (counts.ORDERED !== count) throw new Error(`${counts.ORDERED} of ${count} orders were made`);
    return { seconds: (movedAt - startedAt) / 1_000, ...costOf(before, after) };
  }

  /** What the next date will bring, and the week that begins with it. */
  async measureForecasts({ from, count }: SubscriptionSet): Promise<Omit<ForecastCost, 'peakMb'>> {
    const admin = await this.admin();
    const next = addDays(from, 1);
    const last = addDays(next, DAYS_AHEAD - 1);
    const [previewSeconds, { counts }] = await timed(() =>
      getWhenReady<{ counts: Record<string, number> }>(admin, `/admin/generation/preview?date=${next}`),
    );
    if (counts.ORDERED !== count) throw new Error(`${counts.ORDERED} of ${count} orders are foreseen`);
    const [demandSeconds] = await timed(() => getWhenReady(admin, `/admin/demand?from=${next}&to=${last}`));
    return { previewSeconds, demandSeconds };
  }

  /** The token does not last for as long as a hundred thousand are seeded. */
  private async admin(): Promise<LoadClient> {
    const { accessToken } = await new LoadClient(this.port).send<{ accessToken: string }>('POST', '/user/login', {
      email: 'admin@milkround.test',
      password: process.env.DEMO_PASSWORD ?? 'milkround-demo',
    });
    return new LoadClient(this.port, accessToken);
  }

  private async waitUntilComplete(date: LocalDate) {
    for (;;) {
      const run = await this.tables.lastRun();
      if (run.date === date && run.status !== 'RUNNING') return run;
      if (Date.now() - run.movedAt > STUCK_AFTER_MILLISECONDS) throw new Error('The run does not get on');
      await pause(POLL_INTERVAL_MILLISECONDS);
    }
  }
}

function preload(file: string): Environment {
  return { NODE_OPTIONS: `--require "${file}"` };
}

/** Asks again for what takes the program longer than a request may. */
async function getWhenReady<T extends object>(admin: LoadClient, path: string): Promise<T> {
  for (;;) {
    const response = await admin.send<T | PendingJob['body']>('GET', path);
    if (!('message' in response)) return response;
    await pause(POLL_INTERVAL_MILLISECONDS);
  }
}

async function timed<T>(work: () => Promise<T>): Promise<[seconds: number, result: T]> {
  const startedAt = performance.now();
  const result = await work();
  return [(performance.now() - startedAt) / 1_000, result];
}

function peakOf(measures: readonly ProcessMetrics[]): number {
  return Math.max(...measures.map(({ peakMb }) => peakMb));
}

async function measureAll(processes: readonly MeasuredProcess[]): Promise<ProcessMetrics[]> {
  return Promise.all(processes.map((one) => one.measure()));
}

function costOf(before: readonly ProcessMetrics[], after: readonly ProcessMetrics[]): Omit<Measurement, 'seconds'> {
  const sum = (of: (measure: ProcessMetrics) => number) =>
    after.reduce((total, measure) => total + of(measure), 0) -
    before.reduce((total, measure) => total + of(measure), 0);
  return {
    cpuMs: sum(({ cpuMs }) => cpuMs),
    calls: sum(({ calls }) => calls),
    idleMb: Math.max(...before.map(({ rssMb }) => rssMb)),
    peakMb: peakOf(after),
  };
}
