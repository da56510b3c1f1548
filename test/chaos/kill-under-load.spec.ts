import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../infra/local/ports.mts';
import type { Order } from '../../src/modules/order';
import type { HttpClient, Reply } from '../support/http-client';
import { brokenOrderInvariants } from '../support/invariants/order-invariants';
import type { Program } from '../support/program';
import { randomFractions } from '../support/seeded-random';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(180_000);

const CUSTOMERS = 60;
const KILLS = 3;
const REQUESTS = CUSTOMERS * 3;
const ARRIVAL_WINDOW_MILLISECONDS = 1_500;
const TIMEOUT_MILLISECONDS = 90_000;
/** There is too little ghee for all buyers. */
const STOCK = new Map([
  ['P-MILK-COW-500', 800],
  ['P-CURD-CLASSIC-400', 600],
  ['LAST-GHEE', 20],
]);
const TOKENS = [
  'tok_ok',
  'tok_ok',
  'tok_ok',
  'tok_declined',
  'tok_pending_then_ok',
  'tok_pending_then_fail',
  'tok_timeout_but_charged',
  'tok_timeout_not_charged',
];

const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);

describe(`orders under load while the process is killed (CHAOS_SEED=${seed})`, () => {
  const random = randomFractions(seed);
  const deliverySlot = new Date(Date.now() + 5 * 3_600_000).toISOString();
  let dairy: TestDairy;
  let program: Program;
  let port: number;
  let responseCount = 0;

  beforeAll(async () => {
    dairy = await TestDairy.open();
    port = await freePort();
    program = await start();
    await addScarceProduct();
  });
  afterAll(() => dairy.close());

  async function addScarceProduct(): Promise<void> {
    const ghee = { productId: 'LAST-GHEE', name: 'Ghee', price: 500, stock: STOCK.get('LAST-GHEE'), category: 'Ghee' };
    expect((await dairy.as('ADMIN', program).post('/product/add', ghee)).status).toBe(201);
  }

  const start = () => dairy.start({ QUEUE_LEASE_SECONDS: '4', OUTBOX_SWEEP_AFTER_SECONDS: '3' }, port);

  /** Retries until the process answers; a killed or starting process does not. */
  async function retryUntilAnswered(send: () => Promise<Reply>): Promise<Reply> {
    const deadline = Date.now() + TIMEOUT_MILLISECONDS;
    for (;;) {
      try {
        const reply = await send();
        if (reply.status !== 503) {
          responseCount++;
          return reply;
        }
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await pause(50);
    }
  }

  async function shop(
    customer: HttpClient,
    productId: string,
    qty: number,
    paymentToken: string,
  ): Promise<ShoppingResult> {
    // Adding to a cart takes no idempotency key, so a retry looks at the cart first.
    await retryUntilAnswered(async () => {
      const cart = await customer.get('/cart/view');
      return cart.body.items?.length === 0 ? customer.post('/cart/add', { productId, qty }) : cart;
    });
    const key = { 'idempotency-key': 'this order' };
    const order = { deliverySlot, address: '12 Dairy Lane' };
    const placed = await retryUntilAnswered(() => customer.post('/order/create', order, key));
    if (placed.status !== 201) return { orderIds: [], summary: describeReply(placed) };
    const { orderId, amount } = placed.body;
    const payment = { orderId, amount, paymentMethod: 'CARD', paymentToken };
    const paid = await retryUntilAnswered(() =>
      customer.post('/payment/pay', payment, { 'idempotency-key': 'this payment' }),
    );
    return { orderIds: [orderId], summary: `${describeReply(placed)} then ${describeReply(paid)}` };
  }

  /** `isOver`: no more answers will come. Customers who get no ghee send no payment, so there may be fewer than expected. */
  async function killRepeatedly(isOver: () => boolean): Promise<number> {
    const third = REQUESTS / KILLS;
    for (let kills = 0; kills < KILLS; kills++) {
      const killAfter = Math.floor((kills + 0.15 + 0.7 * random()) * third);
      await waitUntil(`${killAfter} answers`, async () => responseCount >= killAfter || isOver());
      await pause(20 * random());
      await program.kill('SIGKILL');
      program = await start();
    }
    return responseCount;
  }

  it('are placed and paid at most once, and every customer gets an answer', async () => {
    const customers = Array.from({ length: CUSTOMERS }, () => dairy.as('CUSTOMER', program));
    const shopping = customers.map(async (customer) => {
      const productId = [...STOCK.keys()][Math.floor(random() * STOCK.size)] as string;
      const [qty, token] = [1 + Math.floor(random() * 3), TOKENS[Math.floor(random() * TOKENS.length)] as string];
      await pause(ARRIVAL_WINDOW_MILLISECONDS * random());
      return shop(customer, productId, qty, token);
    });
    let isOver = false;
    void Promise.allSettled(shopping).then(() => (isOver = true));
    const [answeredAtLastKill, ...results] = await Promise.all([killRepeatedly(() => isOver), ...shopping]);
    expect(answeredAtLastKill).toBeLessThan(REQUESTS);

    const orders = await dairy.allStored<Order>('Orders');
    const stored = customers.map(({ userId }) => orders.filter((order) => order.userId === userId));
    expect(stored.map((own) => own.map(({ orderId }) => orderId))).toEqual(results.map(({ orderIds }) => orderIds));
    // A retry finds the order paid or the payment in progress.
    const allowed = ['201 then 201', '201 then 409 idempotency.in_progress', '409 order.insufficient_stock'];
    expect(results.map(({ summary }) => summary).filter((summary) => !allowed.includes(summary))).toEqual([]);
  });

  it('keep all order invariants, and end confirmed or cancelled', async () => {
    const admin = dairy.as('ADMIN', program);
    // Messages of the killed process return to the queue after the lease.
    await dairy.settled(program, 60_000);
    // First the gateway is asked about open payments; then the payment window closes.
    for (const minutes of [3, 90]) {
      const now = new Date(Date.now() + minutes * 60_000).toISOString();
      expect((await admin.put('/admin/clock', { now })).status).toBe(200);
      await dairy.settled(program);
    }
    expect(await brokenOrderInvariants(dairy, STOCK)).toEqual([]);

    const orders = await dairy.allStored<Order>('Orders');
    expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(['CONFIRMED', 'CANCELLED']));
  });
});

/** The result of one customer: the order, and the responses to ordering and paying. */
interface ShoppingResult {
  readonly orderIds: readonly string[];
  readonly summary: string;
}

function describeReply({ status, body }: Reply): string {
  return status === 201 ? '201' : `${status} ${body.code}`;
}
