import { PaymentSettlement } from '../../../src/modules/payment';
import { DeclineLimit } from '../../../src/modules/payment/decline-limit.service';
import { SandboxGateway } from '../../../src/modules/payment/adapters/sandbox.gateway';
import { Clock } from '../../../src/platform/clock';
import { ThrottleRepository } from '../../../src/platform/throttle/throttle.repository';
import { PLATFORM_SETTINGS } from '../../../src/platform/config/platform.settings';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { aProduct, customerWithBalance, placeOrder, type TestUser } from '../../support/fixtures/order-steps';
import { countRoundTrips } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the limit of declined payments', () => {
  let app: TestApp;
  let clock: ManualRealClock;
  let milk: string;
  let addresses = 0;
  let address: string;
  let asha: TestUser;
  beforeAll(async () => {
    clock = new ManualRealClock();
    // Tests set their own client address.
    app = await TestApp.start({ RATE_LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' }, { clock });
    milk = await aProduct(app, { productId: 'MILK', stock: 1_000 });
  });
  beforeEach(() => {
    address = `192.0.2.${++addresses}`;
    asha = app.as('CUSTOMER');
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => app.stop());

  const topUp = (paymentToken = 'tok_declined', person = asha, from = address) =>
    person.post('/wallet/topup', { amount: 10, paymentMethod: 'CARD', paymentToken }).set('X-Forwarded-For', from);
  const decline = async (times: number, person = asha, from = address) => {
    for (let time = 0; time < times; time++) {
      const { body } = await topUp('tok_declined', person, from).expect(201);
      expect(body).toMatchObject({ status: 'FAILED', reason: 'DECLINED' });
    }
  };
  const pay = async (paymentMethod: string, paymentToken?: string, person = asha) => {
    const { orderId, amount } = await placeOrder(app, person, milk);
    return person
      .post('/payment/pay', { orderId, amount, paymentMethod, paymentToken })
      .set('X-Forwarded-For', address);
  };
  /** As another task of the same dairy, which has not seen any payment. */
  const anotherTask = () => new DeclineLimit(app.get(ThrottleRepository), app.get(Clock), app.get(PLATFORM_SETTINGS));

  it('refuses a sixth payment within an hour, counting orders and top-ups together', async () => {
    await decline(4);
    expect((await pay('CARD', 'tok_declined')).body).toMatchObject({ status: 'FAILED' });
    clock.advance(20 * MINUTE);
    for (const refused of [await topUp('tok_ok'), await pay('UPI', 'tok_ok')]) {
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({ code: 'payment.too_many_failures' });
      expect(refused.headers).toMatchObject({
        'retry-after': '2400',
        'ratelimit-limit': '5',
        'ratelimit-remaining': '0',
        'ratelimit-reset': '2400',
      });
    }
    clock.advance(40 * MINUTE + 1);
    await topUp('tok_ok').expect(201);
  });

  it('lets a refused customer pay in other ways, and other customers by card', async () => {
    await customerWithBalance(app, 100, asha);
    await decline(5);
    expect(await pay('CARD')).toMatchObject({ status: 429 });
    expect(await pay('WALLET')).toMatchObject({ status: 201 });
    expect(await pay('COD')).toMatchObject({ status: 201 });
    expect(await pay('CARD', 'tok_ok', app.as('CUSTOMER'))).toMatchObject({ status: 201 });
  });

  it('does not count payments that succeed, are left pending, or were never charged', async () => {
    for (let time = 0; time < 6; time++) await topUp('tok_ok').expect(201);
    for (let time = 0; time < 6; time++) {
      const { body } = await topUp('tok_timeout_not_charged').expect(201);
      const { paymentId } = body as { paymentId: string };
      await app.get<PaymentSettlement>(PaymentSettlement).settleFromGateway(paymentId);
      expect((await asha.get(`/payment/${paymentId}`)).body).toMatchObject({ status: 'FAILED', reason: 'NOT_CHARGED' });
    }
    await decline(5);
    await topUp('tok_ok').expect(429);
  });

  it('counts a decline that the gateway reports later', async () => {
    await decline(4);
    const { body } = await topUp('tok_pending_then_fail').expect(201);
    await topUp('tok_ok').expect(201);
    clock.advance(2_000);
    await app.get<PaymentSettlement>(PaymentSettlement).settleFromGateway((body as { paymentId: string }).paymentId);
    await topUp('tok_ok').expect(429);
  });

  it('declines five of forty simultaneous payments, and refuses the others', async () => {
    const charge = jest.spyOn(app.get<SandboxGateway>(SandboxGateway), 'charge');
    const answers = await Promise.all(Array.from({ length: 40 }, () => topUp()));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(35);
    expect(charge).toHaveBeenCalledTimes(5);
    clock.advance(HOUR + 1_000);
    await topUp('tok_ok').expect(201);
  });

  it('refuses the 21st payment from one address, whichever customers try', async () => {
    for (let person = 0; person < 5; person++) await decline(4, app.as('CUSTOMER'));
    const { body } = await topUp('tok_ok').expect(429);
    expect(body).toMatchObject({ code: 'payment.too_many_failures' });
    await topUp('tok_ok', asha, '198.51.100.1').expect(201);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => topUp('tok_declined', app.as('CUSTOMER'), '198.51.100.2')),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
  });

  it('lets another task accept one payment more, which tells it of the earlier declines', async () => {
    await decline(5);
    const task = anotherTask();
    const declined = {
      method: 'CARD',
      amount: 100,
      status: 'FAILED',
      reason: 'DECLINED',
      userId: asha.userId,
    } as never;
    const attempt = () =>
      task.limit(asha.userId, address, async () => {
        await task.recordFailure(declined);
        return declined;
      });
    await attempt();
    await expect(attempt()).rejects.toMatchObject({ code: 'payment.too_many_failures' });
  });

  it('costs a payment no round trip more', async () => {
    await decline(1);
    expect(await countRoundTrips(app, () => topUp('tok_ok'))).toBe(2);
  });

  it('returns the first response to a repeated request, even to a refused customer', async () => {
    const first = await topUp('tok_ok').set('Idempotency-Key', 'k').expect(201);
    await decline(5);
    const again = await topUp('tok_ok').set('Idempotency-Key', 'k').expect(201);
    expect(again.body).toEqual(first.body);
  });
});
