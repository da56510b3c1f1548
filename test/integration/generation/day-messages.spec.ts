import { OutcomeRepository } from '../../../src/modules/generation/outcome.repository';
import { CustomerInbox } from '../notification/customer-inbox';
import type { EventRecorder } from '../../support/measure/event-recorder';
import type { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, customerWithBalance, inHours, type TestUser } from '../../support/fixtures/order-steps';
import { aSubscription, startDairy } from '../../support/fixtures/subscriptions';
import type { TestApp } from '../../support/test-app';
import { advanceTo, GENERATION_TIME, RETRY_TIME } from './generation-run';

const linesOf = (...productIds: string[]) => productIds.map((productId) => ({ productId, qty: 1 }));
const ABOUT_DELIVERY = /delivery/i;

describe('the message about a day', () => {
  let app: TestApp;
  let clock: FixedBusinessClock;
  let recorder: EventRecorder;
  let asha: TestUser;
  let ravi: TestUser;
  let ashasInbox: CustomerInbox;
  let ravisInbox: CustomerInbox;

  beforeAll(async () => {
    ({ app, clock, recorder } = await startDairy({ QUEUE_RETRY_SECONDS: '0' }));
    await aProduct(app, { productId: 'GHEE', price: 90, stock: 0 });
    ashasInbox = await CustomerInbox.register(app, 'Asha');
    ravisInbox = await CustomerInbox.register(app, 'Ravi');
    asha = await customerWithBalance(app, 70, app.as('CUSTOMER', ashasInbox.userId));
    ravi = app.as('CUSTOMER', ravisInbox.userId);
    await aSubscription(asha, { items: linesOf('MILK'), paymentMethod: 'WALLET' });
    await aSubscription(asha, { items: linesOf('MILK', 'GHEE'), paymentMethod: 'COD', deliverySlot: '17:30' });
    await aSubscription(asha, { items: [{ productId: 'CURD', qty: 5 }], paymentMethod: 'WALLET' });
    // The oldest subscription gets the ghee that comes back.
    clock.set(inHours(app, 0.1));
    await aSubscription(ravi, { items: linesOf('GHEE') });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => app.stop());

  it('waits until it can be sent, after an admin has retried it', async () => {
    const reading = jest.spyOn(app.get<OutcomeRepository>(OutcomeRepository), 'readOf').mockImplementation(() => {
      throw new Error('The records cannot be read');
    });
    await advanceTo(app, clock, GENERATION_TIME);
    const { body: parked } = await app.as('ADMIN').get('/admin/outbox', { state: 'parked' }).expect(200);
    expect(parked).toEqual([
      expect.objectContaining({ failed: [expect.objectContaining({ subscriber: 'generation.announce' })] }),
    ]);
    expect(await ashasInbox.mails(ABOUT_DELIVERY)).toEqual([]);
    reading.mockRestore();
    await app.as('ADMIN').post('/admin/outbox/retry').expect(200);
    await app.settled();
    expect(await ashasInbox.mails(ABOUT_DELIVERY)).toHaveLength(1);
  });

  it('tells what comes from all subscriptions of a customer, what was charged, and what does not come and why', async () => {
    const [mail] = await ashasInbox.mails(ABOUT_DELIVERY);
    expect(mail?.subject).toBe('Your delivery on Wednesday 2 December is confirmed');
    expect(mail?.body.text).toMatch(/^Your 2 orders for Wednesday 2 December are confirmed\n/);
    expect(mail?.body.text).toContain('Hello Asha, your 2 orders for ₹60 are confirmed.');
    expect(mail?.body.text).toMatch(/We’ll deliver 1 × Product MILK at \d+:\d\d am and 1 × Product MILK at 5:30 pm\./);
    expect(mail?.body.text).toContain('Paid from your wallet: ₹30. To pay to the courier: ₹30.');
    expect(mail?.body.text).toMatch(/Sold out, and not charged: 1 × Product GHEE\..*4:00 am on the day of delivery/);
    expect(mail?.body.text).toMatch(/Not coming: 5 × Product CURD \(your wallet balance is too low\)\..*4:00 am/);
    const [nothing, ...others] = await ravisInbox.mails(ABOUT_DELIVERY);
    expect(nothing?.subject).toBe('No delivery on Wednesday 2 December');
    expect(others).toEqual([]);
  });

  it('is not sent again when the run is repeated', async () => {
    const decided = recorder.ofType('subscription.day_decided').length;
    await app.as('ADMIN').post('/admin/generation/run', { date: '2026-12-02' }).expect(202);
    await app.settled();
    expect(recorder.ofType('subscription.day_decided')).toHaveLength(decided);
  });

  it('is followed by one about what the retry has changed, for those customers only', async () => {
    await app
      .as('ADMIN')
      .post('/admin/wallet/adjust', { userId: asha.userId, amount: 200, reason: 'Cash' })
      .expect(201);
    await app.as('ADMIN').patch('/product/update', { productId: 'GHEE', stock: 1 }).expect(200);
    await advanceTo(app, clock, RETRY_TIME);
    const [, changed, ...others] = await ashasInbox.mails(ABOUT_DELIVERY);
    expect(others).toEqual([]);
    expect(changed?.subject).toBe('Your delivery on Wednesday 2 December has changed');
    expect(changed?.body.text).toContain('your 3 orders for ₹250 are confirmed.');
    expect(changed?.body.text).toContain('Paid from your wallet: ₹130. To pay to the courier: ₹120.');
    expect(changed?.body.text).not.toMatch(/Sold out|Not coming/);
    expect(await ravisInbox.mails(ABOUT_DELIVERY)).toHaveLength(1);
  });
});
