// Standalone spec: it measures the event loop of its own process.
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addDays } from '../../../src/kernel/calendar';
import { subscribe } from '../../../src/modules/subscription/domain/lifecycle';
import type { Subscription } from '../../../src/modules/subscription/domain/subscription';
import { SubscriptionRepository } from '../../../src/modules/subscription/subscription.repository';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { calibratedMillisecond, longestTaskOf } from '../../support/measure/event-loop';
import { FixedBusinessClock } from '../../support/clocks/fixed-business-clock';
import { aProduct, customerWithBalance, inHours } from '../../support/fixtures/order-steps';
import { TUESDAY_MORNING } from '../../support/fixtures/subscriptions';
import { TestApp } from '../../support/test-app';

const LINES = 50;
const SUBSCRIPTIONS = 20;
const TODAY = '2026-12-01';
const TOMORROW = '2026-12-02';
const ADDRESS = '12 Dairy Lane, Pune';
/** In calibrated milliseconds. */
const LIMIT = 50;
/** Preview and demand parse a page of a table, of up to 1 MB: measured 38 to 57. */
const LIMIT_OF_SCANS = 100;
/** The first ones include compilation. */
const REPETITIONS = 7;
const EARLIER_SUBSCRIPTIONS = 150;

const ITEMS = Array.from({ length: LINES }, (_, index) => ({ productId: `P${index}`, qty: 1 }));

interface Request {
  readonly by?: 'CUSTOMER' | 'EARLIER' | 'ADMIN';
  readonly method?: string;
  readonly path: string;
  readonly body?: object;
}

type RequestOf = (
  subscription: Subscription,
  app: TestApp,
  earlier: Subscription,
) => Request & { readonly expected: number };

const order = (lines: number, app: TestApp) => ({
  method: 'POST',
  path: '/order/create',
  body: {
    cartItems: Array.from({ length: lines }, (_, line) => ITEMS[line % LINES]),
    deliverySlot: inHours(app, 5),
    address: ADDRESS,
  },
});
const NEW_SUBSCRIPTION = {
  items: ITEMS,
  frequency: 'DAILY',
  startDate: TOMORROW,
  deliverySlot: '06:30',
  address: ADDRESS,
  paymentMethod: 'COD',
};

const REQUESTS: Readonly<Record<string, RequestOf>> = {
  'a subscription with its runway': ({ subscriptionId }) => ({
    path: `/subscription/${subscriptionId}`,
    expected: 200,
  }),
  'one of very many subscriptions': (_, __, { subscriptionId }) => ({
    by: 'EARLIER',
    path: `/subscription/${subscriptionId}`,
    expected: 200,
  }),
  'a list of subscriptions': () => ({ path: '/subscription/list?limit=100', expected: 200 }),
  'a calendar of 92 days': ({ subscriptionId }) => ({
    path: `/subscription/${subscriptionId}/calendar?from=${TODAY}&to=2027-03-02`,
    expected: 200,
  }),
  'one subscription too many': () => ({
    method: 'POST',
    path: '/order/subscribe',
    body: NEW_SUBSCRIPTION,
    expected: 409,
  }),
  'a change of terms': ({ subscriptionId }) => ({
    method: 'PATCH',
    path: '/subscription/update',
    body: { subscriptionId, frequency: { everyNDays: 365 } },
    expected: 200,
  }),
  'a full cart': () => ({ path: '/cart/view', expected: 200 }),
  'an order of 50 lines': (_, app) => ({ ...order(LINES, app), expected: 201 }),
  'an order that repeats its lines': (_, app) => ({ ...order(2_000, app), expected: 400 }),
  'a body of 100 kB': () => ({
    method: 'PATCH',
    path: '/user/profile',
    body: { address: 'x'.repeat(100_000) },
    expected: 400,
  }),
  'a list of orders': () => ({ path: '/order/list?limit=100', expected: 200 }),
  'the reports of an offline round': (_, app) => ({
    by: 'ADMIN',
    method: 'POST',
    path: '/delivery/updates',
    body: Array.from({ length: 200 }, (_, index) => ({
      ...{ clientEventId: `E${index}`, deliveryId: `D${index}`, at: inHours(app, 0), status: 'FAILED' },
      ...{ reason: 'OTHER', note: 'x'.repeat(300) },
    })),
    expected: 200,
  }),
  'malformed reports of an offline round': () => ({
    by: 'ADMIN',
    method: 'POST',
    path: '/delivery/updates',
    body: Array.from({ length: 200 }, () => Object.fromEntries(Array.from({ length: 23 }, (_, key) => [`x${key}`, 1]))),
    expected: 200,
  }),
  'the demand of 31 days': () => ({
    by: 'ADMIN',
    path: `/admin/demand?from=${TOMORROW}&to=2027-01-01`,
    expected: 200,
  }),
  'a preview of the evening': () => ({
    by: 'ADMIN',
    path: `/admin/generation/preview?date=${TOMORROW}`,
    expected: 200,
  }),
};

/** The worst inputs that the API accepts from one user, and what they make the program do in one go. */
describe('the longest task of the event loop', () => {
  let app: TestApp;
  let port: number;
  let tokens: Record<'CUSTOMER' | 'EARLIER' | 'ADMIN', string>;
  let subscriptions: Subscription[];
  let earlier: Subscription[];
  const userId = newUserId();
  const earlierUserId = newUserId();

  beforeAll(async () => {
    app = await TestApp.start({}, { clock: new FixedBusinessClock(TUESDAY_MORNING) });
    ({ port } = app.nest.getHttpServer().address() as AddressInfo);
    tokens = {
      CUSTOMER: app.tokenOf('CUSTOMER', userId),
      EARLIER: app.tokenOf('CUSTOMER', earlierUserId),
      ADMIN: app.tokenOf('ADMIN', app.as('ADMIN').userId),
    };
    for (const { productId } of ITEMS) await aProduct(app, { productId, price: 1, stock: 100_000 });
    for (const payer of [userId, earlierUserId])
      for (let time = 0; time < 10; time++) await customerWithBalance(app, 100_000, app.as('CUSTOMER', payer));
    subscriptions = Array.from({ length: SUBSCRIPTIONS }, largeSubscription);
    earlier = Array.from({ length: EARLIER_SUBSCRIPTIONS }, smallSubscription);
    for (const subscription of [...subscriptions, ...earlier]) await store(subscription);
    for (const { productId } of ITEMS) await app.as('CUSTOMER', userId).post('/cart/add', { productId, qty: 1 });
  }, 240_000);
  afterAll(() => app.stop());

  const daily = { frequency: 'DAILY', deliverySlot: '06:30', paymentMethod: 'WALLET', address: ADDRESS } as const;
  const days = { today: TODAY, firstOpenDate: TOMORROW };
  /** A daily subscription of one line, of a customer who had very many before there was a limit. */
  const smallSubscription = (): Subscription =>
    subscribe(
      { ...daily, items: ITEMS.slice(0, 1), userId: earlierUserId, startDate: TOMORROW },
      days,
      TUESDAY_MORNING,
    );
  /** A daily subscription with 50 lines, 50 pauses later on, and the most overrides. */
  const largeSubscription = (): Subscription => {
    const subscription = subscribe({ ...daily, items: ITEMS, userId, startDate: TOMORROW }, days, TUESDAY_MORNING);
    const at = (day: number) => addDays(TOMORROW, day);
    return {
      ...subscription,
      pauses: Array.from({ length: 50 }, (_, pause) => ({ from: at(100 + 3 * pause), to: at(101 + 3 * pause) })),
      exceptions: Array.from({ length: 100 }, (_, day) => ({ date: at(day), items: ITEMS.slice(0, 10) })),
    };
  };
  const store = (subscription: Subscription) =>
    app
      .get<Transaction>(Transaction)
      .commit([app.get<SubscriptionRepository>(SubscriptionRepository).create(subscription)]);

  /** Sends a request and throws the response away, because the client shares the event loop. */
  const send = ({ by = 'CUSTOMER', method = 'GET', path, body }: Request): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${tokens[by]}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const request = httpRequest({ port, method, path, headers }, (response) => {
        response.on('end', () => resolve(response.statusCode ?? 0)).resume();
      });
      request.on('error', reject).end(body && JSON.stringify(body));
    });

  /** On a busy machine a request may continue as a job, which the same request waits for. */
  const complete = async (one: Request): Promise<number> => {
    const status = await send(one);
    return status === 202 ? complete(one) : status;
  };

  it.each(Object.keys(REQUESTS))('is short for %s', async (name) => {
    const { expected, ...one } = (REQUESTS[name] as RequestOf)(
      subscriptions[0] as Subscription,
      app,
      earlier[0] as Subscription,
    );
    const tasks: number[] = [];
    for (let time = 0; time < REPETITIONS; time++) {
      const unit = calibratedMillisecond();
      const longest = await longestTaskOf(async () => expect(await complete(one)).toBe(expected));
      tasks.push(longest / Math.max(unit, calibratedMillisecond()));
    }
    expect(medianOf(tasks)).toBeLessThan(one.by === 'ADMIN' ? LIMIT_OF_SCANS : LIMIT);
  });
});

function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}
