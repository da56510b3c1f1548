import { HotStock } from '../../../src/modules/product/hot-stock.service';
import { aProduct, orderRequest } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';
import { ThrottlingProxy } from '../../support/throttling/throttling-proxy.mts';
import { waitUntil } from '../../support/wait-until';

/** A tenth of AWS's limits of a partition key, and of 1,000 orders a second. */
const LIMITS = { write: 100, read: 300 };
const ORDERS = 100;

describe('a product that everyone orders at a festival', () => {
  let app: TestApp;
  let proxy: ThrottlingProxy;
  afterEach(async () => {
    jest.restoreAllMocks();
    await app.stop();
    await proxy.stop();
  });

  const start = async (options: Parameters<typeof ThrottlingProxy.start>[1]) => {
    proxy = await ThrottlingProxy.start(process.env.DYNAMODB_ENDPOINT as string, options);
    app = await TestApp.start({ DYNAMODB_ENDPOINT: proxy.url });
    await aProduct(app, { productId: 'LADDU', stock: 100_000 });
    await app.http.get('/product/list').expect(200);
  };
  const hotStock = () => app.get<HotStock>(HotStock);
  const order = () => app.as('CUSTOMER').post('/order/create', orderRequest(app, 'LADDU'));
  const statusesOf = async (count: number) => {
    const responses = await Promise.all(Array.from({ length: count }, order));
    return Map.groupBy(
      responses.map(({ status }) => status),
      (status) => status,
    );
  };
  const refusedForStock = () =>
    [...proxy.refusals.throttled].filter(([key]) => /(Products|StockShares) /.test(key)).length;

  it('is refused to half of them within one second while its stock is stored in one row', async () => {
    let second = 0;
    await start({ limits: LIMITS, now: () => second * 1_000 });
    jest.spyOn(hotStock(), 'noteConflict').mockImplementation(() => undefined);
    second++;
    const statuses = await statusesOf(ORDERS);
    expect(statuses.get(503)?.length).toBeGreaterThanOrEqual(ORDERS / 3);
    expect(refusedForStock()).toBe(1);
  });

  it('is sold to all of them within one second when its stock is split', async () => {
    let second = 0;
    await start({ limits: LIMITS, now: () => second * 1_000 });
    await hotStock().split('LADDU');
    second++;
    const statuses = await statusesOf(ORDERS);
    expect([...statuses.keys()]).toEqual([201]);
    expect(refusedForStock()).toBe(0);
    const hottest = proxy.hottest('write').find(([key]) => key.includes('StockShares'));
    expect(hottest?.[1]).toBeLessThan(LIMITS.write / 2);
  });

  it('is split by itself when orders meet in its row', async () => {
    await start({ transactionMilliseconds: 5 });
    await waitUntil('the split', async () => {
      await statusesOf(20);
      return (await app.stored('Products', { productId: 'LADDU' }))?.splitId !== undefined;
    });
    const statuses = await statusesOf(ORDERS);
    expect([...statuses.keys()]).toEqual([201]);
  });
});
