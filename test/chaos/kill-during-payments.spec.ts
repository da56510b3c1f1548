import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { freePort } from '../../infra/local/ports.mts';
import type { Order } from '../../src/modules/order';
import type { HttpClient, Reply } from '../support/http-client';
import { moneyViolations } from '../support/money-invariant';
import type { Program } from '../support/program';
import { TestDairy } from '../support/test-dairy';
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
  readonly person: HttpClient;
  readonly orderId: string;
  readonly amount: number;
}

describe('a program killed during five hundred payments at once', () => {
  let dairy: TestDairy;
  let program: Program;
  let port: number;
  let responseCount = 0;
  let replies: readonly (Reply | undefined)[];
  let orders: readonly PlacedOrder[];

  // Nobody takes messages from queues: those that the dead had received would be waited for.
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
    // Less than what all who pay from the wallet want.
    const topUp = { amount: 80, paymentMethod: 'UPI' };
    await limit.map(customers, (person) => person.post('/wallet/topup', topUp));
    const wanted = customers.flatMap((person) => Array.from({ length: ORDERS_EACH }, () => person));
    return limit.map(wanted, async (person) => {
      const { orderId, amount } = (await person.post('/order/create', order)).body;
      return { person, orderId, amount };
    });
  }

  /** Every other one asks again until somebody answers; the rest give up when nobody does. */
  async function pay({ person, orderId, amount }: PlacedOrder, index: number): Promise<Reply | undefined> {
    const payment = { orderId, amount, ...PAYMENT_VARIANTS[index % PAYMENT_VARIANTS.length] };
    const deadline = Date.now() + TIMEOUT_MILLISECONDS;
    const isPatient = Math.floor(index / PAYMENT_VARIANTS.length) % 2 === 0;
    for (;;) {
      try {
        const reply = await person.post('/payment/pay', payment, { 'idempotency-key': orderId });
        if (reply.status !== 503) {
          responseCount++;
          return reply;
        }
      } catch (error) {
        if (!isPatient) return undefined;
        if (Date.now() > deadline) throw error;
      }
      await pause(500);
    }
  }

  it('answers all who ask again, and takes no money twice meanwhile', async () => {
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
    expect(outcomes.filter((word) => !allowed.includes(word))).toEqual([]);
  });

  it('balances when what was under way has been settled, and nobody was charged twice', async () => {
    const admin = dairy.as('ADMIN', program);
    const outboxEmptied = () =>
      waitUntil(
        'every event to be told',
        async () => (await dairy.allStored('Outbox')).length === 0,
        TIMEOUT_MILLISECONDS,
      );
    await outboxEmptied();
    // The gateway is asked about payments left open; then the payment window closes.
    for (const minutes of [3, 90]) {
      const now = new Date(Date.now() + minutes * 60_000).toISOString();
      expect((await admin.put('/admin/clock', { now })).status).toBe(200);
      await outboxEmptied();
    }
    const { body } = await admin.get('/admin/books');
    expect(body).toMatchObject({ balanced: true, violations: [], checked: { orders: PAYMENTS, wallets: CUSTOMERS } });
    expect(await moneyViolations((table) => dairy.allStored(table))).toEqual([]);
    const undecided = (await dairy.allStored<{ status: string; method: string }>('Payments')).filter(
      ({ status, method }) => status === 'PENDING' && method !== 'COD',
    );
    expect(undecided).toEqual([]);
  });

  it('has kept its word to everybody who was told that all is well', async () => {
    const stored = new Map((await dairy.allStored<Order>('Orders')).map((order) => [order.orderId, order]));
    const promised = orders.filter((_, index) => replies[index]?.body.status === 'SUCCESS');
    expect(promised.length).toBeGreaterThan(0);
    const broken = promised.map(({ orderId }) => stored.get(orderId)).filter((order) => order?.status !== 'CONFIRMED');
    expect(broken).toEqual([]);
  });
});
