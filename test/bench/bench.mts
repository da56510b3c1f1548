// `npm run bench [-- --seconds 10 --purchases 10000 --only purchase]`: what requests cost, beside a bare client in the same run.
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { Caller, type Load, load, type Until } from './load.mts';
import { freePort, Measured, run, startParts, untilReady } from './processes.mts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    purchases: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
});
const seconds = Number(values.seconds);
const CALLERS = 16;
/** Long enough for V8 to have compiled what is hot. */
const WARM_UP_SECONDS = 6;
/** Of each caller: more than it can in the time that is measured, or the row ends when all is paid. */
const PAYMENTS_A_SECOND = 25;
const WARM_UP_PAYMENTS = 50;
const WALLET_HOLDS = 10_000_000;

interface Row extends Load {
  readonly cpuMs: number;
  readonly calls: number;
}

const parts = await startParts();
const port = await freePort();
const workerPort = await freePort();
const env = { ...parts.env, LOG_LEVEL: 'warn', RATE_LIMITS: 'off', TABLE_PREFIX: 'bench-' };
await run('dist/cli/prepare-local.js', env);

const startedAt = performance.now();
const server = Measured.start('dist/main.js', { ...env, PORT: String(port), APP_ROLES: 'api' });
await untilReady(`http://127.0.0.1:${port}/health/ready`);
const readyMs = performance.now() - startedAt;
const worker = Measured.start('dist/main.js', { ...env, PORT: String(workerPort), APP_ROLES: 'worker,scheduler' });
await untilReady(`http://127.0.0.1:${workerPort}/health/ready`);
const idle = await server.measure();

const anyone = new Caller(port);
const accounts = Array.from({ length: CALLERS }, (_, index) => ({
  email: `bench${index}@example.com`,
  password: 'benchmark',
}));
const admin = await anyone.send<{ accessToken: string }>('POST', '/user/login', {
  email: 'admin@milkround.test',
  password: process.env.DEMO_PASSWORD ?? 'milkround-demo',
});
const dairy = new Caller(port, admin.accessToken);
const customers = await Promise.all(
  accounts.map(async (account) => {
    const newcomer = { ...account, name: 'Bench', address: '12 Dairy Lane, Pune' };
    const { userId } = await anyone.send<{ userId: string }>('POST', '/user/register', newcomer);
    await dairy.send('POST', '/admin/wallet/adjust', { userId, amount: WALLET_HOLDS, reason: 'For the bench' });
    const { accessToken } = await anyone.send<{ accessToken: string }>('POST', '/user/login', account);
    return new Caller(port, accessToken);
  }),
);
const products = await Promise.all(
  customers.map(async (_, index) => {
    const productId = `BENCH${index}`;
    await dairy.send('POST', '/product/add', {
      productId,
      name: 'Milk',
      price: 32.5,
      stock: 10_000_000,
      category: 'Milk',
    });
    return productId;
  }),
);

async function measured(
  work: readonly (() => Promise<unknown>)[],
  until: Until,
  warmUp: Until = { seconds: WARM_UP_SECONDS },
): Promise<Row> {
  await load(work, warmUp);
  const before = await server.measure();
  const result = await load(work, until);
  await settled();
  const after = await server.measure();
  return {
    ...result,
    cpuMs: (after.cpuMs - before.cpuMs) / result.done,
    calls: (after.calls - before.calls) / result.done,
  };
}

/** The work that a request leaves behind belongs to it. */
async function settled(): Promise<void> {
  for (;;) {
    const before = await server.measure();
    await pause(300);
    if ((await server.measure()).calls - before.calls < 20) return;
  }
}

interface Unpaid {
  readonly orderId: string;
  readonly amount: number;
}

/** Without items, of what is in the cart. */
async function placed(customer: Caller, cartItems?: readonly { productId: string; qty: number }[]): Promise<Unpaid> {
  const deliverySlot = new Date(Date.now() + 5 * 3_600_000).toISOString();
  const order = { cartItems, deliverySlot, address: '12 Dairy Lane, Pune' };
  const { orderId, amount } = await customer.send<Unpaid>('POST', '/order/create', order);
  return { orderId, amount };
}

async function purchase(customer: Caller, productId: string): Promise<void> {
  await customer.send('POST', '/cart/add', { productId, qty: 2 });
  await customer.send('POST', '/payment/pay', { ...(await placed(customer)), paymentMethod: 'CARD' });
}

/** The request that pays, alone: every caller has placed orders enough before it is measured. */
async function payments(paymentMethod: string): Promise<Row> {
  const each = Math.ceil(seconds * PAYMENTS_A_SECOND);
  const unpaid = await Promise.all(
    customers.map(async (customer, index) => {
      const orders: Unpaid[] = [];
      const cartItems = [{ productId: products[index] as string, qty: 2 }];
      while (orders.length < WARM_UP_PAYMENTS + each) orders.push(await placed(customer, cartItems));
      return orders;
    }),
  );
  await settled();
  const pay = of((customer, index) => {
    return customer.send('POST', '/payment/pay', { ...(unpaid[index]?.pop() as Unpaid), paymentMethod });
  });
  return measured(pay, { seconds, each }, { each: WARM_UP_PAYMENTS });
}

const of = (work: (customer: Caller, index: number) => Promise<unknown>) =>
  customers.map((customer, index) => () => work(customer, index));
const purchases = of((customer, index) => purchase(customer, products[index] as string));
const rows: [string, Row][] = [];
const row = async (name: string, work: readonly (() => Promise<unknown>)[]) => {
  if (name.includes(values.only)) rows.push([name, await measured(work, { seconds })]);
};
await row(
  'product list',
  of((customer) => customer.send('GET', '/product/list')),
);
await row(
  'product detail',
  of((customer, index) => customer.send('GET', `/product/${products[index]}`)),
);
await row(
  'cart add',
  of((customer, index) =>
    customer
      .send('PATCH', '/cart/update', { productId: products[index], qty: 0 })
      .then(() => customer.send('POST', '/cart/add', { productId: products[index], qty: 1 })),
  ),
);
await row(
  'login',
  of((customer, index) => customer.send('POST', '/user/login', accounts[index])),
);
for (const method of ['CARD', 'UPI', 'WALLET', 'COD']) {
  const name = `pay by ${method}`;
  if (name.includes(values.only)) rows.push([name, await payments(method)]);
}
await row('full purchase', purchases);

// Tables of its own: the program would look after its orders too.
const bareEnv = { ...parts.env, TABLE_PREFIX: 'bare-' };
await run('dist/cli/prepare-local.js', { ...bareEnv, LOG_LEVEL: 'warn' });
const bareProcess = Measured.start('test/bench/bare.mts', bareEnv, String(CALLERS), String(seconds));
const bare = await bareProcess.message<Load & { cpuMs: number }>();

console.log(
  `\nReady ${(readyMs / 1000).toFixed(1)} s after start; ${idle.rssMb.toFixed(0)} MB idle. ${CALLERS} callers, ${seconds} s each.\n`,
);
console.log('| request | a second | p50 ms | p99 ms | server CPU ms | DynamoDB calls |\n|---|--:|--:|--:|--:|--:|');
for (const [name, { perSecond, p50, p99, cpuMs, calls }] of rows) {
  console.log(
    `| ${name} | ${perSecond.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${cpuMs.toFixed(2)} | ${calls.toFixed(1)} |`,
  );
}
console.log(
  `| bare client’s purchase | ${bare.perSecond.toFixed(0)} | ${bare.p50.toFixed(1)} | ${bare.p99.toFixed(1)} | ${bare.cpuMs.toFixed(2)} | 6.0 |`,
);
const full = rows.find(([name]) => name === 'full purchase')?.[1];
if (full) {
  console.log(
    `\nA purchase costs ${(full.cpuMs / bare.cpuMs).toFixed(2)} × the bare client’s CPU, at ${(full.perSecond / bare.perSecond).toFixed(2)} × its rate.`,
  );
}

const many = Number(values.purchases);
if (many > 0) {
  await load(purchases, { count: many });
  await settled();
  console.log(`After ${many} more purchases: ${(await server.measure()).rssMb.toFixed(0)} MB.`);
}
await Promise.all([server.stop(), worker.stop()]);
parts.stop();
process.exit(0);
