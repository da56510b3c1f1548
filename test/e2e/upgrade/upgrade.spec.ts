import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MIGRATIONS } from '../../../src/app.module';
import { addMinutes, millisecondsOf } from '../../../src/kernel/calendar';
import { orderNumberOf } from '../../../src/kernel/ids';
import { PLATFORM_SETTINGS } from '../../../src/platform/config/platform.settings';
import { Configuration } from '../../../src/platform/config/configuration';
import { createTables } from '../../../src/platform/dynamo/provision';
import { declaredQueues } from '../../../src/platform/queue/declare-queue';
import { provisionQueues } from '../../../src/platform/queue/provision';
import { declaredBuckets } from '../../../src/platform/storage/declare-bucket';
import { provisionBuckets } from '../../../src/platform/storage/provision';
import type { Order } from '../../../src/modules/order';
import { GenerationAdmin } from '../../chaos/generation-admin';
import { brokenGenerationInvariants } from '../../support/invariants/generation-invariants';
import { moneyViolations } from '../../support/invariants/money-invariant';
import type { Program } from '../../support/program';
import { TestDairy } from '../../support/fixtures/test-dairy';
import { createTablesOf, dataVersionOf, readRelease, unpackProgram, writeTables } from './release';

const TIMEOUT_MILLISECONDS = 120_000;
const ROOT = join(__dirname, '../../..');
/** Inside the repository, where the old program finds the installed packages. */
const CACHE = join(ROOT, '.cache/upgrade');
const MIGRATE = 'dist/cli/migrate.js';
const newest = MIGRATIONS.length;

jest.setTimeout(2 * TIMEOUT_MILLISECONDS);

/** The last release fills the tables, then it and this version serve together through an evening. */
describe('an upgrade from 0.1.0, as built before migrations', () => {
  const release = readRelease('0.1.0');
  const { date, stoppedAt, orderId } = release;
  const from = dataVersionOf(release);
  const pending = MIGRATIONS.slice(from);
  let directory: string;
  let dairy: TestDairy;
  let old: Program;
  let current: Program;
  let generation: GenerationAdmin;

  beforeAll(async () => {
    mkdirSync(CACHE, { recursive: true });
    directory = mkdtempSync(join(CACHE, `${release.version}-`));
    unpackProgram(release, directory);
    dairy = TestDairy.unprepared();
    const configuration = Configuration.read({ ...process.env, TABLE_PREFIX: dairy.prefix });
    const config = configuration.get(PLATFORM_SETTINGS);
    const client = new DynamoDB({ endpoint: process.env.DYNAMODB_ENDPOINT });
    await Promise.all([
      createTables(client, dairy.prefix),
      provisionQueues(config, declaredQueues(configuration)),
      provisionBuckets(config, declaredBuckets(configuration)),
    ]);
    await createTablesOf(directory, dairy.prefix);
    const tables = release.version === '0.1.0' ? withoutOrderNumbers(release.tables) : release.tables;
    await writeTables(client, dairy.prefix, { ...release, tables });
    client.destroy();
    await dairy.putItem('Settings', { name: 'clock', ahead: millisecondsOf(stoppedAt) - Date.now() });
    old = await dairy.start({}, undefined, relative(ROOT, join(directory, 'main.js')));
  });
  afterAll(async () => {
    await dairy?.close();
    rmSync(directory, { recursive: true });
  });

  it('has tables that are not empty', () => {
    const { Subscriptions, Orders, Wallets, Invoices, Outbox } = release.tables;
    for (const items of [Subscriptions, Orders, Wallets, Invoices, Outbox]) expect(items?.length).toBeGreaterThan(0);
  });

  it('does not start this version before the tables are migrated', async () => {
    if (pending.length === 0) return;
    const { code, printed } = await (await dairy.launch()).waitForExit();
    expect([code, printed]).toEqual([
      1,
      expect.stringContaining(`The tables have data version ${from}, and this program`),
    ]);
    expect(printed).toContain('Run npm run migrate.');
  });

  it('migrates the tables while the old version serves', async () => {
    const status = await dairy.run(MIGRATE, {}, '--status');
    expect(status).toEqual({ code: 0, printed: expect.stringContaining(`Data version ${from}, readable from `) });
    const { printed: dryRun } = await dairy.run(MIGRATE, {}, '--dry-run');
    for (const { number, name } of pending) {
      expect(dryRun).toMatch(
        new RegExp(`^Migration ${number} \\(${name}\\) would run: [1-9]\\d* of \\d+ items changed$`, 'm'),
      );
    }
    const migrated = await dairy.run(MIGRATE);
    expect(migrated).toEqual({ code: 0, printed: expect.stringContaining(`Data version ${newest}, readable from`) });
    current = await dairy.start();
    generation = new GenerationAdmin(dairy, current, TIMEOUT_MILLISECONDS);
    const found = await dairy.as('ADMIN', current).get('/admin/orders', { number: orderNumberOf(orderId) });
    expect(found.body).toMatchObject([{ orderId, status: 'DELIVERED' }]);
  });

  it('refuses options that npm run migrate does not have', async () => {
    expect(await dairy.run(MIGRATE, {}, '--force')).toEqual({
      code: 1,
      printed: 'Invalid arguments. Run npm run migrate [-- --status | --dry-run].\n',
    });
  });

  it('lets customers use both versions', async () => {
    const customer = dairy.as('CUSTOMER', old);
    for (const [one, other] of [
      [old, current],
      [current, old],
    ] as const) {
      const deliverySlot = addMinutes(stoppedAt, 6 * 60);
      const order = { cartItems: [{ productId: 'P-MILK-COW-500', qty: 1 }], deliverySlot, address: '12 Dairy Lane' };
      const placed = await customer.at(one).post('/order/create', order);
      expect([placed.status, placed.body]).toEqual([201, expect.objectContaining({ status: 'CREATED' })]);
      const tracked = await customer.at(other).get('/order/track', { orderId: placed.body.orderId });
      expect([tracked.status, tracked.body.orderId]).toEqual([200, placed.body.orderId]);
    }
  });

  it('generates each daily order once while both versions serve', async () => {
    await generation.moveClockAt([old, current], addMinutes(generation.cutoffOf(date), 3));
    expect(await generation.waitForCompletion(date)).toMatchObject({ status: 'COMPLETED', faults: 0 });
    await Promise.all([old, current].map((program) => dairy.settled(program, TIMEOUT_MILLISECONDS)));

    const outcomes = await generation.outcomesOf(date);
    const found = [...outcomes.values()].map(({ subscriptionId, outcome }) => [subscriptionId, outcome]);
    expect(Object.fromEntries(found)).toEqual(release.outcomes);
    const orders = (await dairy.allStored<Order>('Orders')).filter(
      ({ subscriptionId, deliverySlot }) => subscriptionId !== undefined && generation.dateOf(deliverySlot) === date,
    );
    const ordered = Object.entries(release.outcomes).filter(([, outcome]) => outcome === 'ORDERED');
    expect(orders.map(({ subscriptionId }) => subscriptionId).sort()).toEqual(ordered.map(([id]) => id).sort());
  });

  it('delivers the events that the old version left', async () => {
    const left = (release.tables.Outbox ?? []).flatMap(
      ({ events }) => events?.L?.map((one) => one.M?.eventId?.S) ?? [],
    );
    const delivered = (await dairy.allStored<{ eventId: string }>('AnalyticsEvents')).map(({ eventId }) => eventId);
    expect(left.length).toBeGreaterThan(0);
    expect(delivered).toEqual(expect.arrayContaining(left));
  });

  it('keeps the books and all invariants', async () => {
    expect(await brokenGenerationInvariants((table) => dairy.allStored(table), release.stock)).toEqual([]);
    expect(await moneyViolations((table) => dairy.allStored(table))).toEqual([]);
    expect(await generation.reconcile()).toMatchObject({ balanced: true, violations: [] });
  });

  it('can be rolled back', async () => {
    await current.kill('SIGTERM');
    const restarted = await dairy.start({}, undefined, relative(ROOT, join(directory, 'main.js')));
    const { status } = await dairy.as('ADMIN', restarted).get('/order/track', { orderId });
    expect(status).toBe(200);
  });
});

/** Orders as they were stored before order numbers. The program of the file 0.1.0 already gave them numbers. */
function withoutOrderNumbers(tables: ReturnType<typeof readRelease>['tables']): typeof tables {
  const { Orders: orders = [] } = tables;
  return { ...tables, Orders: orders.map(({ orderNumber: _, ...order }) => order) };
}
