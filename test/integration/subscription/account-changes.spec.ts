import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import type { TestUser } from '../../support/fixtures/order-steps';
import { customerWithBalance, walletOf } from '../../support/fixtures/order-steps';
import {
  aSubscription,
  calendarOutcomes,
  DAILY_SUBSCRIPTION,
  getSubscription,
  startDairy,
  type SubscriptionBody,
} from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import {
  advanceTo,
  GENERATION_TIME,
  generationReport,
  orderOn,
  outcomeOf,
  RETRY_TIME,
  WEDNESDAY,
} from '../generation/generation-run';

const THURSDAY = '2026-12-03';
const FRIDAY = '2026-12-04';
const AFTER_CUTOFF = '2026-12-01T15:31:00Z';
const { address: _, ...FOLLOWING } = DAILY_SUBSCRIPTION;

describe('a change of an account', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  beforeEach(async () => ({ app, clock } = await startDairy()));
  afterEach(() => app.stop());

  let registered = 0;
  const aCustomer = async (address = '1 Dairy Lane'): Promise<TestUser> => {
    const account = { name: 'Asha', email: `asha${++registered}@example.com`, password: 'test1234', address };
    const { body } = await app.http.post('/user/register', account).expect(201);
    return app.as('CUSTOMER', (body as { userId: string }).userId);
  };
  const setBlocked = (customer: TestUser, blocked: boolean) =>
    app.as('ADMIN').patch(`/admin/users/${customer.userId}`, { blocked }).expect(200);
  const moveTo = (customer: TestUser, address: string | null) =>
    customer.patch('/user/profile', { address }).expect(200);
  const follow = async (customer: TestUser) => {
    const { body } = await customer.post('/order/subscribe', FOLLOWING).expect(201);
    return body as Awaited<ReturnType<typeof aSubscription>>;
  };

  describe('that blocks the customer', () => {
    it('stops the orders of their subscriptions, even after the cutoff, and shows it to admins', async () => {
      const customer = await aCustomer();
      const subscription = await aSubscription(customer);
      clock.set(AFTER_CUTOFF);
      await setBlocked(customer, true);
      await advanceTo(app, clock, GENERATION_TIME);
      expect(await orderOn(customer, subscription)).toBeUndefined();
      expect(await outcomeOf(app, subscription)).toMatchObject({ outcome: 'BLOCKED' });
      expect((await generationReport(app)).counts).toMatchObject({ BLOCKED: 1, ORDERED: 0 });
      const admin = app.as('ADMIN');
      const path = `/subscription/${subscription.subscriptionId}`;
      const { body: calendar } = await admin.get(`${path}/calendar`, { from: WEDNESDAY, to: THURSDAY }).expect(200);
      expect(calendar).toMatchObject([{ outcome: 'BLOCKED' }, { outcome: 'BLOCKED' }]);
      const { body: shown } = await admin.get(path).expect(200);
      expect(shown).not.toHaveProperty('nextDeliveryDate');
      const { body: demand } = await admin.get('/admin/demand', { from: THURSDAY, to: THURSDAY }).expect(200);
      expect(demand).toEqual([]);
    });

    it('is undone from the first open date on', async () => {
      const customer = await aCustomer();
      const subscription = await aSubscription(customer);
      await setBlocked(customer, true);
      await setBlocked(customer, true);
      clock.set(AFTER_CUTOFF);
      await setBlocked(customer, false);
      expect(await getSubscription(customer, subscription)).toMatchObject({ nextDeliveryDate: THURSDAY });
      await advanceTo(app, clock, GENERATION_TIME);
      expect(await outcomeOf(app, subscription)).toMatchObject({ outcome: 'BLOCKED' });
      await advanceTo(app, clock, '2026-12-02T15:32:00Z');
      expect(await orderOn(customer, subscription, THURSDAY)).toMatchObject({ status: 'CONFIRMED' });
    });

    it('leaves no trace if it is undone before the cutoff', async () => {
      const customer = await aCustomer();
      const subscription = await aSubscription(customer);
      await setBlocked(customer, true);
      await setBlocked(customer, false);
      await advanceTo(app, clock, GENERATION_TIME);
      expect(await orderOn(customer, subscription)).toMatchObject({ status: 'CONFIRMED' });
    });

    it('stops the retry of an unpaid order', async () => {
      const customer = await aCustomer();
      const subscription = await aSubscription(customer, { paymentMethod: 'WALLET' });
      await advanceTo(app, clock, GENERATION_TIME);
      expect(await outcomeOf(app, subscription)).toMatchObject({ outcome: 'SHORT_BALANCE' });
      await customerWithBalance(app, 100, customer);
      await setBlocked(customer, true);
      await advanceTo(app, clock, RETRY_TIME);
      expect(await outcomeOf(app, subscription)).toMatchObject({ outcome: 'BLOCKED' });
      expect((await generationReport(app)).counts).toMatchObject({ BLOCKED: 1, SHORT_BALANCE: 0 });
      expect((await walletOf(customer)).balance).toBe(100);
    });

    it('stops the retry of a delivery that lacked a product, which is no longer the reason', async () => {
      const customer = await aCustomer();
      const subscription = await aSubscription(customer, { items: [{ productId: 'CURD', qty: 1 }] });
      const setStock = (stock: number) =>
        app.as('ADMIN').patch('/product/update', { productId: 'CURD', stock }).expect(200);
      await setStock(0);
      await advanceTo(app, clock, GENERATION_TIME);
      expect(await outcomeOf(app, subscription)).toMatchObject({ outcome: 'OUT_OF_STOCK' });
      await setStock(1);
      await setBlocked(customer, true);
      await advanceTo(app, clock, RETRY_TIME);
      expect(await outcomeOf(app, subscription)).toMatchObject({ outcome: 'BLOCKED', missing: [] });
      expect((await generationReport(app)).counts).toMatchObject({ BLOCKED: 1, OUT_OF_STOCK: 0 });
    });

    it('refuses a new subscription, also by an admin', async () => {
      const customer = await aCustomer();
      await setBlocked(customer, true);
      const { userId } = customer;
      const { body } = await app
        .as('ADMIN')
        .post('/order/subscribe', { ...DAILY_SUBSCRIPTION, userId })
        .expect(403);
      expect(body).toMatchObject({ code: 'user.blocked' });
    });

    it('and generation never interleave to an order after the block', async () => {
      const customer = await aCustomer();
      const subscriptions: SubscriptionBody[] = [];
      for (let count = 0; count < 12; count++) subscriptions.push(await aSubscription(customer));
      clock.set(GENERATION_TIME);
      await Promise.all([advanceTo(app, clock, GENERATION_TIME), setBlocked(customer, true)]);
      await app.settled();
      for (const subscription of subscriptions) {
        const { outcome } = (await outcomeOf(app, subscription)) ?? {};
        expect(outcome).toBe((await orderOn(customer, subscription)) ? 'ORDERED' : 'BLOCKED');
        expect(await calendarOutcomes(customer, subscription, THURSDAY)).toEqual({ [THURSDAY]: 'BLOCKED' });
      }
    });
  });

  describe('that moves the customer', () => {
    it('moves the deliveries whose address was taken from the profile, from the first open date on', async () => {
      const customer = await aCustomer('1 Old Street');
      const following = await follow(customer);
      const own = await aSubscription(customer, { address: '9 Office Road' });
      expect(following).toMatchObject({ address: '1 Old Street', followsProfile: true });
      expect(own).toMatchObject({ address: '9 Office Road', followsProfile: false });
      clock.set(AFTER_CUTOFF);
      await moveTo(customer, '2 New Street');
      expect(await getSubscription(customer, following)).toMatchObject({
        address: '2 New Street',
        effectiveFrom: THURSDAY,
      });
      await advanceTo(app, clock, GENERATION_TIME);
      await advanceTo(app, clock, '2026-12-02T15:32:00Z');
      expect(await orderOn(customer, following, WEDNESDAY)).toMatchObject({ address: '1 Old Street' });
      expect(await orderOn(customer, following, THURSDAY)).toMatchObject({ address: '2 New Street' });
      expect(await orderOn(customer, own, THURSDAY)).toMatchObject({ address: '9 Office Road' });
    });

    it('before the cutoff moves the delivery of that evening', async () => {
      const customer = await aCustomer('1 Old Street');
      const following = await follow(customer);
      await app.as('ADMIN').patch(`/admin/users/${customer.userId}`, { address: '2 New Street' }).expect(200);
      await advanceTo(app, clock, GENERATION_TIME);
      expect(await orderOn(customer, following)).toMatchObject({ address: '2 New Street' });
    });

    it('keeps the last address if the profile has none any more', async () => {
      const customer = await aCustomer('1 Old Street');
      const following = await follow(customer);
      await moveTo(customer, null);
      await advanceTo(app, clock, GENERATION_TIME);
      expect(await orderOn(customer, following)).toMatchObject({ address: '1 Old Street' });
    });

    it('concerns a subscription again after its own address was cleared', async () => {
      const customer = await aCustomer('1 Old Street');
      const own = await aSubscription(customer, { address: '9 Office Road' });
      const { subscriptionId } = own;
      await customer.patch('/subscription/update', { subscriptionId, address: null }).expect(200);
      expect(await getSubscription(customer, own)).toMatchObject({ address: '1 Old Street', followsProfile: true });
      await moveTo(customer, '2 New Street');
      await customer.patch('/subscription/update', { subscriptionId, address: '9 Office Road' }).expect(200);
      await moveTo(customer, '3 Last Street');
      await advanceTo(app, clock, '2026-12-02T15:32:00Z');
      expect(await orderOn(customer, own, THURSDAY)).toMatchObject({ address: '9 Office Road' });
      expect(await calendarOutcomes(customer, own, FRIDAY)).toEqual({ [FRIDAY]: 'DUE' });
    });

    it('is never lost when it meets another change or a new subscription', async () => {
      const customer = await aCustomer('1 Old Street');
      const following = await follow(customer);
      const [, , later] = await Promise.all([
        moveTo(customer, '2 New Street'),
        customer.post('/subscription/skip', { subscriptionId: following.subscriptionId, date: FRIDAY }).expect(200),
        follow(customer),
      ]);
      for (const subscription of [following, later]) {
        expect(await getSubscription(customer, subscription)).toMatchObject({ address: '2 New Street' });
      }
      expect(await getSubscription(customer, following)).toMatchObject({ exceptions: [{ date: FRIDAY }] });
    });
  });
});
