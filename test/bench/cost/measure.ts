// `npm run cost:measure [-- --orders 240 --minutes 4]`: measures what the program uses of the services that AWS bills by
// use, and writes it to infra/aws/cost/use.json. `npm run cost` computes the monthly costs from it.
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { format } from 'prettier';
import { parseOptions, wholeNumber } from '../../../infra/local/command-options.mts';
import type { IdleHour, Measured, RequestUse } from '../../../infra/aws/cost/measured';
import { CartEventRelay } from '../../../src/modules/cart/cart-event-relay.service';
import { cartIdOf } from '../../../src/modules/cart/domain/cart';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { printable } from '../../../src/platform/start-refused';
import { measureOrderLife, round } from '../../support/measure/order-life';
import { aProduct, customerWithBalance } from '../../support/fixtures/order-steps';
import startEmulators from '../../support/start-emulators';
import stopEmulators from '../../support/stop-emulators';
import { TestApp } from '../../support/test-app';
import { type Usage, UsageCounter } from '../../support/measure/usage-counter';

const OUTPUT = join(__dirname, '../../../infra/aws/cost/use.json');
const ROLES = { api: 'api', worker: 'worker,scheduler', all: 'api,worker,scheduler' } as const;
const PRODUCTS = 100;
const CARTS = 1_000;
/** Longer than the first ticks of all timers. */
const WARM_UP_MILLISECONDS = 65_000;
/** Longer than the time for which a catalogue counts as fresh. */
const CATALOGUE_MILLISECONDS = 5_000;

async function main(): Promise<void> {
  const options = parseOptions({
    orders: { type: 'string', default: '240' },
    minutes: { type: 'string', default: '4' },
  });
  const orders = wholeNumber('orders', options.orders);
  const minutes = wholeNumber('minutes', options.minutes);
  await startEmulators();
  try {
    await record({
      date: new Date().toISOString().slice(0, 10),
      orders,
      orderLife: {
        daily: await step('daily orders', () => measureOrderLife('daily', orders)),
        cart: await step('orders from carts', () => measureOrderLife('cart', orders)),
      },
      smsLife: await step('daily orders with SMS', () => measureOrderLife('daily', orders, { sms: true })),
    });
    await record(await step('requests', measureRequests));
    await record({ cartSweep: await step('the search for events in carts', measureCartSweep) });
    await record({ idleHour: await step('idle tasks', () => measureIdleHours(minutes)) });
    console.log(`Written to ${OUTPUT}. Run \`npm run cost\` to compute the costs.`);
  } finally {
    await stopEmulators();
  }
}

/** Replaces figures in the file. */
async function record(figures: Partial<Measured>): Promise<void> {
  const measured = { ...(JSON.parse(readFileSync(OUTPUT, 'utf8')) as Measured), ...figures };
  writeFileSync(OUTPUT, await format(JSON.stringify(measured), { parser: 'json', printWidth: 120 }));
}

/** With a database of its own, because DynamoDB Local slows down with every table. */
async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  console.log(`Measuring ${title}`);
  process.env.AWS_ACCESS_KEY_ID = `bench${randomBytes(5).toString('hex')}`;
  return work();
}

/** Idle programs with each combination of roles, at the same time. */
async function measureIdleHours(minutes: number): Promise<Measured['idleHour']> {
  const apps = new Map<string, TestApp>();
  try {
    for (const [name, APP_ROLES] of Object.entries(ROLES)) apps.set(name, await TestApp.start({ APP_ROLES }));
    await pause(WARM_UP_MILLISECONDS);
    const hours = [...apps].map(async ([name, app]) => [name, await idleHourOf(app, minutes)] as const);
    return Object.fromEntries(await Promise.all(hours)) as Measured['idleHour'];
  } finally {
    for (const app of apps.values()) await app.stop();
  }
}

async function idleHourOf(app: TestApp, minutes: number): Promise<IdleHour> {
  const counter = await UsageCounter.start(app);
  await pause(minutes * 60_000);
  const { readUnits, writeUnits, queueRequests } = counter.stop();
  const hourly = (figure: number) => Math.round((figure * 60) / minutes);
  return {
    readUnits: Object.fromEntries(Object.entries(readUnits).map(([table, units]) => [table, hourly(units)])),
    writeUnits: hourly(total(writeUnits)),
    queueRequests: hourly(queueRequests),
  };
}

/** A load of the catalogue, and the requests of a customer who looks at everything once. */
async function measureRequests(): Promise<Pick<Measured, 'catalogueLoad' | 'request'>> {
  const app = await TestApp.start({ APP_ROLES: 'api' });
  try {
    for (let index = 0; index < PRODUCTS; index++) await aProduct(app, { productId: `P${index}` });
    const customer = await customerWithBalance(app, 500);
    await customer.get('/product/list').expect(200);
    await pause(CATALOGUE_MILLISECONDS);
    const load = await use(app, () => customer.get('/product/list').expect(200));
    const paths = [
      'product/list',
      'product/P1',
      'cart/view',
      'order/list',
      'wallet/view',
      'wallet/ledger',
      'subscription/list',
    ];
    const [add, view] = [
      await use(app, () => customer.post('/cart/add', { productId: 'P1', qty: 1 }).expect(200)),
      await use(app, async () => {
        for (const path of paths) await customer.get(`/${path}`).expect(200);
      }),
    ];
    const requests = paths.length + 1;
    const request: RequestUse = {
      readUnits: round((total(add.readUnits) + total(view.readUnits)) / requests),
      writeUnits: round((total(add.writeUnits) + total(view.writeUnits)) / requests),
    };
    return { catalogueLoad: { products: PRODUCTS, readUnits: round(load.readUnits.Products ?? 0) }, request };
  } finally {
    await app.stop();
  }
}

/** The search reads every cart. */
async function measureCartSweep(): Promise<Measured['cartSweep']> {
  const app = await TestApp.start({ APP_ROLES: 'api' });
  try {
    const items = { P1: 2, P2: 1, P3: 1 };
    for (let index = 0; index < CARTS; index++) {
      const userId = newUserId();
      await app.store('Carts', {
        userId,
        cartId: cartIdOf(userId),
        items,
        unsent: {},
        totalAmount: 12_000,
        version: 4,
      });
    }
    const swept = await use(app, () => app.get<CartEventRelay>(CartEventRelay).sweep());
    return { carts: CARTS, readUnits: round(swept.readUnits.Carts ?? 0) };
  } finally {
    await app.stop();
  }
}

async function use(app: TestApp, work: () => Promise<unknown> | PromiseLike<unknown>): Promise<Usage> {
  const counter = await UsageCounter.start(app);
  await work();
  return counter.stop();
}

function total(units: Readonly<Record<string, number>>): number {
  return Object.values(units).reduce((sum, one) => sum + one, 0);
}

main().catch((error: unknown) => {
  console.error(printable(error));
  process.exitCode = 1;
});
