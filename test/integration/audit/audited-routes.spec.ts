import { Secret, TOTP } from 'otpauth';
import type supertest from 'supertest';
import { Calendar } from '../../../src/kernel/calendar';
import { newEventId } from '../../../src/kernel/ids';
import { newProductId } from '../../../src/modules/product/domain/ids';
import { UserService } from '../../../src/modules/user';
import { Contract, type Route } from '../../support/contract/contract';
import { aProduct, inHours, orderRequest, placeOrder, type TestUser } from '../../support/fixtures/order-steps';
import { aCourier, anOrder } from '../../support/fixtures/orders';
import { aSubscription } from '../../support/fixtures/subscriptions';
import { TestApp } from '../../support/test-app';

const PASSWORD = 'milk-before-dawn';
/** Hours from the cutoff to midnight. That much later, it is the last date whose cutoff has passed. */
const AFTER_CUTOFF = 3;

/** Requests of admins that have no entry. Each needs a reason. */
const NOT_AUDITED: Readonly<Record<string, string>> = {
  'PATCH /cart/update': 'a cart has no effect until it is ordered',
  'DELETE /cart/clear': 'a cart has no effect until it is ordered',
  'POST /user/mfa/setup': 'a second factor has no effect until it is confirmed',
  'POST /user/mfa/verify': 'a code only allows changes, which have entries themselves',
  'POST /user/mfa/confirm': 'it needs a session, see below',
  'DELETE /user/mfa': 'it needs a session, see below',
};

/** Whether an admin may change something with a route, for themselves or for a customer, or export figures. */
function isAudited({ name, method, 'x-access': access, responses }: Route): boolean {
  if (name in NOT_AUDITED) return false;
  if (method === 'GET') return Object.values(responses).some(({ content }) => content && 'text/csv' in content);
  return access === 'signed-in' || access.includes('ADMIN');
}

describe('what an admin does', () => {
  const auditedRoutes = Contract.read().routes.filter(isAudited);
  let app: TestApp;
  let admin: TestUser;
  let customer: TestUser;
  let productId: string;
  let accounts = 0;
  beforeAll(async () => {
    app = await TestApp.start();
    admin = app.as('ADMIN', await registered('ADMIN'));
    customer = app.as('CUSTOMER', await registered('CUSTOMER'));
    productId = await aProduct(app, { productId: newProductId() });
  });
  afterAll(() => app.stop());

  async function registered(role: 'ADMIN' | 'CUSTOMER'): Promise<string> {
    const person = { name: 'Asha', email: `asha${++accounts}@milkround.test`, address: '12 Dairy Lane' };
    return (await app.get<UserService>(UserService).create(person, role, PASSWORD)).userId;
  }
  const subscription = () =>
    aSubscription(customer, { items: [{ productId, qty: 1 }], startDate: inHours(app, 48).slice(0, 10) });
  const ofSubscription = async (path: string, body: object = {}) =>
    admin.post(`/subscription/${path}`, { subscriptionId: (await subscription()).subscriptionId, ...body });
  const date = () => inHours(app, 24 * 5).slice(0, 10);
  const forCustomer = () => ({ userId: customer.userId });

  /** A successful request for every route. */
  const requests: Readonly<Record<string, () => supertest.Test | Promise<supertest.Response>>> = {
    'PATCH /admin/dairy': () => admin.patch('/admin/dairy', { name: 'Sunrise Dairy' }),
    'POST /product/add': () =>
      admin.post('/product/add', { name: 'Curd', price: 20, stock: 10, category: 'Curd & Yoghurt' }),
    'PATCH /product/update': () => admin.patch('/product/update', { productId, price: 31 }),
    'POST /cart/add': () => admin.post('/cart/add', { ...forCustomer(), productId, qty: 1 }),
    'POST /order/create': () => admin.post('/order/create', { ...forCustomer(), ...orderRequest(app, productId) }),
    'POST /order/cancel': async () => {
      const { orderId } = await placeOrder(app, customer, productId);
      return admin.post('/order/cancel', { orderId });
    },
    'POST /order/subscribe': () =>
      admin.post('/order/subscribe', {
        ...forCustomer(),
        ...{ items: [{ productId, qty: 1 }], frequency: 'DAILY', startDate: date() },
        ...{ deliverySlot: '06:30', paymentMethod: 'COD' },
      }),
    'PATCH /subscription/update': async () =>
      admin.patch('/subscription/update', {
        subscriptionId: (await subscription()).subscriptionId,
        deliverySlot: '07:30',
      }),
    'POST /subscription/pause': () => ofSubscription('pause', { from: date() }),
    'POST /subscription/resume': async () => {
      const { subscriptionId } = await subscription();
      await customer.post('/subscription/pause', { subscriptionId, from: date() }).expect(200);
      return admin.post('/subscription/resume', { subscriptionId, from: date() });
    },
    'POST /subscription/skip': () => ofSubscription('skip', { date: date() }),
    'POST /subscription/unskip': async () => {
      const { subscriptionId } = await subscription();
      await customer.post('/subscription/skip', { subscriptionId, date: date() }).expect(200);
      return admin.post('/subscription/unskip', { subscriptionId, date: date() });
    },
    'POST /subscription/override': () => ofSubscription('override', { date: date(), items: [{ productId, qty: 3 }] }),
    'POST /subscription/cancel': () => ofSubscription('cancel'),
    'POST /payment/pay': async () => {
      const { orderId, amount } = await placeOrder(app, customer, productId);
      return admin.post('/payment/pay', { orderId, amount, paymentMethod: 'COD' });
    },
    'PATCH /wallet/settings': () => admin.patch('/wallet/settings', { ...forCustomer(), lowBalanceThreshold: 50 }),
    'POST /wallet/topup': () => admin.post('/wallet/topup', { ...forCustomer(), amount: 100, paymentMethod: 'UPI' }),
    'POST /delivery/assign': async () => {
      const { orderId } = await anOrder(app);
      const { userId: courierId } = await aCourier(app);
      return admin.post('/delivery/assign', { orderId, courierId });
    },
    'PATCH /delivery/update': async () => {
      const { deliveryId } = await anOrder(app);
      return admin.patch('/delivery/update', { deliveryId, status: 'FAILED', reason: 'OTHER' });
    },
    'POST /delivery/updates': async () => {
      const { deliveryId } = await anOrder(app);
      const report = { clientEventId: 'E1', at: inHours(app, 0), deliveryId, status: 'FAILED', reason: 'OTHER' };
      return admin.post('/delivery/updates', [report]);
    },
    'GET /delivery/manifest': async () => {
      const { userId: courierId } = await aCourier(app);
      return admin.get('/delivery/manifest', { courierId, format: 'csv' });
    },
    'GET /analytics/report': () => admin.get('/analytics/report', { format: 'csv' }),
    'GET /admin/demand': () => admin.get('/admin/demand', { format: 'csv' }),
    'POST /analytics/report': () => {
      const today = app.get<Calendar>(Calendar).dateOf(app.clock.now());
      return admin.post('/analytics/report', { from: today, to: today, format: 'json' });
    },
    'PATCH /user/profile': () => admin.patch('/user/profile', { ...forCustomer(), name: 'Bela' }),
    'POST /admin/users': () =>
      admin.post('/admin/users', { name: 'Ravi', email: 'ravi@milkround.test', role: 'COURIER' }),
    'PATCH /admin/users/{userId}': async () =>
      admin.patch(`/admin/users/${await registered('CUSTOMER')}`, { blocked: true }),
    'PATCH /admin/order/status': async () => {
      const { orderId } = await anOrder(app);
      return admin.patch('/admin/order/status', { orderId, status: 'PACKED' });
    },
    'POST /admin/generation/run': () =>
      admin.post('/admin/generation/run', { date: app.get<Calendar>(Calendar).dateOf(inHours(app, AFTER_CUTOFF)) }),
    'POST /admin/notification/retry': () => admin.post('/admin/notification/retry'),
    'POST /admin/outbox/retry': () => admin.post('/admin/outbox/retry'),
    'POST /admin/wallet/adjust': () =>
      admin.post('/admin/wallet/adjust', { ...forCustomer(), amount: 50, reason: 'Paid in cash' }),
    'PUT /admin/clock': () => admin.put('/admin/clock', { now: inHours(app, 0.01) }),
    'DELETE /admin/clock': () => admin.delete('/admin/clock'),
    'POST /user/password/change': () =>
      admin.post('/user/password/change', { currentPassword: PASSWORD, newPassword: 'milk-after-dawn' }),
    'POST /user/verify/request': async () => admin.post(`/user/verify/request?userId=${await registered('CUSTOMER')}`),
    'DELETE /admin/users/{userId}/mfa': async () => {
      const colleague = await anAdminWithSecondFactor();
      return admin.delete(`/admin/users/${colleague.userId}/mfa`);
    },
    'DELETE /user/sessions': async () => admin.delete(`/user/sessions?userId=${await registered('CUSTOMER')}`),
    'DELETE /user/sessions/{sessionId}': async () => {
      const userId = await registered('CUSTOMER');
      const { email } = (await app.stored('Users', { userId })) as { email: string };
      await app.http.post('/user/login', { email, password: PASSWORD }).expect(200);
      const { body } = await app.as('CUSTOMER', userId).get('/user/sessions').expect(200);
      const [{ sessionId } = { sessionId: '' }] = body as { sessionId: string }[];
      return admin.delete(`/user/sessions/${sessionId}?userId=${userId}`);
    },
  };

  it.each(auditedRoutes.map(({ name }) => name))('has an audit entry: %s', async (name) => {
    const request = requests[name];
    if (!request) throw new Error(`Add a request for ${name}, which must have an audit entry`);
    const before = new Set((await entries()).map(({ requestId }) => requestId));
    const { status } = await request();
    expect(status).toBeLessThan(300);
    await app.settled();
    const added = (await entries()).filter(({ requestId }) => !before.has(requestId));
    expect(added).toContainEqual(expect.objectContaining({ by: admin.userId, byRole: 'ADMIN' }));
  });

  it('has an audit entry when a second factor is confirmed and removed', async () => {
    const { userId, client, codeIn } = await anAdminWithSecondFactor();
    await client.delete('/user/mfa', { password: PASSWORD, code: codeIn(1) }).expect(204);
    await app.settled();
    const actions = (await entries(userId)).map(({ action }) => action);
    expect(actions).toEqual(['user.second_factor_removed', 'user.second_factor_activated', 'user.logged_in']);
  });

  it('is listed with the id of the request', async () => {
    const requestId = newEventId();
    await admin.patch('/product/update', { productId, price: 32 }).set('X-Request-Id', requestId).expect(200);
    await app.settled();
    expect(await entries()).toContainEqual(
      expect.objectContaining({
        ...{ requestId, action: 'product.updated', subject: productId },
        details: expect.objectContaining({ changed: ['price'] }) as unknown,
      }),
    );
  });

  async function anAdminWithSecondFactor() {
    const userId = await registered('ADMIN');
    const { email } = (await app.stored('Users', { userId })) as { email: string };
    const { body: session } = await app.http.post('/user/login', { email, password: PASSWORD }).expect(200);
    const client = app.http.as((session as { accessToken: string }).accessToken);
    const { body: setup } = await client.post('/user/mfa/setup', { password: PASSWORD }).expect(200);
    const totp = new TOTP({ secret: Secret.fromBase32((setup as { secret: string }).secret) });
    const codeIn = (steps: number) => totp.generate({ timestamp: app.clock.realNow() + steps * 30_000 });
    await client.post('/user/mfa/confirm', { code: codeIn(0) }).expect(200);
    return { userId, client, codeIn };
  }

  async function entries(actor = admin.userId): Promise<{ requestId: string; by: string; action: string }[]> {
    const { body } = await app.as('ADMIN').get('/admin/audit', { actor, limit: 100 }).expect(200);
    return body as { requestId: string; by: string; action: string }[];
  }
});
