import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { newUserId } from '../../src/modules/user/domain/ids';
import type { Program } from '../support/program';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(180_000);

const deliverySlot = new Date(Date.now() + 5 * 3_600_000).toISOString();
const orderRequest = (productId: string, qty = 1, rest: object = {}) => ({
  cartItems: [{ productId, qty }],
  deliverySlot,
  address: '12 Dairy Lane',
  ...rest,
});

describe('two processes of one dairy', () => {
  let dairy: TestDairy;
  let first: Program;
  let second: Program;
  beforeAll(async () => {
    dairy = await TestDairy.open();
    [first, second] = await Promise.all([dairy.start(), dairy.start()]);
  });
  afterAll(() => dairy.close());

  const admin = () => dairy.as('ADMIN', first);

  async function aProduct(productId: string, stock: number): Promise<void> {
    const product = { productId, name: productId, price: 30, stock, category: 'Milk' };
    expect((await admin().post('/product/add', product)).status).toBe(201);
  }

  it('show each other’s orders at once', async () => {
    await aProduct('AT-ONCE', 10);
    const customer = dairy.as('CUSTOMER', first);
    const { body } = await customer.post('/order/create', orderRequest('AT-ONCE'));
    const tracked = await customer.at(second).get('/order/track', { orderId: body.orderId });
    expect([tracked.status, tracked.body.orderId]).toEqual([200, body.orderId]);
  });

  it('sell at a price that the other process has just changed', async () => {
    await aProduct('DEARER', 10);
    const customer = dairy.as('CUSTOMER', second);
    // The second process now has the old price in its cache.
    expect((await customer.get('/product/DEARER')).body.price).toBe(30);
    expect((await customer.get('/product/list', { q: 'DEARER' })).body).toHaveLength(1);
    expect((await admin().patch('/product/update', { productId: 'DEARER', price: 35 })).status).toBe(200);

    const oldTotal = await customer.post('/order/create', orderRequest('DEARER', 1, { totalAmount: 30 }));
    expect([oldTotal.status, oldTotal.body.code]).toEqual([409, 'order.total_mismatch']);
    const withoutTotal = await customer.post('/order/create', orderRequest('DEARER'));
    expect([withoutTotal.status, withoutTotal.body.amount]).toEqual([201, 35]);
  });

  it('sell exactly the ten units in stock to fifty concurrent buyers', async () => {
    await aProduct('SCARCE', 10);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const { status, body } = await dairy
          .as('CUSTOMER', index % 2 === 0 ? first : second)
          .post('/order/create', orderRequest('SCARCE'));
        return status === 201 ? 'sold' : (body.code as string);
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'sold')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'order.insufficient_stock')).toHaveLength(40);
    const products = await dairy.allStored<{ productId: string; stock: number }>('Products');
    expect(products.find(({ productId }) => productId === 'SCARCE')?.stock).toBe(0);
  });

  it('place one order under one idempotency key sent to both', async () => {
    const customer = dairy.as('CUSTOMER', first);
    const key = { 'idempotency-key': newUserId() };
    const [one, other] = await Promise.all(
      [first, second].map((program) => customer.at(program).post('/order/create', orderRequest('AT-ONCE'), key)),
    );
    expect([one?.status, other?.status]).toEqual([201, 201]);
    expect(one?.body.orderId).toBe(other?.body.orderId);
  });

  describe('when one of them shuts down', () => {
    it('finish the accepted requests, refuse new connections, and exit with 0', async () => {
      await aProduct('CALM', 1_000_000);
      const slow = dairy.as('CUSTOMER', second);
      const { body: order } = await slow.post('/order/create', orderRequest('CALM'));
      const payment = { orderId: order.orderId, amount: order.amount, paymentMethod: 'CARD', paymentToken: 'tok_slow' };
      const paying = slow.post('/payment/pay', payment);
      await waitUntil('the payment to be claimed', async () => {
        const { body } = await slow.at(first).get('/order/track', { orderId: order.orderId });
        return body.payment?.status === 'PENDING';
      });

      const shoppers = Array.from({ length: 8 }, () => new Shopper(dairy, second));
      const shopping = shoppers.map((shopper) => shopper.orderUntilRefused());
      await waitUntil('some orders', async () => shoppers.every(({ placed }) => placed.length > 2));
      const signalledAt = Date.now();
      second.signal('SIGTERM');

      expect((await paying).body).toMatchObject({ status: 'SUCCESS' });
      await Promise.all(shopping);
      const { code } = await second.waitForExit();
      expect(code).toBe(0);
      expect(Date.now() - signalledAt).toBeLessThan(30_000);

      const orders = await dairy.allStored<{ orderId: string; userId: string }>('Orders');
      for (const { userId, placed, statuses, connectionError } of shoppers) {
        expect(statuses).toEqual(placed.map(() => 201));
        // The last request was refused as a whole: its order does not exist.
        expect(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']).toContain(connectionError);
        const own = orders.filter((one) => one.userId === userId).map(({ orderId }) => orderId);
        expect(own.sort()).toEqual(placed.sort());
      }
    });

    it('keep serving customers at the other process', async () => {
      const customer = dairy.as('CUSTOMER', first);
      expect((await customer.post('/order/create', orderRequest('CALM'))).status).toBe(201);
    });
  });
});

/** Places orders one after the other, each over a new connection. */
class Shopper {
  readonly placed: string[] = [];
  readonly statuses: number[] = [];
  connectionError?: string;
  readonly userId: string;
  private readonly headers: Record<string, string>;

  constructor(
    dairy: TestDairy,
    private readonly program: Program,
  ) {
    ({ userId: this.userId, headers: this.headers } = dairy.as('CUSTOMER', program));
  }

  async orderUntilRefused(): Promise<void> {
    try {
      for (;;) this.statuses.push(await this.placeOrder());
    } catch (error) {
      this.connectionError = (error as NodeJS.ErrnoException).code;
    }
  }

  private async placeOrder(): Promise<number> {
    const headers = { ...this.headers, 'content-type': 'application/json', connection: 'close' };
    const outgoing = request(`${this.program.url}/order/create`, { method: 'POST', headers, agent: false });
    outgoing.end(JSON.stringify(orderRequest('CALM')));
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    const { orderId } = (await json(response)) as { orderId?: string };
    if (orderId !== undefined) this.placed.push(orderId);
    return response.statusCode ?? 0;
  }
}
