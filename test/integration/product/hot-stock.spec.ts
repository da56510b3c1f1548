import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { HotStock } from '../../../src/modules/product/hot-stock.service';
import { ProductService } from '../../../src/modules/product';
import { ProductRepository, type StoredProduct } from '../../../src/modules/product/product.repository';
import { StockShareRepository } from '../../../src/modules/product/stock-share.repository';
import { ProductCatalogue } from '../../../src/modules/product/product-catalogue.service';
import type { Write } from '../../../src/platform/dynamo/write';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { aProduct, orderRequest, placeOrder } from '../../support/fixtures/order-steps';
import { callsDuring, roundTripsOf } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';

describe('the stock of a product that many customers order at once', () => {
  let app: TestApp;
  let other: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    other = await TestApp.start({ TABLE_PREFIX: app.config.tablePrefix });
  });
  afterAll(async () => {
    await app.stop();
    await other.stop();
  });

  const hotStock = (where = app) => where.get<HotStock>(HotStock);
  const stored = (productId: string) => app.stored('Products', { productId }) as Promise<Record<string, number>>;
  const shownAs = async (where: TestApp, productId: string) =>
    (await where.http.get(`/product/${productId}`).expect(200)).body as { stock: number; price: number };
  const order = (where: TestApp, productId: string, qty = 1, rest: object = {}) =>
    where.as('CUSTOMER').post('/order/create', { ...orderRequest(where, productId, qty), ...rest });
  const update = (productId: string, fields: object) =>
    app.as('ADMIN').patch('/product/update', { productId, ...fields });
  /** The units in the row of the product and in its shares. */
  const units = async (productId: string) => {
    const rows = await app.allStored<{ productId: string; stock: number }>('StockShares');
    const shares = rows.filter((row) => row.productId === productId).map(({ stock }) => stock);
    return { own: (await stored(productId)).stock as number, shares };
  };
  const sum = ({ own, shares }: { own: number; shares: number[] }) =>
    shares.reduce((total, stock) => total + stock, own);
  const splitProduct = async (productId: string, stock: number) => {
    await aProduct(app, { productId, stock });
    // Both tasks know the product as it was.
    for (const where of [app, other]) await shownAs(where, productId);
    await hotStock().split(productId);
  };

  it('is split into shares, and shown as one', async () => {
    await splitProduct('SPLIT', 1_000);
    expect(await units('SPLIT')).toEqual({ own: 100, shares: Array<number>(9).fill(100) });
    expect((await shownAs(app, 'SPLIT')).stock).toBe(1_000);
    for (let count = 0; count < 30; count++) await order(app, 'SPLIT', 2).expect(201);
    expect((await shownAs(app, 'SPLIT')).stock).toBe(940);
    const left = await units('SPLIT');
    expect(sum(left)).toBe(940);
    expect(left.shares.filter((stock) => stock < 100).length).toBeGreaterThan(1);
  });

  it('is merged again', async () => {
    await hotStock().merge('SPLIT');
    await hotStock().merge('SPLIT');
    expect(await units('SPLIT')).toEqual({ own: 940, shares: [] });
    expect(await stored('SPLIT')).not.toHaveProperty('splitId');
    expect((await shownAs(app, 'SPLIT')).stock).toBe(940);
  });

  it('is sold to the last unit and not beyond, by two tasks, while it is split and merged', async () => {
    await splitProduct('LAST', 300);
    const disturb = async () => {
      for (let time = 0; time < 5; time++) {
        await hotStock(other).merge('LAST');
        await hotStock(other).split('LAST');
      }
    };
    const orders = Array.from({ length: 200 }, (_, index) => order(index % 2 ? app : other, 'LAST', 2));
    const [responses] = await Promise.all([Promise.all(orders), disturb()]);
    // The orders want 400 of 300 units.
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(150);
    const refused = responses.filter(({ status }) => status !== 201).map(({ body }) => body.code as string);
    expect(new Set(refused)).toEqual(new Set(['order.insufficient_stock']));
    expect(sum(await units('LAST'))).toBe(0);
  });

  it('gives a line that no place covers, and refuses one that all places together do not', async () => {
    await splitProduct('LARGE', 400);
    const { body } = await order(other, 'LARGE', 401).expect(409);
    expect(body).toMatchObject({
      code: 'order.insufficient_stock',
      lines: [{ productId: 'LARGE', requested: 401, available: 400 }],
    });
    expect((await units('LARGE')).shares).toHaveLength(3);
    await order(other, 'LARGE', 350).expect(201);
    expect(await units('LARGE')).toEqual({ own: 50, shares: [] });
  });

  it('comes back when an order is cancelled', async () => {
    await splitProduct('BACK', 400);
    const customer = app.as('CUSTOMER');
    const { orderId } = await placeOrder(app, customer, 'BACK', 30);
    await customer.post('/order/cancel', { orderId }).expect(200);
    expect(sum(await units('BACK'))).toBe(400);
    expect((await shownAs(app, 'BACK')).stock).toBe(400);
  });

  it('is sold at the new price by every task once an admin has changed it', async () => {
    await splitProduct('PRICED', 1_000);
    await other.get<ProductService>(ProductService).refreshProducts([{ productId: 'PRICED' }]);
    await update('PRICED', { price: 40 }).expect(200);
    for (let count = 0; count < 10; count++) {
      const stale = await order(other, 'PRICED', 1, { totalAmount: 30 });
      expect(stale.body).toMatchObject({ status: 409, code: 'order.total_mismatch' });
    }
    expect((await order(other, 'PRICED').expect(201)).body).toMatchObject({ amount: 40 });
  });

  it('keeps orders at the old price from a share, even if the task knows the new split', async () => {
    await splitProduct('GUARDED', 1_000);
    const { splitId } = (await app.stored('Products', { productId: 'GUARDED' })) as { splitId: string };
    const take = (fields: object) =>
      app
        .get<Transaction>(Transaction)
        .commit([
          app
            .get<StockShareRepository>(StockShareRepository)
            .take(splitId, 0, { productId: 'GUARDED', qty: 1, price: 3_000, ...fields }),
        ]);
    await expect(take({ price: 2_900 })).rejects.toThrow('The stock was split');
    await expect(take({ taxRate: 5 })).rejects.toThrow('The stock was split');
    await expect(take({ qty: 101 })).rejects.toThrow('The stock was split');
    await take({});
  });

  it('loses no unit if it changes while a task splits or merges it', async () => {
    await aProduct(app, { productId: 'MOVING', stock: 1_000 });
    const repository = app.get<ProductRepository>(ProductRepository);
    const shares = app.get<StockShareRepository>(StockShareRepository);
    const commit = (...writes: Write[]) => app.get<Transaction>(Transaction).commit(writes);
    const moved = 'The stock was split';
    const asRead = (await repository.findStored('MOVING')) as StoredProduct;
    const split = () => commit(repository.markSplit(asRead, 'MOVING#1', { shares: 9, unitsEach: 100 }));
    await update('MOVING', { stockDelta: -101 }).expect(200);
    await expect(split()).rejects.toThrow(moved);
    await update('MOVING', { stockDelta: 101, price: 31 }).expect(200);
    await expect(split()).rejects.toThrow(moved);

    await hotStock().split('MOVING');
    const { splitId } = (await repository.findStored('MOVING')) as { splitId: string };
    const current = (await repository.findStored('MOVING')) as StoredProduct;
    const splitAgain = repository.markSplit(current, 'MOVING#2', { shares: 1, unitsEach: 1 });
    await expect(commit(splitAgain)).rejects.toThrow(moved);
    await commit(shares.take(splitId, 4, { productId: 'MOVING', qty: 1, price: 3_100 }));
    const merge = (id: string, units: number) =>
      commit(repository.addMerged('MOVING', id, units), shares.removeUnchanged(splitId, 4, units));
    await expect(merge(splitId, 100)).rejects.toThrow(moved);
    await expect(merge('MOVING#2', 99)).rejects.toThrow(moved);
    await merge(splitId, 99);
    await expect(merge(splitId, 99)).rejects.toThrow(moved);
    await expect(commit(repository.addMerged('MOVING', 'MOVING#2', 0, { endsSplit: true }))).rejects.toThrow(moved);
    expect(sum(await units('MOVING'))).toBe(999);
  });

  it('is not sold by any task once an admin has withdrawn the product', async () => {
    await splitProduct('WITHDRAWN', 1_000);
    await other.get<ProductService>(ProductService).refreshProducts([{ productId: 'WITHDRAWN' }]);
    await update('WITHDRAWN', { active: false }).expect(200);
    for (let count = 0; count < 10; count++) await order(other, 'WITHDRAWN').expect(404);
    expect(sum(await units('WITHDRAWN'))).toBe(1_000);
  });

  it('is set and adjusted as a whole', async () => {
    await splitProduct('ADJUSTED', 1_000);
    expect((await update('ADJUSTED', { stockDelta: -900 }).expect(200)).body.stock).toBe(100);
    await update('ADJUSTED', { stockDelta: -101 }).expect(409);
    await update('ADJUSTED', { stock: 500 }).expect(200);
    await hotStock().split('ADJUSTED');
    expect((await update('ADJUSTED', { stock: 700 }).expect(200)).body.stock).toBe(700);
    expect(await units('ADJUSTED')).toEqual({ own: 700, shares: [] });
    await hotStock().split('ADJUSTED');
    const stale = app.as('ADMIN').patch('/product/update', { productId: 'ADJUSTED', price: 31 });
    await stale.set('If-Match', '"99"').expect(412);
    expect((await units('ADJUSTED')).shares).toHaveLength(6);
    await update('ADJUSTED', { stockDelta: 0 }).expect(200);
    expect(await units('ADJUSTED')).toEqual({ own: 700, shares: [] });
  });

  it('is checked by the books', async () => {
    await splitProduct('BOOKED', 300);
    await app.settled();
    const violations = async () =>
      (await app.as('ADMIN').get('/admin/books').expect(200)).body.violations as Record<string, string>[];
    expect(await violations()).toEqual([]);
    const [share] = (await app.allStored<{ productId: string; shareId: string }>('StockShares')).filter(
      ({ productId }) => productId === 'BOOKED',
    );
    await app.store('StockShares', { ...share, shareId: 'BOOKED#GONE#0' });
    await app.store('StockShares', { ...share, price: 1 });
    expect(await violations()).toEqual(
      expect.arrayContaining([
        { kind: 'STOCK_SHARE_STRAY', productId: 'BOOKED', detail: expect.stringContaining('100 units are lost') },
        { kind: 'STOCK_SHARE_WRONG', productId: 'BOOKED', detail: expect.stringContaining('another price') },
      ]),
    );
    await hotStock().merge('BOOKED');
    expect(sum(await units('BOOKED'))).toBe(400);
  });

  it('is merged for the reservation of an evening', async () => {
    await splitProduct('EVENING', 1_000);
    const line = { productId: 'EVENING', qty: 950, price: 3_000 };
    const products = app.get<ProductService>(ProductService);
    expect((await products.currentProductsOf([line])).get('EVENING')?.stock).toBe(1_000);
    expect((await units('EVENING')).shares).toHaveLength(9);
    expect((await products.mergedProductsOf([line])).get('EVENING')?.stock).toBe(1_000);
    await app.get<Transaction>(Transaction).commit([products.takeStock(line)]);
    expect(await units('EVENING')).toEqual({ own: 50, shares: [] });
  });

  it('is taken from its row by a task that still knew the shares which another task has merged', async () => {
    await splitProduct('MERGED', 1_000);
    const line = { productId: 'MERGED', qty: 1, price: 3_000 };
    const products = other.get<ProductService>(ProductService);
    await products.refreshProducts([line]);
    await hotStock(app).merge('MERGED');
    expect((await products.mergedProductsOf([line])).get('MERGED')?.stock).toBe(1_000);
    for (let count = 0; count < 5; count++)
      await other.get<Transaction>(Transaction).commit([products.takeStock(line)]);
    expect(await units('MERGED')).toEqual({ own: 995, shares: [] });
  });

  it('is complete after a task crashed while it merged the shares', async () => {
    await splitProduct('CRASHED', 400);
    const { splitId } = (await app.stored('Products', { productId: 'CRASHED' })) as { splitId: string };
    const repository = app.get<ProductRepository>(ProductRepository);
    await app
      .get<Transaction>(Transaction)
      .commit([
        repository.addMerged('CRASHED', splitId, 100),
        app.get<StockShareRepository>(StockShareRepository).removeUnchanged(splitId, 1, 100),
      ]);
    expect((await repository.find('CRASHED'))?.stock).toBe(400);
    for (let count = 0; count < 20; count++) await order(other, 'CRASHED', 5).expect(201);
    await hotStock(other).merge('CRASHED');
    expect(await units('CRASHED')).toEqual({ own: 300, shares: [] });
  });

  it('is split again after a task crashed when it had merged all shares one by one', async () => {
    await splitProduct('EMPTIED', 400);
    const { splitId } = (await app.stored('Products', { productId: 'EMPTIED' })) as { splitId: string };
    const shares = app.get<StockShareRepository>(StockShareRepository);
    await app
      .get<Transaction>(Transaction)
      .commit([
        app.get<ProductRepository>(ProductRepository).addMerged('EMPTIED', splitId, 300),
        ...[0, 1, 2].map((share) => shares.removeUnchanged(splitId, share, 100)),
      ]);
    expect((await stored('EMPTIED')).splitId).toBe(splitId);
    await hotStock(other).split('EMPTIED');
    expect(await units('EMPTIED')).toEqual({ own: 100, shares: [100, 100, 100] });
  });

  it('is taken from the shares by a task that lost the race to split it', async () => {
    await splitProduct('RACED', 1_000);
    const catalogue = other.get<ProductCatalogue>(ProductCatalogue);
    expect(catalogue.cached('RACED')?.split).toBeUndefined();
    await hotStock(other).split('RACED');
    expect(catalogue.cached('RACED')?.split?.shares).toHaveLength(9);

    await hotStock().merge('RACED');
    await Promise.all([hotStock(app).split('RACED'), hotStock(other).split('RACED')]);
    const { splitId } = (await stored('RACED')) as unknown as { splitId: string };
    expect(catalogue.cached('RACED')?.split?.splitId).toBe(splitId);
  });

  it('loses no unit, and refuses no order, if a read misses a share', async () => {
    await splitProduct('UNSEEN', 400);
    await hidingShares(app, () => hotStock().merge('UNSEEN'));
    expect(sum(await units('UNSEEN'))).toBe(400);
    await hotStock().split('UNSEEN');
    await hidingShares(other, () => order(other, 'UNSEEN', 350).expect(201));
    expect(sum(await units('UNSEEN'))).toBe(50);
  });

  it('is gathered only as far as a line needs', async () => {
    await splitProduct('GATHERED', 1_000);
    await order(other, 'GATHERED', 250).expect(201);
    expect(await units('GATHERED')).toEqual({ own: 50, shares: Array<number>(7).fill(100) });
  });

  it('is gathered and merged once for all orders of a task that wait for it', async () => {
    await splitProduct('TOGETHER', 1_000);
    const at = hotStock();
    const moves = async (work: () => Promise<void>) => {
      const tenTimes = () => Promise.all(Array.from({ length: 10 }, work));
      const calls = await callsDuring(app, tenTimes, { table: 'StockShares' });
      return calls.filter((name) => name.startsWith('Transact')).length;
    };
    // The first order waits for no other, the other nine share a move.
    expect(await moves(() => at.gather({ productId: 'TOGETHER', qty: 110 }))).toBe(2);
    expect((await units('TOGETHER')).own).toBe(1_000);
    expect((await stored('TOGETHER')).splitId).toBeUndefined();
    await hotStock().split('TOGETHER');
    expect(await moves(() => at.merge('TOGETHER'))).toBe(1);
    expect(await units('TOGETHER')).toEqual({ own: 1_000, shares: [] });
  });

  it('costs few reads when it is sold out or too small', async () => {
    await splitProduct('SOLD', 400);
    /** How often an order that is refused reads the shares: the product is read once more after them. */
    const readsOfShares = async (qty: number) => {
      await other.get<ProductService>(ProductService).refreshProducts([{ productId: 'SOLD' }]);
      const trips = await roundTripsOf(other, () => order(other, 'SOLD', qty).expect(409));
      return trips.filter((name) => name === 'GetItemCommand').length;
    };
    expect(await readsOfShares(401)).toBe(2);
    for (let count = 0; count < 4; count++) await order(app, 'SOLD', 100).expect(201);
    expect(await units('SOLD')).toEqual({ own: 0, shares: [0, 0, 0] });
    await order(other, 'SOLD').expect(409);
    expect(await units('SOLD')).toEqual({ own: 0, shares: [] });
    expect(await readsOfShares(1)).toBe(0);
  });

  it('reports contention if orders keep changing a share', async () => {
    await splitProduct('BUSY', 300);
    const { splitId } = (await app.stored('Products', { productId: 'BUSY' })) as { splitId: string };
    const line = { productId: 'BUSY', qty: 1, price: 3_000 };
    const takeOne = () =>
      other
        .get<Transaction>(Transaction)
        .commit([other.get<StockShareRepository>(StockShareRepository).take(splitId, 0, line)]);
    const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
    middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (commandName.startsWith('TransactWrite')) await takeOne();
          return next(args);
        },
      { step: 'initialize', name: 'busy' },
    );
    await expect(hotStock().merge('BUSY')).rejects.toThrow('Too many concurrent changes');
    middlewareStack.remove('busy');
    await hotStock().merge('BUSY');
    expect((await units('BUSY')).shares).toEqual([]);
  });
});

/** Leaves a share out of the first read of shares, as AWS does while it completes a transaction. */
async function hidingShares(app: TestApp, work: () => Promise<unknown>): Promise<void> {
  const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
  let hides = true;
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        const found = commandName === 'BatchGetItemCommand' || commandName === 'BatchGetCommand';
        const { Responses: tables = {} } = result.output as { Responses?: Record<string, object[]> };
        const shares = Object.entries(tables).find(([name, items]) => name.endsWith('StockShares') && items.length > 0);
        if (found && shares && hides) {
          hides = false;
          shares[1].pop();
        }
        return result;
      },
    { step: 'initialize', name: 'hide-share' },
  );
  try {
    await work();
  } finally {
    middlewareStack.remove('hide-share');
  }
  expect(hides).toBe(false);
}
