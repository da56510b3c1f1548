import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { ProductCatalogue } from '../../../src/modules/product/product-catalogue.service';
import { Database } from '../../../src/platform/dynamo/database';
import { put } from '../../../src/platform/dynamo/write';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { aProduct, orderRequest } from '../../support/fixtures/order-steps';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';
import { waitUntil } from '../../support/wait-until';

/** Holds the pages of the catalogue between the database and a program. */
class PageGate {
  pages = 0;
  private isClosed = false;
  private waiting: (() => void)[] = [];

  constructor(app: TestApp) {
    app.get<DynamoDB>(DynamoDB).middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const result = await next(args);
          if (commandName === 'ScanCommand') {
            this.pages++;
            if (this.isClosed) await new Promise<void>((resolve) => this.waiting.push(resolve));
          }
          return result;
        },
      { step: 'initialize', name: 'page-gate' },
    );
  }

  close(): void {
    this.isClosed = true;
  }

  open(): void {
    this.isClosed = false;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  get heldPages(): number {
    return this.waiting.length;
  }
}

describe('the catalogue', () => {
  const clock = new ManualRealClock();
  let app: TestApp;
  let elsewhere: TestApp;
  let gate: PageGate;
  let catalogue: ProductCatalogue;
  beforeAll(async () => {
    app = await TestApp.start({}, { clock });
    elsewhere = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix });
    gate = new PageGate(app);
    catalogue = app.get(ProductCatalogue);
    await aProduct(app, { productId: 'MILK', price: 30, stock: 1_000 });
    await app.http.get('/product/list').expect(200);
  });
  afterAll(async () => {
    gate.open();
    await app.stop();
    await elsewhere.stop();
  });
  afterEach(() => gate.open());

  const shown = async (productId: string) => (await app.http.get(`/product/${productId}`)).body as { price: number };
  const change = (where: TestApp, fields: object) =>
    where
      .as('ADMIN')
      .patch('/product/update', { productId: 'MILK', ...fields })
      .expect(200);
  /** Starts what the timer starts, and waits until the database has answered. */
  const heldReload = async () => {
    gate.close();
    catalogue.reloadIfUsed();
    await waitUntil('the pages to be held', async () => gate.heldPages === 4);
  };
  const reload = async () => {
    const before = gate.pages;
    catalogue.reloadIfUsed();
    await waitUntil('the catalogue to be read', async () => gate.pages >= before + 4 && !catalogue.isLoading);
  };

  it('is served while it is read again', async () => {
    await change(elsewhere, { price: 31 });
    await heldReload();
    expect((await shown('MILK')).price).toBe(30);
    await app.http.get('/product/list').expect(200);
    const trips = await countRoundTrips(app, () => app.http.get('/product/MILK').expect(200));
    expect(trips).toBe(0);
    gate.open();
    await waitUntil('the new price', async () => (await shown('MILK')).price === 31);
  });

  it('costs no request a round trip, however old it is, while it is read in the background', async () => {
    await reload();
    clock.advance(20_000);
    const customer = app.as('CUSTOMER');
    const order = () => customer.post('/order/create', orderRequest(app, 'MILK')).expect(201);
    expect(await countRoundTrips(app, () => app.http.get('/product/list').expect(200))).toBe(0);
    expect(await countRoundTrips(app, order)).toBe(1);
  });

  it('keeps what this task changed while an older state was being read', async () => {
    await heldReload();
    await change(app, { price: 32, stock: 500 });
    await aProduct(app, { productId: 'PANEER', price: 5 });
    gate.open();
    await waitUntil('the end of the read', async () => !catalogue.isLoading);
    expect(await shown('MILK')).toMatchObject({ price: 32, stock: 500 });
    expect((await shown('PANEER')).price).toBe(5);
    expect((await app.http.get('/product/list')).body).toHaveLength(2);
  });

  it('shows what another task changed after this one, once it is read again', async () => {
    await change(app, { price: 33 });
    await change(elsewhere, { price: 34 });
    await reload();
    expect((await shown('MILK')).price).toBe(34);
    await change(elsewhere, { active: false });
    await reload();
    await app.http.get('/product/MILK').expect(404);
    await change(elsewhere, { active: true });
    await reload();
  });

  it('keeps an order of this task that an eventually consistent read does not show yet', async () => {
    await reload();
    clock.advance(10_000);
    await app
      .as('CUSTOMER')
      .post('/order/create', orderRequest(app, 'MILK', 2))
      .expect(201);
    const { stock } = (await app.stored('Products', { productId: 'MILK' })) as { stock: number };
    const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
    middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const result = await next(args);
          const { Items: items = [] } = result.output as { Items?: { stock?: unknown }[] };
          if (commandName === 'ScanCommand')
            for (const item of items) item.stock = typeof item.stock === 'object' ? { N: '9999' } : 9_999;
          return result;
        },
      { step: 'initialize', name: 'older-stock' },
    );
    await reload();
    middlewareStack.remove('older-stock');
    expect(await shown('MILK')).toMatchObject({ stock });
  });

  it('is read before the answer after a pause without requests', async () => {
    clock.advance(61_000);
    catalogue.reloadIfUsed();
    expect(catalogue.isLoading).toBe(false);
    await change(elsewhere, { price: 35 });
    expect((await shown('MILK')).price).toBe(35);
  });

  it('is read in pages of at most 250 products when there are 10,000', async () => {
    const database = app.get<Database>(Database);
    const template = await app.stored('Products', { productId: 'MILK' });
    const table = `${app.config.tablePrefix}Products`;
    for (let start = 0; start < 9_998; start += 100) {
      const ids = Array.from({ length: Math.min(100, 9_998 - start) }, (_, index) => `P${start + index}`);
      await database.transact(ids.map((productId) => put(table, { ...template, productId })));
    }
    await heldReload();
    const before = gate.pages;
    // Each of the four segments waits for its first page.
    await app.http.get('/product/list').expect(200);
    gate.open();
    await waitUntil('the end of the read', async () => !catalogue.isLoading);
    expect([...(await catalogue.all())]).toHaveLength(10_000);
    expect(gate.pages - before + 4).toBeGreaterThanOrEqual(40);
  });
});
