import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { MIGRATIONS } from '../../../src/app.module';
import { orderNumberOf } from '../../../src/kernel/ids';
import { createTable } from '../../../src/platform/dynamo/provision';
import { settingsTable } from '../../../src/platform/shared-settings.schema';
import { FaultProxy, type RequestOutcome } from '../../support/faults/fault-proxy';
import { TestDairy } from '../../support/fixtures/test-dairy';
import { waitUntil } from '../../support/wait-until';

const MIGRATE = 'dist/cli/migrate.js';
const ORDERS = 450;
const HOUR = 3_600_000;

interface StoredOrder {
  readonly orderId: string;
  readonly orderNumber?: string;
}

jest.setTimeout(120_000);

describe('npm run migrate', () => {
  let dairy: TestDairy;
  beforeAll(async () => {
    dairy = TestDairy.unprepared();
    const client = new DynamoDB({ endpoint: process.env.DYNAMODB_ENDPOINT });
    // The others may not exist yet, because a table can be migrated before the deployment.
    for (const table of [settingsTable, ...MIGRATIONS.map((one) => one.table)]) {
      await createTable(client, table, dairy.prefix);
    }
    client.destroy();
    await dairy.putItem('Settings', { name: 'zone', zone: 'Asia/Kolkata' });
    const orders = Array.from({ length: ORDERS }, (_, index): StoredOrder => ({ orderId: `O-OLD-${index}` }));
    await dairy.putItems('Orders', orders);
  });
  afterAll(() => dairy.close());

  const numbered = async () =>
    (await dairy.allStored<StoredOrder>('Orders')).filter(({ orderNumber }) => orderNumber !== undefined);
  const version = async () =>
    (await dairy.allStored<Record<string, unknown>>('Settings')).find(({ name }) => name === 'data');

  it('continues after it was killed between two pages', async () => {
    let pages = 0;
    const proxy = await FaultProxy.start(process.env.DYNAMODB_ENDPOINT as string, (body) =>
      body.includes('"progress"') && ++pages === 2 ? 'request-lost' : 'answered',
    );
    const killed = dairy.command(MIGRATE, { DYNAMODB_ENDPOINT: proxy.url });
    await waitUntil('the end of the second page', () => Promise.resolve(pages === 2));
    await killed.kill();
    await proxy.stop();
    expect(await numbered()).toHaveLength(400);
    expect(await version()).toMatchObject({ version: 0, progress: { read: 200, changed: 200 } });

    // As if it still had its lease, however slow this test is.
    await dairy.putItem('Settings', { ...(await version()), leasedUntil: Date.now() + HOUR });
    const { printed: status } = await dairy.run(MIGRATE, {}, '--status');
    expect(status).toContain(`Data version 0, readable from 0 on. This program has data version ${MIGRATIONS.length}.`);
    expect(status).toContain('Migration 1 is at 200 items.');
    // As if the lease of the killed run had ended.
    await dairy.putItem('Settings', { ...(await version()), leasedUntil: 0 });
    const { printed: later } = await dairy.run(MIGRATE, {}, '--status');
    expect(later).toContain('Migration 1 is interrupted after 200 items.');
    const { code, printed } = await dairy.run(MIGRATE);
    expect([code, printed]).toEqual([
      0,
      expect.stringContaining('Migration 1 (order-numbers) continues after 200 items'),
    ]);
    // The items of the second page were changed by the killed run.
    expect(printed).toContain('Migration 1 (order-numbers) is complete: 250 of 450 items changed');
    const orders = await numbered();
    expect(orders).toHaveLength(ORDERS);
    for (const { orderId, orderNumber } of orders) expect(orderNumber).toBe(orderNumberOf(orderId));
    expect(await version()).toMatchObject({ version: MIGRATIONS.length });
    expect(await version()).not.toHaveProperty('progress');
  });

  it('ends after its current page when it is terminated', async () => {
    await dairy.putItem('Settings', { name: 'data', version: 0, readableFrom: 0 });
    let release: () => void = () => undefined;
    let isHeld = false;
    const held = new Promise<void>((resolve) => (release = resolve));
    const proxy = await FaultProxy.start(
      process.env.DYNAMODB_ENDPOINT as string,
      async (body): Promise<RequestOutcome> => {
        if (body.includes('"progress"')) {
          isHeld = true;
          await held;
        }
        return 'answered';
      },
    );
    const terminated = dairy.command(MIGRATE, { DYNAMODB_ENDPOINT: proxy.url });
    await waitUntil('the end of the first page', () => Promise.resolve(isHeld));
    terminated.signal('SIGTERM');
    await waitUntil('the signal', () => Promise.resolve(terminated.output.includes('Stopping after this page')));
    release();
    const { code, printed } = await terminated.waitForExit();
    expect([code, printed]).toEqual([1, expect.stringContaining('Stopped. Run npm run migrate to continue.')]);
    // The lease has ended, so that the next run need not wait.
    expect(await version()).toEqual({
      ...{ name: 'data', version: 0, readableFrom: 0 },
      progress: { read: 200, changed: 0, cursor: expect.any(String) },
    });
    await proxy.stop();
  });

  it('shows a run that works on its first page', async () => {
    const lease = { run: 'first', leasedUntil: Date.now() + HOUR };
    await dairy.putItem('Settings', { name: 'data', version: 0, readableFrom: 0, ...lease });
    const { printed } = await dairy.run(MIGRATE, {}, '--status');
    expect(printed).toContain('Migration 1 is at 0 items.');
  });

  it('ends at once at a second signal, even another one', async () => {
    await dairy.putItem('Settings', { name: 'data', version: 0, readableFrom: 0 });
    let isHeld = false;
    const proxy = await FaultProxy.start(process.env.DYNAMODB_ENDPOINT as string, (body) => {
      isHeld ||= body.includes('"progress"');
      return isHeld ? 'request-lost' : 'answered';
    });
    const terminated = dairy.command(MIGRATE, { DYNAMODB_ENDPOINT: proxy.url });
    await waitUntil('the end of the first page', () => Promise.resolve(isHeld));
    terminated.signal('SIGINT');
    await waitUntil('the signal', () => Promise.resolve(terminated.output.includes('Stopping after this page')));
    const { code, printed } = await terminated.kill('SIGTERM');
    expect(code).toBeUndefined();
    expect(printed).not.toContain('Stopped.');
    await proxy.stop();
  });
});
