import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { freePort } from '../../infra/local/ports.mts';
import type { Order } from '../../src/modules/order';
import type { HttpClient, Reply } from '../support/http-client';
import { moneyViolations } from '../support/invariants/money-invariant';
import type { Program } from '../support/program';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(300_000);

const CUSTOMERS = 50;
const ORDERS_EACH = 10;
const PAYMENTS = CUSTOMERS * ORDERS_EACH;
const KILL_AFTER_RESPONSES = 100;
const CONCURRENT_ORDERS = 16;
const TIMEOUT_MILLISECONDS = 90_000;
const MILK = 'P-MILK-COW-500';

const PAYMENT_VARIANTS = [
  { paymentMethod: 'WALLET' },
  { paymentMethod: 'CARD', paymentToken: 'tok_ok' },
  { paymentMethod: 'COD' },
  { paymentMethod: 'UPI', paymentToken: 'tok_ok' },
  { paymentMethod: 'WALLET' },
  { paymentMethod: 'UPI', paymentToken: 'tok_pending_then_ok' },
  { paymentMethod: 'CARD', paymentToken: 'tok_timeout_but_charged' },
  { paymentMethod: 'CARD', paymentToken: 'tok_declined' },
  { paymentMethod: 'WALLET' },
  { paymentMethod: 'UPI', paymentToken: 'tok_timeout_not_charged' },
];

interface PlacedOrder {
  readonly customer: HttpClient;
  readonly orderId: string;
  readonly amount: number;
}

describe('payments after the program was killed while five hundred were in progress', () => {
  let dairy: TestDairy;
  let program: Program;
  let port: number;
  let responseCount = 0;
  let replies: readonly (Reply | undefined)[];
  let orders: readonly PlacedOrder[];

  // No worker role: messages received by the killed process would only return after the lease.
  const start = () => dairy.start({ APP_ROLES: 'api,scheduler', OUTBOX_SWEEP_AFTER_SECONDS: '3' }, port);

  beforeAll(async () => {
    dairy = await TestDairy.open();
    port = await freePort();
    program = await start();
    orders = await placeOrders();
  });
  afterAll(() => dairy.close());

  async function placeOrders(): Promise<PlacedOrder[]> {
    const limit = pLimit(CONCURRENT_ORDERS);
    const order = {
      cartItems: [{ productId: MILK, qty: 1 }],
      deliverySlot: new Date(Date.now() + 5 * 3_600_000).toISOString(),
      address: '12 Dairy Lane',
    };
    const customers = Array.from({ length: CUSTOMERS }, () => dairy.as('CUSTOMER', program));
    // Less than the wallet payments need.
    const topUp = { amount: 80, paymentMethod: 'UPI' };
    await limit.map(customers, (customer) => customer.post('/wallet/topup', topUp));
    const buyers = customers.flatMap((customer) => Array.from({ length: ORDERS_EACH }, () => customer));
    return limit.map(buyers, async (customer) => {
      const { orderId, amount } = (await customer.post('/order/create', order)).body;
      return { customer, orderId, amount };
    });
  }

  /** Half of the customers retry until they get an answer; the others give up when the connection breaks. */
  async function pay({ customer, orderId, amount }: PlacedOrder, index: number): Promise<Reply | undefined> {
    const payment = { orderId, amount, ...PAYMENT_VARIANTS[index % PAYMENT_VARIANTS.length] };
    const deadline = Date.now() + TIMEOUT_MILLISECONDS;
    const retries = Math.floor(index / PAYMENT_VARIANTS.length) % 2 === 0;
    for (;;) {
      try {
        const reply = await customer.post('/payment/pay', payment, { 'idempotency-key': orderId });
        if (reply.status !== 503) {
          responseCount++;
          return reply;
        }
      } catch (error) {
        if (!retries) return undefined;
        if (Date.now() > deadline) throw error;
      }
      await pause(500);
    }
  }

  it('get an expected response when they are retried', async () => {
    const paying = Promise.all(orders.map(pay));
    await waitUntil(
      `${KILL_AFTER_RESPONSES} answers`,
      async () => responseCount >= KILL_AFTER_RESPONSES,
      TIMEOUT_MILLISECONDS,
    );
    await program.kill('SIGKILL');
    expect(responseCount).toBeLessThan(PAYMENTS);
    program = await start();
    replies = await paying;
    const outcomes = replies.map((reply) => (reply?.body.code ?? reply?.body.status ?? 'nothing') as string);
    const allowed = [
      'SUCCESS',
      'PENDING',
      'FAILED',
      'nothing',
      'wallet.insufficient_balance',
      'idempotency.in_progress',
    ];
    expect(outcomes.filter((outcome) => !allowed.includes(outcome))).toEqual([]);
  });

  it('are settled, each charged at most once, and the books balance', async () => {
    const admin = dairy.as('ADMIN', program);
    const outboxEmptied = () =>
      waitUntil(
        'the outbox to be empty',
        async () => (await dairy.allStored('Outbox')).length === 0,
        TIMEOUT_MILLISECONDS,
      );
    await outboxEmptied();
    // First the gateway is asked about open payments; then the payment window closes.
    for (const minutes of [3, 90]) {
      const now = new Date(Date.now() + minutes * 60_000).toISOString();
      expect((await admin.put('/admin/clock', { now })).status).toBe(200);
      await outboxEmptied();
    }
    const { body } = await admin.get('/admin/books');
    expect(body).toMatchObject({ balanced: true, violations: [], checked: { orders: PAYMENTS, wallets: CUSTOMERS } });
    expect(await moneyViolations((table) => dairy.allStored(table))).toEqual([]);
    const pending = (await dairy.allStored<{ status: string; method: string }>('Payments')).filter(
      ({ status, method }) => status === 'PENDING' && method !== 'COD',
    );
    expect(pending).toEqual([]);
  });

  it('confirm every order whose customer got a success', async () => {
    const stored = new Map((await dairy.allStored<Order>('Orders')).map((order) => [order.orderId, order]));
    const successful = orders.filter((_, index) => replies[index]?.body.status === 'SUCCESS');
    expect(successful.length).toBeGreaterThan(0);
    const unconfirmed = successful
      .map(({ orderId }) => stored.get(orderId))
      .filter((order) => order?.status !== 'CONFIRMED');
    expect(unconfirmed).toEqual([]);
  });
});
