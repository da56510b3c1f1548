import pLimit from 'p-limit';
import { EventIngestion } from '../../../src/modules/analytics/event-ingestion.service';
import { TestApp } from '../../support/test-app';
import { AWS_LIMITS } from '../../support/throttling/partition-budget.mts';
import { ThrottlingProxy } from '../../support/throttling/throttling-proxy.mts';
import { anEvent } from './analytics-queue';

const ORDERS = 400;
const PRODUCTS = 200;
/** The orders of a large dairy, whose events arrive in one hour after the generation of the evening. */
const ORDERS_OF_AN_EVENING = 160_000;
const TEN_MINUTES = 600;

describe('the partition keys of analytics', () => {
  let app: TestApp;
  let proxy: ThrottlingProxy;
  beforeAll(async () => {
    proxy = await ThrottlingProxy.start(process.env.DYNAMODB_ENDPOINT as string);
    app = await TestApp.start({ DYNAMODB_ENDPOINT: proxy.url });
  });
  afterAll(async () => {
    await app.stop();
    await proxy.stop();
  });

  const ingest = (events: readonly ReturnType<typeof anEvent>[]) => {
    const ingestion = app.get<EventIngestion>(EventIngestion);
    // As many at once as a few tasks take from the queue.
    return pLimit(40).map(events, (event) => ingestion.ingest(event));
  };
  const eventsOf = (index: number) => {
    const ids = { userId: `U${index}`, orderId: `O${index}`, timestamp: '2025-03-10T15:40:00Z' };
    const items = [0, 1, 2].map((line) => ({ productId: `PRODUCT-${(index * 3 + line) % PRODUCTS}`, qty: 1 }));
    return [
      anEvent({ ...ids, items }),
      anEvent({ ...ids, eventType: 'ORDER_CONFIRMED' }),
      anEvent({ ...ids, eventType: 'PAYMENT_SUCCEEDED', method: 'WALLET' }),
    ];
  };
  const unitsByKey = () => new Map(proxy.hottest('write').map(([key, units]) => [key.replace(/^[^-]*-/, ''), units]));

  it('take the events of 160,000 orders within ten minutes, each at most 1,000 units a second', async () => {
    // The rows of figures have their full size, with all products.
    for (let time = 0; time < 3; time++) {
      await ingest(Array.from({ length: PRODUCTS }, (_, index) => eventsOf(10_000 * time + index)[0] ?? anEvent()));
    }
    const before = unitsByKey();
    await ingest(Array.from({ length: ORDERS }, (_, index) => eventsOf(index)).flat());
    const used = [...unitsByKey()].map(([key, units]) => [key, units - (before.get(key) ?? 0)] as const);
    const hottest = used.reduce((one, other) => (other[1] > one[1] ? other : one));
    expect(hottest[0]).toMatch(/^Analytics(Events|Figures) 2025-03-10/);
    const seconds = ((hottest[1] / ORDERS) * ORDERS_OF_AN_EVENING) / AWS_LIMITS.write;
    expect(seconds).toBeLessThan(TEN_MINUTES);
  });
});
