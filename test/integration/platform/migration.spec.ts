import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { randomBytes } from 'node:crypto';
import { MIGRATIONS } from '../../../src/app.module';
import { Clock } from '../../../src/platform/clock';
import { createDocumentClient } from '../../../src/platform/dynamo/client';
import { Database } from '../../../src/platform/dynamo/database';
import { createTable } from '../../../src/platform/dynamo/provision';
import { declareTable, declaredTables, type TableDeclaration } from '../../../src/platform/dynamo/table';
import { put, remove, type Item } from '../../../src/platform/dynamo/write';
import { DataVersionRepository, LeaseTaken } from '../../../src/platform/migration/data-version.repository';
import { type Migration, newestVersionOf } from '../../../src/platform/migration/migration';
import { MigrationRunner } from '../../../src/platform/migration/migration-runner';
import { settingsTable } from '../../../src/platform/shared-settings.schema';
import { FaultProxy, type RequestOutcome } from '../../support/faults/fault-proxy';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

const ITEMS = 450;
const BATCH_SIZE = 25;
const MINUTE = 60_000;

const items = declareTable('MigratedItems', {
  part: { type: String, hashKey: true },
  number: { type: Number, rangeKey: true },
});

describe('migrations', () => {
  let client: DynamoDB;
  let prefix: string;
  let database: Database;
  let clock: ManualRealClock;
  let reported: string[];
  /** The keys of the items that the migration has seen, in order. */
  let seen: number[];
  /** Called for each item before its change. */
  let onItem: (key: number) => void;

  beforeAll(() => {
    client = new DynamoDB({ endpoint: process.env.DYNAMODB_ENDPOINT });
  });
  afterAll(() => client.destroy());

  beforeEach(async () => {
    prefix = `m${randomBytes(5).toString('hex')}-`;
    const document = createDocumentClient(client);
    database = new Database(document, prefix);
    clock = new ManualRealClock();
    await Promise.all([settingsTable, items].map((table) => createTable(client, table, prefix)));
    const puts = Array.from({ length: ITEMS }, (_, number) => ({
      PutRequest: { Item: { part: 'A', number, legacy: true } },
    }));
    for (let from = 0; from < ITEMS; from += BATCH_SIZE) {
      const RequestItems = { [nameOf(items)]: puts.slice(from, from + BATCH_SIZE) };
      await document.send(new BatchWriteCommand({ RequestItems }));
    }
    await store({ name: 'zone', zone: 'Asia/Kolkata' });
    [reported, seen, onItem] = [[], [], () => undefined];
  });

  const nameOf = (table: TableDeclaration) => database.tableName(table);
  const store = (setting: object) => database.write(put(nameOf(settingsTable), setting));
  const versions = () => new DataVersionRepository(database);
  const stored = async () => (await database.scanPage<Item>(nameOf(items), { limit: 1_000 })).items;
  const lease = () => ({ now: clock.realNow(), until: clock.realNow() + MINUTE });
  const unchanged = async () => (await stored()).filter((item) => item.legacy === true).length;

  function migration(number: number, changes: Partial<Migration> = {}): Migration {
    return {
      number,
      name: `step-${number}`,
      readableFrom: 0,
      table: items,
      changeOf: ({ number: key, legacy }) => {
        seen.push(key as number);
        onItem(key as number);
        return legacy === true
          ? { set: { step: number }, remove: ['legacy'], condition: 'attribute_exists(legacy)' }
          : undefined;
      },
      ...changes,
    };
  }

  const runner = (...migrations: readonly Migration[]) =>
    new MigrationRunner(database, clock, migrations, (line) => reported.push(line));

  /** Migrates with a connection to the database in which a test decides the outcome of every request. */
  async function migrateThrough(decide: Parameters<typeof FaultProxy.start>[1], migrated: Migration): Promise<void> {
    const proxy = await FaultProxy.start(process.env.DYNAMODB_ENDPOINT as string, decide);
    const faulty = new DynamoDB({ endpoint: proxy.url, maxAttempts: 3 });
    try {
      const through = new Database(createDocumentClient(faulty), prefix);
      await new MigrationRunner(through, clock, [migrated], (line) => reported.push(line)).migrate();
    } finally {
      faulty.destroy();
      await proxy.stop();
    }
  }

  const isChangeOf = (body: string, key: number) =>
    body.includes(`"TableName":"${nameOf(items)}"`) &&
    body.includes(`"Key":{"part":{"S":"A"},"number":{"N":"${key}"}}`);
  /** Changes only these items. */
  const changing = (...keys: readonly number[]) =>
    migration(1, {
      changeOf: ({ number }) =>
        keys.includes(number as number) ? { set: { step: 1 }, condition: 'attribute_not_exists(step)' } : undefined,
    });

  it('rewrite each item, and record the version', async () => {
    await runner(migration(1)).migrate();
    expect(await unchanged()).toBe(0);
    expect(await versions().find()).toEqual({ name: 'data', version: 1, readableFrom: 0 });
    expect(reported).toEqual([
      'Migration 1 (step-1) starts',
      `Migration 1 (step-1) is complete: ${ITEMS} of ${ITEMS} items changed`,
    ]);
  });

  it('do nothing a second time', async () => {
    await runner(migration(1)).migrate();
    seen = [];
    await runner(migration(1)).migrate();
    expect(seen).toEqual([]);
  });

  it('run in the order of their numbers, each once', async () => {
    await runner(migration(1)).migrate();
    await runner(migration(1), migration(2), migration(3, { changeOf: () => undefined })).migrate();
    expect(reported.filter((line) => line.endsWith('starts'))).toEqual([
      'Migration 1 (step-1) starts',
      'Migration 2 (step-2) starts',
      'Migration 3 (step-3) starts',
    ]);
    expect((await versions().find())?.version).toBe(3);
  });

  it('continue at the page where a run failed', async () => {
    onItem = (key) => {
      if (key === 250) throw new Error('The disk is full');
    };
    await expect(runner(migration(1)).migrate()).rejects.toThrow(
      'Migration 1 (step-1) failed after 200 items: Error: The disk is full. Run npm run migrate to continue.',
    );
    expect(await versions().find()).toEqual({
      ...{ name: 'data', version: 0, readableFrom: 0 },
      progress: { read: 200, changed: 200, cursor: expect.any(String) },
    });

    [seen, onItem] = [[], () => undefined];
    await runner(migration(1)).migrate();
    expect(Math.min(...seen)).toBe(200);
    expect(await unchanged()).toBe(0);
    expect(await versions().find()).toEqual({ name: 'data', version: 1, readableFrom: 0 });
  });

  it('stop after the current page when the run is told to, and continue there', async () => {
    const controller = new AbortController();
    onItem = () => controller.abort();
    await expect(runner(migration(1)).migrate({ signal: controller.signal })).rejects.toThrow('Stopped.');
    expect(await unchanged()).toBe(ITEMS - 200);
    seen = [];
    await runner(migration(1)).migrate();
    expect(seen).toHaveLength(ITEMS - 200);
  });

  it('take over from a run that was killed, once its lease has ended', async () => {
    await versions().claim('killed', { now: clock.realNow(), until: clock.realNow() + MINUTE });
    const running = runner(migration(1)).migrate();
    await waitUntil('the runner to wait', () => Promise.resolve(reported.length > 0));
    expect(reported).toEqual(['Another run is at work. Waiting for it']);
    expect(seen).toEqual([]);
    clock.advance(MINUTE + 1);
    await running;
    expect(await unchanged()).toBe(0);
  });

  it('are run by one of several runners at once', async () => {
    await Promise.all([1, 2, 3].map(() => runner(migration(1), migration(2)).migrate()));
    expect(reported.filter((line) => line.includes('starts'))).toHaveLength(2);
    expect(seen).toHaveLength(2 * ITEMS);
  });

  it('stop a run whose lease another one has taken', async () => {
    await versions().claim('slow', lease());
    clock.advance(MINUTE + 1);
    await versions().claim('next', lease());
    const progress = { read: 1, changed: 1 };
    await expect(versions().advance('slow', progress, lease().until)).rejects.toThrow(LeaseTaken);
    await expect(versions().complete('slow', 1)).rejects.toThrow(LeaseTaken);
    await expect(versions().release('slow')).rejects.toThrow(LeaseTaken);
    expect(await versions().find()).toMatchObject({ version: 0, run: 'next' });
  });

  it('keep what the program has changed meanwhile', async () => {
    const changeOf = ({ number }: Item) =>
      number === 7 ? { set: { step: 1 }, condition: 'attribute_not_exists(legacy)' } : undefined;
    await runner(migration(1, { changeOf })).migrate();
    expect((await stored())[7]).toEqual({ part: 'A', number: 7, legacy: true });
    expect(reported.at(-1)).toBe(`Migration 1 (step-1) is complete: 0 of ${ITEMS} items changed`);
  });

  it('do not bring back an item that was deleted meanwhile', async () => {
    await migrateThrough(async (body): Promise<RequestOutcome> => {
      if (isChangeOf(body, 7)) await database.write(remove(nameOf(items), { part: 'A', number: 7 }));
      return 'answered';
    }, changing(7));
    expect(await stored()).toHaveLength(ITEMS - 1);
    expect(reported.at(-1)).toBe(`Migration 1 (step-1) is complete: 0 of ${ITEMS} items changed`);
  });

  it('repeat a page after an outage', async () => {
    let changes = 0;
    await migrateThrough((body) => (isChangeOf(body, 7) && ++changes <= 3 ? 'unavailable' : 'answered'), changing(7));
    expect(changes).toBe(4);
    expect(reported.at(-1)).toBe(`Migration 1 (step-1) is complete: 1 of ${ITEMS} items changed`);
  });

  it('do not repeat a page after the lease has ended', async () => {
    let changes = 0;
    const migrating = migrateThrough((body) => {
      if (!isChangeOf(body, 7)) return 'answered';
      if (++changes === 3) clock.advance(MINUTE + 1);
      return 'unavailable';
    }, changing(7));
    await expect(migrating).rejects.toThrow('Migration 1 (step-1) failed after 0 items');
    expect(changes).toBe(3);
  });

  it('keep the lease until all writes of a failed page have ended', async () => {
    let isLeased: boolean | undefined;
    const migrating = migrateThrough(
      async (body) => {
        if (isChangeOf(body, 3)) return 'forbidden';
        if (isChangeOf(body, 7)) {
          // The lease would end meanwhile.
          for (let reads = 0; reads < 50; reads++) isLeased = (await versions().find())?.run !== undefined;
        }
        return 'answered';
      },
      changing(3, 7),
    );
    await expect(migrating).rejects.toThrow('Migration 1 (step-1) failed after 0 items: AccessDeniedException');
    expect(isLeased).toBe(true);
  });

  it('tell why a page failed, even if the lease cannot be ended', async () => {
    onItem = (key) => {
      if (key === 250) throw new Error('The page failed', { cause: new Error('The disk is full') });
    };
    const migrating = migrateThrough((body) => (body.includes('REMOVE #run') ? 'forbidden' : 'answered'), migration(1));
    await expect(migrating).rejects.toThrow(
      'Migration 1 (step-1) failed after 200 items: Error: The page failed (Error: The disk is full). Run npm run migrate',
    );
  });

  it('name the migration whose progress could not be recorded', async () => {
    const migrating = migrateThrough((body) => (body.includes('"progress"') ? 'forbidden' : 'answered'), migration(1));
    await expect(migrating).rejects.toThrow('Migration 1 (step-1) failed after 200 items: AccessDeniedException');
  });

  it('stop between two migrations when the run is told to', async () => {
    const controller = new AbortController();
    onItem = (key) => {
      if (key === ITEMS - 1) controller.abort();
    };
    const stopped = runner(migration(1), migration(2)).migrate({ signal: controller.signal });
    await expect(stopped).rejects.toThrow('Stopped.');
    expect(await versions().find()).toEqual({ name: 'data', version: 1, readableFrom: 0 });
    expect(reported).not.toContain('Migration 2 (step-2) starts');
  });

  it('give a run its lease again if it repeats its claim', async () => {
    await versions().claim('run', lease());
    await expect(versions().claim('run', lease())).resolves.toMatchObject({ version: 0, run: 'run' });
  });

  it('change nothing in a dry run', async () => {
    await runner(migration(1)).migrate({ dryRun: true });
    expect(await unchanged()).toBe(ITEMS);
    expect(await versions().find()).toEqual({ version: 0, readableFrom: 0 });
    expect(reported).toEqual([`Migration 1 (step-1) would run: ${ITEMS} of ${ITEMS} items changed`]);
  });

  it('leave a new installation alone', async () => {
    const prefix = `m${randomBytes(5).toString('hex')}-`;
    await createTable(client, settingsTable, prefix);
    const empty = new Database(createDocumentClient(client), prefix);
    await new MigrationRunner(empty, clock, [migration(1)], (line) => reported.push(line)).migrate();
    expect([reported, await new DataVersionRepository(empty).find()]).toEqual([[], undefined]);
  });

  it('say from their first page on which programs can read the data', async () => {
    onItem = () => {
      throw new Error('Stop');
    };
    await expect(runner(migration(1, { readableFrom: 1 })).migrate()).rejects.toThrow('Stop');
    expect(await versions().find()).toMatchObject({ version: 0, readableFrom: 1 });
  });

  it('refuse data that a newer program has changed', async () => {
    await store({ name: 'data', version: 3, readableFrom: 2 });
    await expect(runner(migration(1)).migrate()).rejects.toThrow(
      'The tables have data version 3, which needs a program of data version 2 or later. This program has data version 1.',
    );
  });

  it('do not run again after a roll-back to a program that knows fewer', async () => {
    await store({ name: 'data', version: 3, readableFrom: 1 });
    await runner(migration(1)).migrate();
    expect([seen, await versions().find()]).toEqual([[], { name: 'data', version: 3, readableFrom: 1 }]);
  });

  it('need numbers without gaps', () => {
    expect(() => newestVersionOf([migration(1), migration(3)])).toThrow('step-3 must have the number 2, not 3');
  });
});

describe('the migrations of the application', () => {
  it('have numbers without gaps, different names, and tables that exist', () => {
    expect(newestVersionOf(MIGRATIONS)).toBe(MIGRATIONS.length);
    expect(new Set(MIGRATIONS.map(({ name }) => name)).size).toBe(MIGRATIONS.length);
    for (const { number, readableFrom, table } of MIGRATIONS) {
      expect(readableFrom).toBeLessThanOrEqual(number);
      expect(declaredTables()).toContain(table);
    }
  });
});

describe('the start of the program', () => {
  const TABLE_PREFIX = `m${randomBytes(5).toString('hex')}-`;
  const newest = MIGRATIONS.length;
  let client: DynamoDB;
  let database: Database;
  beforeAll(() => {
    client = new DynamoDB({ endpoint: process.env.DYNAMODB_ENDPOINT });
    database = new Database(createDocumentClient(client), TABLE_PREFIX);
  });
  afterAll(() => client.destroy());

  const start = async () => (await TestApp.start({ TABLE_PREFIX })).stop();
  const store = (item: object) => database.write(put(database.tableName(settingsTable), item));

  it('gives new tables the newest version, without running a migration', async () => {
    await start();
    expect(await new DataVersionRepository(database).find()).toMatchObject({ name: 'data', version: newest });
    await start();
  });

  it('is refused for data that need a newer program', async () => {
    await store({ name: 'data', version: newest + 2, readableFrom: newest + 1 });
    await expect(start()).rejects.toThrow(
      `The tables have data version ${newest + 2}, which needs a program of data version ${newest + 1} or later. ` +
        `This program has data version ${newest}. Deploy a newer one.`,
    );
  });

  it('succeeds for newer data that this program can still read', async () => {
    await store({ name: 'data', version: newest + 2, readableFrom: newest });
    await expect(start()).resolves.toBeUndefined();
  });

  it('is refused for data that have not been migrated', async () => {
    await store({ name: 'data', version: newest - 1, readableFrom: 0 });
    await expect(start()).rejects.toThrow(
      `The tables have data version ${newest - 1}, and this program needs data version ${newest}. Run npm run migrate.`,
    );
  });

  it('is refused for data from before there were migrations', async () => {
    const { Item: zone } = await client.getItem({
      TableName: `${TABLE_PREFIX}Settings`,
      Key: { name: { S: 'zone' } },
    });
    expect(zone).toBeDefined();
    await client.deleteItem({ TableName: `${TABLE_PREFIX}Settings`, Key: { name: { S: 'data' } } });
    await expect(start()).rejects.toThrow('The tables have data version 0');
  });

  it('reads the version of the data after it has found the first start, which is being committed', async () => {
    let hasFound = false;
    const proxy = await FaultProxy.start(
      process.env.DYNAMODB_ENDPOINT as string,
      async (body): Promise<RequestOutcome> => {
        if (hasFound && body.includes('"S":"data"')) await store({ name: 'data', version: newest, readableFrom: 0 });
        hasFound ||= body.includes('"S":"zone"');
        return 'answered';
      },
    );
    const through = new DynamoDB({ endpoint: proxy.url });
    const versions = new DataVersionRepository(new Database(createDocumentClient(through), TABLE_PREFIX));
    try {
      await expect(versions.find()).resolves.toMatchObject({ version: newest });
      hasFound = false;
      await client.deleteItem({ TableName: `${TABLE_PREFIX}Settings`, Key: { name: { S: 'data' } } });
      const app = await TestApp.start({ TABLE_PREFIX, DYNAMODB_ENDPOINT: proxy.url });
      await app.stop();
    } finally {
      through.destroy();
      await proxy.stop();
    }
  });

  it('of two programs at once gives new tables one version', async () => {
    const prefix = `m${randomBytes(5).toString('hex')}-`;
    const apps = await Promise.all([1, 2].map(() => TestApp.start({ TABLE_PREFIX: prefix })));
    await Promise.all(apps.map((app) => app.stop()));
    const found = await new DataVersionRepository(new Database(createDocumentClient(client), prefix)).find();
    expect(found).toMatchObject({ version: newest });
  });
});

describe('the migration of order numbers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('lists an order of an earlier version by its number', async () => {
    const order = {
      ...{ orderId: 'O01HZZZZZZZZZZZZZZZZZZZZZZZ', userId: 'U-OLD', status: 'DELIVERED', amount: 8400, version: 4 },
      ...{
        items: [],
        address: '12 Dairy Lane',
        deliverySlot: '2026-01-05T01:00:00Z',
        createdAt: '2026-01-04T04:30:00Z',
      },
      ...{ day: '2026-01-05#0', history: [] },
    };
    await app.store('Orders', order);
    await app.store('Settings', { name: 'data', version: 0, readableFrom: 0 });
    await new MigrationRunner(app.get<Database>(Database), new Clock(), MIGRATIONS, () => undefined).migrate();
    const { orderNumber } = (await app.stored('Orders', { orderId: order.orderId })) ?? {};
    expect(orderNumber).toMatch(/^[\dA-Z]{4}-[\dA-Z]{4}$/);
    const { body } = await app
      .as('ADMIN')
      .get(`/admin/orders?number=${String(orderNumber)}`)
      .expect(200);
    expect(body).toMatchObject([{ orderId: order.orderId }]);
  });
});
