// `npm run bench [-- --seconds 10 --purchases 10000 --only purchase]`: measures the cost of requests against a
// bare client in the same run. `--throttled` puts AWS's limits of partition keys before DynamoDB Local; times then include
// the proxy.
import { setTimeout as pause } from 'node:timers/promises';
import { parseOptions, wholeNumber } from '../../infra/local/command-options.mts';
import { LoadClient, type LoadLimit, type LoadResult, runLoad } from './load.mts';
import { freePort, MeasuredProcess, runProgram, startEmulators, waitUntilReady } from './processes.mts';

const values = parseOptions({
  seconds: { type: 'string', default: '8' },
  purchases: { type: 'string', default: '0' },
  only: { type: 'string', default: '' },
  throttled: { type: 'boolean', default: false },
});
const seconds = wholeNumber('seconds', values.seconds);
const soakPurchases = wholeNumber('purchases', values.purchases, 0);
const CALLERS = 16;
/** Long enough to warm up V8. */
const WARM_UP_SECONDS = 6;
/** Orders per caller: more than it can pay in the measured time. With fewer, the measurement would end early. */
const MAX_PAYMENTS_PER_SECOND = 25;
const WARM_UP_PAYMENTS = 50;
const WALLET_BALANCE = 10_000_000;

interface Row extends LoadResult {
  readonly cpuMs: number;
  readonly calls: number;
}

const emulators = await startEmulators({ isThrottled: values.throttled });
const port = await freePort();
const workerPort = await freePort();
const env = {
  ...emulators.env,
  ...{ LOG_LEVEL: 'warn', RATE_LIMITS: 'off', TABLE_PREFIX: 'bench-' },
  // All orders are placed before they are paid.
  ...{ UNPAID_ORDERS_MAX: '1000', COD_LIMIT_FIRST: '1000000' },
};
await runProgram('dist/cli/prepare-local.js', env);

const startedAt = performance.now();
const server = MeasuredProcess.start('dist/main.js', { ...env, PORT: String(port), APP_ROLES: 'api' });
await waitUntilReady(`http://127.0.0.1:${port}/health/ready`);
const readyMs = performance.now() - startedAt;
const worker = MeasuredProcess.start('dist/main.js', {
  ...env,
  PORT: String(workerPort),
  APP_ROLES: 'worker,scheduler',
});
await waitUntilReady(`http://127.0.0.1:${workerPort}/health/ready`);
const idle = await server.measure();

const anonymous = new LoadClient(port);
let accountCount = 0;
const newAccount = () => ({ email: `bench${++accountCount}@example.com`, password: 'benchmark' });
const accounts = Array.from({ length: CALLERS }, newAccount);
const adminSession = await anonymous.send<{ accessToken: string }>('POST', '/user/login', {
  email: 'admin@milkround.test',
  password: process.env.DEMO_PASSWORD ?? 'milkround-demo',
});
const adminClient = new LoadClient(port, adminSession.accessToken);
const customers = await Promise.all(accounts.map(newCustomer));
const products = await Promise.all(
  customers.map(async (_, index) => {
    const productId = `BENCH${index}`;
    await adminClient.send('POST', '/product/add', {
      productId,
      name: 'Milk',
      price: 32.5,
      stock: 10_000_000,
      category: 'Milk',
    });
    return productId;
  }),
);

async function newCustomer(account: ReturnType<typeof newAccount>): Promise<LoadClient> {
  const newcomer = { ...account, name: 'Bench', address: '12 Dairy Lane, Pune' };
  const { userId } = await anonymous.send<{ userId: string }>('POST', '/user/register', newcomer);
  await adminClient.send('POST', '/admin/wallet/adjust', { userId, amount: WALLET_BALANCE, reason: 'For the bench' });
  const { accessToken } = await anonymous.send<{ accessToken: string }>('POST', '/user/login', account);
  return new LoadClient(port, accessToken);
}

async function measureRow(
  work: readonly (() => Promise<unknown>)[],
  until: LoadLimit,
  warmUp: LoadLimit = { seconds: WARM_UP_SECONDS },
): Promise<Row> {
  await runLoad(work, warmUp);
  const before = await server.measure();
  const result = await runLoad(work, until);
  await waitUntilIdle();
  const after = await server.measure();
  return {
    ...result,
    cpuMs: (after.cpuMs - before.cpuMs) / result.done,
    calls: (after.calls - before.calls) / result.done,
  };
}

/** Background work counts as part of its request. */
async function waitUntilIdle(): Promise<void> {
  for (;;) {
    const before = await server.measure();
    await pause(300);
    if ((await server.measure()).calls - before.calls < 20) return;
  }
}

interface UnpaidOrder {
  readonly customer: LoadClient;
  readonly orderId: string;
  readonly amount: number;
}

/** Without items, the order takes the cart. */
async function placeOrder(
  customer: LoadClient,
  cartItems?: readonly { productId: string; qty: number }[],
): Promise<UnpaidOrder> {
  const deliverySlot = new Date(Date.now() + 5 * 3_600_000).toISOString();
  const order = { cartItems, deliverySlot, address: '12 Dairy Lane, Pune' };
  const { orderId, amount } = await customer.send<UnpaidOrder>('POST', '/order/create', order);
  return { customer, orderId, amount };
}

async function pay({ customer, ...order }: UnpaidOrder, paymentMethod: string): Promise<void> {
  await customer.send('POST', '/payment/pay', { ...order, paymentMethod });
}

async function purchase(customer: LoadClient, productId: string): Promise<void> {
  await customer.send('POST', '/cart/add', { productId, qty: 2 });
  await pay(await placeOrder(customer), 'CARD');
}

/**
 * The payment request alone: all orders are placed before the measurement. Each caller is two new customers, because one
 * may not owe 200 payments on delivery.
 */
async function measurePayments(paymentMethod: string): Promise<Row> {
  const each = Math.ceil(seconds * MAX_PAYMENTS_PER_SECOND);
  const unpaid = await Promise.all(
    products.map(async (productId) => {
      const payers = [await newCustomer(newAccount()), await newCustomer(newAccount())] as const;
      const orders: UnpaidOrder[] = [];
      while (orders.length < WARM_UP_PAYMENTS + each) {
        for (const payer of payers) orders.push(await placeOrder(payer, [{ productId, qty: 2 }]));
      }
      return orders;
    }),
  );
  await waitUntilIdle();
  const payments = unpaid.map((orders) => () => pay(orders.pop() as UnpaidOrder, paymentMethod));
  return measureRow(payments, { seconds, perWorker: each }, { perWorker: WARM_UP_PAYMENTS });
}

const perCustomer = (work: (customer: LoadClient, index: number) => Promise<unknown>) =>
  customers.map((customer, index) => () => work(customer, index));
const purchases = perCustomer((customer, index) => purchase(customer, products[index] as string));
const rows: [string, Row][] = [];
const addRow = async (name: string, work: readonly (() => Promise<unknown>)[]) => {
  if (name.includes(values.only)) rows.push([name, await measureRow(work, { seconds })]);
};
await addRow(
  'product list',
  perCustomer((customer) => customer.send('GET', '/product/list')),
);
await addRow(
  'product detail',
  perCustomer((customer, index) => customer.send('GET', `/product/${products[index]}`)),
);
await addRow(
  'cart add',
  perCustomer((customer, index) =>
    customer
      .send('PATCH', '/cart/update', { productId: products[index], qty: 0 })
      .then(() => customer.send('POST', '/cart/add', { productId: products[index], qty: 1 })),
  ),
);
await addRow(
  'login',
  perCustomer((customer, index) => customer.send('POST', '/user/login', accounts[index])),
);
for (const method of ['CARD', 'UPI', 'WALLET', 'COD']) {
  const name = `pay by ${method}`;
  if (name.includes(values.only)) rows.push([name, await measurePayments(method)]);
}
await addRow('full purchase', purchases);

// Separate tables, since the program would process the baseline's orders too.
const baselineEnv = { ...emulators.env, TABLE_PREFIX: 'bare-' };
await runProgram('dist/cli/prepare-local.js', { ...baselineEnv, LOG_LEVEL: 'warn' });
const baselineProcess = MeasuredProcess.start('test/bench/baseline.mts', baselineEnv, String(CALLERS), String(seconds));
const baseline = await baselineProcess.nextMessage<LoadResult & { cpuMs: number }>();

console.log(
  `\nReady ${(readyMs / 1000).toFixed(1)} s after start; ${idle.rssMb.toFixed(0)} MB idle. ${CALLERS} callers, ${seconds} s each.\n`,
);
console.log('| request | per second | p50 ms | p99 ms | server CPU ms | DynamoDB calls |\n|---|--:|--:|--:|--:|--:|');
for (const [name, { perSecond, p50, p99, cpuMs, calls }] of rows) {
  console.log(
    `| ${name} | ${perSecond.toFixed(0)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${cpuMs.toFixed(2)} | ${calls.toFixed(1)} |`,
  );
}
console.log(
  `| bare client’s purchase | ${baseline.perSecond.toFixed(0)} | ${baseline.p50.toFixed(1)} | ${baseline.p99.toFixed(1)} | ${baseline.cpuMs.toFixed(2)} | 6.0 |`,
);
const fullPurchase = rows.find(([name]) => name === 'full purchase')?.[1];
if (fullPurchase) {
  console.log(
    `\nA purchase costs ${(fullPurchase.cpuMs / baseline.cpuMs).toFixed(2)} × the bare client’s CPU, at ${(fullPurchase.perSecond / baseline.perSecond).toFixed(2)} × its rate.`,
  );
}

if (soakPurchases > 0) {
  await runLoad(purchases, { count: soakPurchases });
  await waitUntilIdle();
  console.log(`After ${soakPurchases} more purchases: ${(await server.measure()).rssMb.toFixed(0)} MB.`);
}
emulators.printThrottling();
await Promise.all([server.stop(), worker.stop()]);
emulators.stop();
process.exit(0);
