import { RunCoordinator } from '../../../src/modules/generation';
import { CustomerInbox } from '../notification/customer-inbox';
import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import {
  aProduct,
  customerWithBalance,
  inHours,
  placeOrder,
  type TestUser,
  walletOf,
} from '../../support/fixtures/order-steps';
import { aSubscription, startDairy, type SubscriptionBody } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { brokenInvariants } from './generation-invariants';
import {
  advanceTo,
  GENERATION_TIME,
  generationReport,
  orderOn,
  outcomeOf,
  RETRY_TIME,
  stockOf,
  WEDNESDAY,
} from './generation-run';

const { MILK, CURD, GHEE } = { MILK: 'MILK', CURD: 'CURD', GHEE: 'GHEE' };
const linesOf = (...productIds: string[]) => productIds.map((productId) => ({ productId, qty: 1 }));

describe('stock that comes back before the retry', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  const people: Record<string, TestUser> = {};
  const subscriptions: Record<string, SubscriptionBody> = {};
  let inbox: CustomerInbox;

  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy());
    await aProduct(app, { productId: GHEE, price: 90, stock: 0 });
    await app.as('ADMIN').patch('/product/update', { productId: CURD, stock: 0 }).expect(200);
    inbox = await CustomerInbox.register(app);
    const begin = async (name: string, wanted: object, balance = 0, customer = app.as('CUSTOMER')) => {
      clock.set(inHours(app, 0.1));
      people[name] = balance > 0 ? await customerWithBalance(app, balance, customer) : customer;
      const paymentMethod = balance > 0 ? 'WALLET' : 'COD';
      subscriptions[name] = await aSubscription(people[name], { paymentMethod, ...wanted });
    };
    await begin('milk and curd', { items: linesOf(MILK, CURD) }, 200, app.as('CUSTOMER', inbox.userId));
    await begin('first for ghee', { items: linesOf(GHEE) });
    await begin('second for ghee', { items: linesOf(GHEE, MILK) });
    await begin('third for ghee', { items: linesOf(GHEE) });
    await begin('cannot pay the curd', { items: linesOf(MILK, CURD) }, 31);
    await begin('packed', { items: linesOf(MILK, CURD) });
    await begin('early slot', { items: linesOf(CURD), deliverySlot: '03:30' });
    await advanceTo(app, clock, GENERATION_TIME);
    const admin = app.as('ADMIN');
    const { orderId } = (await order('packed')) as { orderId: string };
    await admin.patch('/admin/order/status', { orderId, status: 'PACKED' }).expect(200);
  });
  afterAll(() => app.stop());

  const person = (name: string) => people[name] as TestUser;
  const subscription = (name: string) => subscriptions[name] as SubscriptionBody;
  const order = (name: string) => orderOn(person(name), subscription(name));
  const outcome = async (name: string) => (await outcomeOf(app, subscription(name)))?.outcome;
  const calendarDay = async (name: string) => {
    const path = `/subscription/${subscription(name).subscriptionId}/calendar`;
    const { body } = await person(name).get(path, { from: WEDNESDAY, to: WEDNESDAY }).expect(200);
    return (body as object[])[0];
  };

  it('was missing in the evening, and the customer learns what comes, what does not, and what was charged', async () => {
    expect(await order('milk and curd')).toMatchObject({
      amount: 30,
      items: [{ productId: MILK }],
      missing: [{ productId: CURD, name: 'Product CURD', qty: 1 }],
    });
    expect((await walletOf(person('milk and curd'))).balance).toBe(170);
    const [mail] = await inbox.mails(/confirmed/);
    expect(mail?.body.text).toMatch(
      /your order for ₹30 is confirmed\. We’ll deliver 1 × Product MILK on Wednesday \d+ \w+, \d+:\d\d am\./,
    );
    expect(mail?.body.text).toMatch(/Sold out, and not charged: 1 × Product CURD.*4:00 am on the day/);
    expect(await outcome('first for ghee')).toBe('OUT_OF_STOCK');
    const { subscriptionId } = subscription('first for ghee');
    expect(recorder.ofType('subscription.occurrence_skipped')).toContainEqual(
      expect.objectContaining({ subscriptionId, reason: 'OUT_OF_STOCK', retryAt: RETRY_TIME }),
    );
  });

  it('is added to the order at the price of the evening, and charged', async () => {
    const admin = app.as('ADMIN');
    await admin.patch('/product/update', { productId: CURD, stock: 10, price: 25 }).expect(200);
    await admin.patch('/product/update', { productId: GHEE, stock: 2 }).expect(200);
    await advanceTo(app, clock, RETRY_TIME);
    const changed = await order('milk and curd');
    expect(changed).toMatchObject({
      status: 'CONFIRMED',
      amount: 50,
      items: [
        { productId: MILK, lineTotal: 30 },
        { productId: CURD, price: 20, lineTotal: 20 },
      ],
    });
    expect(changed).not.toHaveProperty('missing');
    expect((await walletOf(person('milk and curd'))).entries.slice(0, 2)).toEqual([
      ['PAYMENT', -20],
      ['PAYMENT', -30],
    ]);
    const { paymentId } = (changed as { payment: { paymentId: string } }).payment;
    const { body: payment } = await person('milk and curd').get(`/payment/${paymentId}`).expect(200);
    expect(payment).toMatchObject({ amount: 50, status: 'SUCCESS' });
    expect(await calendarDay('milk and curd')).toMatchObject({ outcome: 'ORDERED', amount: 50 });
    const [mail] = await inbox.mails(/has changed/);
    expect(mail?.body.text).toMatch(
      /your order for ₹50 is confirmed\. We’ll deliver 1 × Product MILK and 1 × Product CURD on Wednesday/,
    );
  });

  it('goes to the oldest subscription first', async () => {
    expect(await order('first for ghee')).toMatchObject({ amount: 90, payment: { method: 'COD', status: 'PENDING' } });
    expect(await order('second for ghee')).toMatchObject({ amount: 120 });
    expect(await outcome('third for ghee')).toBe('OUT_OF_STOCK');
    expect(await stockOf(app, GHEE)).toBe(0);
    const { counts } = await generationReport(app);
    expect(counts).toMatchObject({ ORDERED: 5, OUT_OF_STOCK: 2 });
  });

  it('is not added to an order that is packed, that its wallet does not cover, or that would be late', async () => {
    expect(await order('packed')).toMatchObject({ amount: 30, missing: [{ productId: CURD }] });
    expect(await order('cannot pay the curd')).toMatchObject({ amount: 30, missing: [{ productId: CURD }] });
    expect(await outcome('early slot')).toBe('OUT_OF_STOCK');
  });

  it('is refunded with the order', async () => {
    const { orderId } = (await order('milk and curd')) as { orderId: string };
    await app.as('ADMIN').post('/order/cancel', { orderId }).expect(200);
    await app.settled();
    expect((await walletOf(person('milk and curd'))).balance).toBe(200);
  });

  it('keeps books, stock and counts consistent', async () => {
    expect((await app.as('ADMIN').get('/admin/books').expect(200)).body).toMatchObject({
      balanced: true,
      violations: [],
    });
    expect(await brokenInvariants(app, { MILK: 100, CURD: 10, GHEE: 2 })).toEqual([]);
  });
});

describe('stock that unpaid orders hold in the evening', () => {
  it('goes to the subscribers once it comes back, each exactly once', async () => {
    const { app, clock } = await startDairy();
    await aProduct(app, { productId: GHEE, price: 90, stock: 10 });
    const households = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const customer = app.as('CUSTOMER');
        return { customer, subscription: await aSubscription(customer, { items: [{ productId: GHEE, qty: 2 }] }) };
      }),
    );
    clock.set('2026-12-01T15:28:00Z');
    await placeOrder(app, app.as('CUSTOMER'), GHEE, 10);
    await advanceTo(app, clock, GENERATION_TIME);
    for (const { subscription } of households) {
      expect(await outcomeOf(app, subscription)).toMatchObject({ outcome: 'OUT_OF_STOCK' });
    }
    await advanceTo(app, clock, '2026-12-01T15:44:00Z');
    expect(await stockOf(app, GHEE)).toBe(10);
    clock.set(RETRY_TIME);
    const coordinator = app.get<RunCoordinator>(RunCoordinator);
    await coordinator.ensureProgress();
    await Promise.all([1, 2, 3].map(() => coordinator.advance(WEDNESDAY)));
    await app.settled();
    for (const { customer, subscription } of households) {
      expect(await orderOn(customer, subscription)).toMatchObject({ status: 'CONFIRMED', amount: 180 });
    }
    expect(await stockOf(app, GHEE)).toBe(0);
    expect((await generationReport(app)).counts).toMatchObject({ ORDERED: 5, OUT_OF_STOCK: 0 });
    expect(await brokenInvariants(app, { MILK: 100, CURD: 100, GHEE: 10 })).toEqual([]);
    await app.stop();
  });
});
