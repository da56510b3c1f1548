import { orderNumberOf } from '../../src/kernel/ids';
import { FaultProxy, type RequestOutcome } from '../support/faults/fault-proxy';
import type { HttpClient, Reply } from '../support/http-client';
import { brokenOrderInvariants } from '../support/invariants/order-invariants';
import type { ExitResult, Program } from '../support/program';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(180_000);

const MILK = 'P-MILK-COW-500';
const STOCK = new Map([[MILK, 800]]);
const GENERATED_IDS = /\b(?:O|PAY|D)[0-9A-HJKMNP-TV-Z]{26}\b/g;

/** Cuts the database connection of one journey at a chosen request; all later requests of the journey are lost. */
class ConnectionCut {
  private readonly ids: Set<string>;
  private requestCount = 0;

  constructor(
    userId: string,
    private readonly shouldCut: (requestCount: number, body: string) => boolean,
  ) {
    this.ids = new Set([userId]);
  }

  wasCut = false;

  /** Undefined when the request belongs to another journey. */
  outcomeOf(body: string): RequestOutcome | undefined {
    if (![...this.ids].some((id) => body.includes(id))) return undefined;
    for (const [id] of body.matchAll(GENERATED_IDS)) this.ids.add(id);
    if (this.wasCut) return 'request-lost';
    this.wasCut = this.shouldCut(++this.requestCount, body);
    return this.wasCut ? 'response-lost' : 'answered';
  }
}

/** A customer who places an order of one product and pays by card, each request under its own idempotency key. */
class OrderJourney {
  readonly client: HttpClient & { userId: string };
  readonly connection: ConnectionCut;
  orderId = '';

  constructor(
    private readonly dairy: TestDairy,
    program: Program,
    readonly step: number,
    private readonly deliverySlot: string,
  ) {
    this.client = dairy.as('CUSTOMER', program);
    this.connection = new ConnectionCut(this.client.userId, (requestCount) => requestCount === step);
  }

  async run(program: Program): Promise<Reply> {
    const placed = await this.placeOrder(program);
    this.orderId = placed.body.orderId;
    return this.pay(program, placed.body.amount, 'first');
  }

  placeOrder(program: Program): Promise<Reply> {
    const order = {
      cartItems: [{ productId: MILK, qty: 1 }],
      deliverySlot: this.deliverySlot,
      address: '12 Dairy Lane',
    };
    return this.client.at(program).post('/order/create', order, { 'idempotency-key': 'order' });
  }

  pay(program: Program, amount: number, key: string): Promise<Reply> {
    const payment = { orderId: this.orderId, amount, paymentMethod: 'CARD' };
    return this.client.at(program).post('/payment/pay', payment, { 'idempotency-key': key });
  }

  async readStatus(program: Program): Promise<{ status: string; payment: string }> {
    const { orderId } = this;
    const { body } = await this.dairy.as('ADMIN', program).get('/order/track', { orderId });
    return { status: body.status, payment: body.payment?.status };
  }
}

describe('the dairy after a process was killed between commit and publish', () => {
  const deliverySlot = new Date(Date.now() + 5 * 3_600_000).toISOString();
  const connections: ConnectionCut[] = [];
  let dairy: TestDairy;
  let blackHole: FaultProxy;
  let database: FaultProxy;
  let restarted: Program;
  let admin: HttpClient;

  let shopper: HttpClient & { userId: string };
  let customer: HttpClient & { userId: string };
  let placed: string;
  let confirmed: string;
  let journeys: OrderJourney[];
  let replies: (Reply | undefined)[];
  let orphanedOrderId: string;
  let gracefulExit: Promise<ExitResult>;

  beforeAll(async () => {
    dairy = await TestDairy.open();
    blackHole = await FaultProxy.start('', () => 'request-lost');
    const outcomeOf = (body: string) =>
      connections.map((connection) => connection.outcomeOf(body)).find(Boolean) ?? 'answered';
    database = await FaultProxy.start(process.env.DYNAMODB_ENDPOINT ?? '', outcomeOf);

    const program = await dairy.start({
      APP_ROLES: 'api',
      DYNAMODB_ENDPOINT: database.url,
      SQS_ENDPOINT: blackHole.url,
      SNS_ENDPOINT: blackHole.url,
      // Long enough for this process to be killed before it sweeps, short enough to wait for.
      OUTBOX_SWEEP_AFTER_SECONDS: '5',
    });
    await killMidJourney(program);
    [restarted] = await Promise.all([dairy.start({ OUTBOX_SWEEP_AFTER_SECONDS: '1' }), stopWithHangingPublish()]);
    admin = dairy.as('ADMIN', restarted);
  });
  afterAll(async () => {
    await dairy.close();
    await Promise.all([blackHole.stop(), database.stop()]);
  });

  async function killMidJourney(program: Program): Promise<void> {
    shopper = dairy.as('CUSTOMER', program);
    customer = dairy.as('CUSTOMER', program, 'U-CUSTOMER');
    journeys = [1, 2, 3, 4, 5, 6].map((step) => new OrderJourney(dairy, program, step, deliverySlot));
    // Loads the catalogue into memory, so that its reads are not counted.
    await shopper.get(`/product/${MILK}`);

    const order = { cartItems: [{ productId: MILK, qty: 2 }], deliverySlot };
    const paid = (await customer.post('/order/create', order)).body;
    confirmed = paid.orderId;
    connections.push(...journeys.map(({ connection }) => connection));
    // The database answers the commit that confirms the order, and nothing about the order after that.
    let isConfirmed = false;
    connections.push(
      new ConnectionCut(confirmed, (_, body) => {
        const wasConfirmed = isConfirmed;
        isConfirmed ||= body.includes('order.confirmed');
        return wasConfirmed;
      }),
    );
    const running = Promise.all(journeys.map((journey) => journey.run(program).catch(() => undefined)));
    const cash = { orderId: confirmed, amount: paid.amount, paymentMethod: 'COD' };
    expect((await customer.post('/payment/pay', cash)).status).toBe(201);
    expect((await shopper.post('/cart/add', { productId: MILK, qty: 3 })).status).toBe(200);
    await waitUntil('every journey to be cut or delivered', async () => {
      const delivered = (await dairy.allStored<{ userId: string }>('Deliveries')).map(({ userId }) => userId);
      return journeys.every(({ connection, client }) => connection.wasCut || delivered.includes(client.userId));
    });
    const last = await shopper.post('/order/create', { ...order, address: '12 Dairy Lane' });
    await program.kill('SIGKILL');
    expect(last.status).toBe(201);
    placed = last.body.orderId;
    replies = await running;
  }

  /** Shuts down a process while its publishing hangs. */
  async function stopWithHangingPublish(): Promise<void> {
    const program = await dairy.start({
      APP_ROLES: 'api',
      SQS_ENDPOINT: blackHole.url,
      SNS_ENDPOINT: blackHole.url,
      OUTBOX_SWEEP_AFTER_SECONDS: '1',
      DRAIN_SECONDS: '2',
    });
    const order = { cartItems: [{ productId: MILK, qty: 1 }], deliverySlot, address: '12 Dairy Lane' };
    const reply = await dairy.as('CUSTOMER', program).post('/order/create', order);
    expect(reply.status).toBe(201);
    orphanedOrderId = reply.body.orderId;
    gracefulExit = program.kill('SIGTERM');
    await waitUntil('the process to drain', async () => {
      return (await fetch(`${program.url}/health/ready`)).status === 503;
    });
  }

  async function loggedEvents(eventType: string, ids: object): Promise<unknown[]> {
    const events = (await admin.all('/analytics/events')) as Record<string, unknown>[];
    return events.filter((event) => {
      return Object.entries({ eventType, ...ids }).every(([name, value]) => event[name] === value);
    });
  }

  async function expectOnce(eventType: string, ids: object): Promise<void> {
    await waitUntil(eventType, async () => (await loggedEvents(eventType, ids)).length > 0);
    await dairy.settled(restarted);
    expect(await loggedEvents(eventType, ids)).toHaveLength(1);
  }

  it('publishes the placed order once', () => expectOnce('ORDER_PLACED', { orderId: placed }));

  it('publishes the cart addition once', async () => {
    await expectOnce('CART_ITEM_ADDED', { userId: shopper.userId, productId: MILK, qty: 3 });
  });

  it('assigns the delivery of the confirmed order and notifies the customer once', async () => {
    await expectOnce('DELIVERY_ASSIGNED', { orderId: confirmed });
    await expectOnce('ORDER_CONFIRMED', { orderId: confirmed });
    const { body } = await customer.at(restarted).get('/order/track', { orderId: confirmed });
    expect(body).toMatchObject({
      status: 'CONFIRMED',
      delivery: { status: 'ASSIGNED', courierId: expect.stringMatching(/^U-COURIER-/) },
    });
    expect(await mailsWithSubject(`Order ${orderNumberOf(confirmed)} confirmed`)).toHaveLength(1);
  });

  it('was cut off at every step of an order paid by card', () => {
    const statuses = replies.map((reply) => reply?.status);
    expect(statuses).toEqual([undefined, undefined, undefined, undefined, 201, 201]);
  });

  it('replays the response of an order that is placed again', async () => {
    const replayed = await Promise.all(journeys.map((journey) => journey.placeOrder(restarted)));
    expect(replayed.map(({ status }) => status)).toEqual(journeys.map(() => 201));
    expect(replayed.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual(journeys.map(() => 'true'));
    const ids = replayed.map(({ body }) => body.orderId as string);
    expect(new Set(ids).size).toBe(journeys.length);
    journeys.forEach((journey, index) => (journey.orderId = ids[index] as string));
  });

  it('settles the interrupted payments with the gateway', async () => {
    const [unasked, claimed, charged, settled] = journeys as [OrderJourney, OrderJourney, OrderJourney, OrderJourney];
    const { body: milk } = await admin.get(`/product/${MILK}`);
    expect((await unasked.pay(restarted, milk.price, 'first')).body.status).toBe('SUCCESS');
    expect((await claimed.pay(restarted, milk.price, 'first')).body.code).toBe('idempotency.in_progress');
    expect((await charged.pay(restarted, milk.price, 'other')).body.code).toBe('payment.in_progress');
    const replayed = await settled.pay(restarted, milk.price, 'first');
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    expect(replayed.body.status).toBe('SUCCESS');

    const inThreeMinutes = new Date(Date.now() + 3 * 60_000).toISOString();
    expect((await admin.put('/admin/clock', { now: inThreeMinutes })).status).toBe(200);
    expect(await claimed.readStatus(restarted)).toEqual({ status: 'CREATED', payment: 'FAILED' });
    expect(await charged.readStatus(restarted)).toEqual({ status: 'CONFIRMED', payment: 'SUCCESS' });
    expect((await claimed.pay(restarted, milk.price, 'again')).body.status).toBe('SUCCESS');
  });

  it('shuts down in time while publishing hangs, and leaves its events to another process', async () => {
    expect((await gracefulExit).code).toBe(0);
    await expectOnce('ORDER_PLACED', { orderId: orphanedOrderId });
    expect((await admin.post('/order/cancel', { orderId: orphanedOrderId })).status).toBe(200);
  });

  it('keeps all order invariants', async () => {
    const { body: late } = await shopper.at(restarted).get('/order/track', { orderId: placed });
    const card = { orderId: placed, amount: late.amount, paymentMethod: 'CARD' };
    expect((await shopper.at(restarted).post('/payment/pay', card)).status).toBe(201);
    expect((await admin.post('/order/cancel', { orderId: confirmed })).status).toBe(200);
    await dairy.settled(restarted);
    expect(await brokenOrderInvariants(dairy, STOCK)).toEqual([]);
  });
});

async function mailsWithSubject(subject: string): Promise<unknown[]> {
  const answer = await fetch(`${process.env.SES_ENDPOINT}/store`);
  const { emails } = (await answer.json()) as { emails: { subject: string }[] };
  return emails.filter((mail) => mail.subject === subject);
}
