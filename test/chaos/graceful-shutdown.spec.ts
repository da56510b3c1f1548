import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Order } from '../../src/modules/order';
import { FaultProxy } from '../support/faults/fault-proxy';
import type { HttpClient } from '../support/http-client';
import { LoadBalancer } from '../support/fakes/load-balancer';
import { brokenOrderInvariants } from '../support/invariants/order-invariants';
import type { Program } from '../support/program';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(120_000);

const STOCK = new Map([['CALM', 100_000]]);
const SHOPPERS = 6;
const SUBSCRIBERS = 24;
const DAY_MILLISECONDS = 24 * 3_600_000;
const INDIA_OFFSET_MILLISECONDS = 5.5 * 3_600_000;

/** Two api tasks behind a load balancer, and one worker. */
describe('a rolling restart', () => {
  const sqs = new SQSClient({ endpoint: process.env.SQS_ENDPOINT });
  const deliverySlot = new Date(Date.now() + 5 * 3_600_000).toISOString();
  let dairy: TestDairy;
  let balancer: LoadBalancer;
  let database: FaultProxy;
  let first: Program;
  let second: Program;
  let worker: Program;
  /** While it is set, the worker's writes of generation shards wait for it. */
  let gate: PromiseWithResolvers<void> | undefined;
  let waiting = 0;

  beforeAll(async () => {
    dairy = await TestDairy.open();
    database = await FaultProxy.start(process.env.DYNAMODB_ENDPOINT ?? '', async (body) => {
      if (gate && body.includes('TransactItems') && body.includes(`${dairy.prefix}GenerationShards`)) {
        waiting++;
        await gate.promise;
      }
      return 'answered' as const;
    });
    [first, second, worker] = await Promise.all([
      serve(),
      serve(),
      dairy.start({ APP_ROLES: 'worker,scheduler', DYNAMODB_ENDPOINT: database.url, DRAIN_SECONDS: '2' }),
    ]);
    balancer = await LoadBalancer.start(first, second);
    await addProduct();
  });
  afterAll(async () => {
    await dairy.close();
    await Promise.all([balancer.stop(), database.stop()]);
    sqs.destroy();
  });

  async function addProduct(): Promise<void> {
    const product = { productId: 'CALM', name: 'Calm milk', price: 30, stock: STOCK.get('CALM'), category: 'Milk' };
    expect((await dairy.as('ADMIN', balancer).post('/product/add', product)).status).toBe(201);
  }

  const serve = () => dairy.start({ APP_ROLES: 'api', DRAIN_SECONDS: '2' });

  it('answers every request, and places and pays each order once', async () => {
    let isOver = false;
    const shoppers = Array.from({ length: SHOPPERS }, () => new Shopper(dairy.as('CUSTOMER', balancer), deliverySlot));
    const shopping = shoppers.map((shopper) => shopper.shopUntil(() => isOver));
    try {
      await waitUntil('every shopper to have paid twice', async () => shoppers.every(({ paid }) => paid.length > 1));
      const signalledAt = Date.now();
      second.signal('SIGTERM');
      const [{ code }, replacement] = await Promise.all([second.waitForExit(), serve()]);
      expect(code).toBe(0);
      expect(Date.now() - signalledAt).toBeLessThan(30_000);

      await balancer.add(replacement);
      await waitUntil('the new task to share the work', async () => balancer.requestsServedBy(replacement) > SHOPPERS);
      second = replacement;
    } finally {
      isOver = true;
      await Promise.all(shopping);
    }
    expect(shoppers.flatMap(({ failures }) => failures)).toEqual([]);
    const orders = await dairy.allStored<Order>('Orders');
    for (const { paid, userId } of shoppers) {
      const own = orders.filter((order) => order.userId === userId).map(({ orderId }) => orderId);
      expect(own.sort()).toEqual(paid.sort());
    }
  });

  it('keeps all order invariants', async () => {
    await dairy.settled(first);
    expect(await brokenOrderInvariants(dairy, STOCK)).toEqual([]);
  });

  it('lets a worker finish the shards it has started, and leaves the others in the queue', async () => {
    const admin = dairy.as('ADMIN', balancer);
    const date = nextOpenDate();
    await Promise.all(Array.from({ length: SUBSCRIBERS }, () => subscribe(date)));
    await dairy.settled(first);

    gate = Promise.withResolvers();
    const afterCutoff = { now: new Date(Date.parse(`${date}T21:05:00+05:30`) - DAY_MILLISECONDS).toISOString() };
    expect((await admin.put('/admin/clock', afterCutoff)).status).toBe(200);
    await waitUntil('the worker to write a shard', async () => waiting > 0);
    worker.signal('SIGTERM');
    await waitUntil('the worker to drain', async () => (await fetch(`${worker.url}/health/ready`)).status === 503);
    gate.resolve();
    gate = undefined;
    expect((await worker.waitForExit(30_000)).code).toBe(0);

    const { waiting: queued, inFlight } = await depthOf('generation');
    expect(inFlight).toBe(0);
    expect(queued).toBeGreaterThan(0);

    await dairy.start({ APP_ROLES: 'worker,scheduler' });
    await waitUntil('the run to complete', async () => {
      return (await admin.get(`/admin/generation/${date}`)).body.status === 'COMPLETED';
    });
    expect((await admin.get(`/admin/generation/${date}`)).body.counts).toMatchObject({ ORDERED: SUBSCRIBERS });
    const dailyOrders = (await dairy.allStored<Order>('Orders')).filter(
      ({ subscriptionId }) => subscriptionId !== undefined,
    );
    expect(new Set(dailyOrders.map(({ userId }) => userId)).size).toBe(SUBSCRIBERS);
    expect(dailyOrders).toHaveLength(SUBSCRIBERS);
  });

  async function subscribe(startDate: string): Promise<void> {
    const subscription = {
      items: [{ productId: 'CALM', qty: 1 }],
      frequency: 'DAILY',
      startDate,
      deliverySlot: '06:30',
      address: '12 Dairy Lane',
      paymentMethod: 'COD',
    };
    expect((await dairy.as('CUSTOMER', balancer).post('/order/subscribe', subscription)).status).toBe(201);
  }

  async function depthOf(queue: string): Promise<{ waiting: number; inFlight: number }> {
    const QueueUrl = `${process.env.SQS_ENDPOINT}/000000000000/${dairy.prefix}${queue}`;
    const { Attributes: depths } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    return {
      waiting: Number(depths?.ApproximateNumberOfMessages),
      inFlight: Number(depths?.ApproximateNumberOfMessagesNotVisible),
    };
  }
});

/** The first date whose cutoff is at least an hour away. */
function nextOpenDate(): string {
  const inAnHour = new Date(Date.now() + INDIA_OFFSET_MILLISECONDS + 3_600_000);
  return new Date(inAnHour.getTime() + (inAnHour.getUTCHours() < 21 ? 1 : 2) * DAY_MILLISECONDS)
    .toISOString()
    .slice(0, 10);
}

/** Places orders and pays them by card, one after the other. */
class Shopper {
  readonly paid: string[] = [];
  readonly failures: unknown[] = [];

  constructor(
    private readonly client: HttpClient & { userId: string },
    private readonly deliverySlot: string,
  ) {}

  get userId(): string {
    return this.client.userId;
  }

  async shopUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const { deliverySlot } = this;
      const request = { cartItems: [{ productId: 'CALM', qty: 1 }], deliverySlot, address: '12 Dairy Lane' };
      const order = await this.post('/order/create', request);
      if (!order) return;
      const { orderId, amount } = order as { orderId: string; amount: number };
      const payment = await this.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD' });
      if (!payment) return;
      this.paid.push(orderId);
    }
  }

  private async post(path: string, body: object): Promise<object | undefined> {
    try {
      const reply = await this.client.post(path, body);
      if (reply.status === 201) return reply.body as object;
      this.failures.push({ path, status: reply.status, body: reply.body });
    } catch (error) {
      this.failures.push({ path, error });
    }
    return undefined;
  }
}
