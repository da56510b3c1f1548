// `npm run demo`: plays the journey of one order, from registration to delivery, and checks each response and side effect.
import './check-node.cjs';
import { setTimeout as pause } from 'node:timers/promises';
import { styleText } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { type MilkroundClient, nextCursor, type Schemas } from '../client/client.mts';
import {
  type ApiResponse,
  ContractViolation,
  assertMatches,
  type Expected,
  DemoClient,
  readJson,
  formatted,
} from './demo-client.mts';
import { readOptions } from './options.mts';

const { port, ports } = readOptions();
const API = `http://localhost:${port}`;
const PASSWORD = process.env.DEMO_PASSWORD || 'milkround-demo';
const SETTLE_TIMEOUT = 30_000;

const MILK = 'P-MILK-FULLCREAM-500';
const PANEER = 'P-PANEER-200';
const PEDA = 'P-SWEET-PEDA-250';
const DAY_MILLISECONDS = 24 * 60 * 60_000;

// Each run registers a new customer, so the demo can be repeated.
const runId = Date.now().toString(36);
const email = `jimmy.${runId}@example.com`;
const phone = `+9198${String(Date.now()).slice(-8)}`;
const address = 'Flat 4, Gokul Apartments, 12 Dairy Lane, Pune 411038';

const customer = new DemoClient('Jimmy', API);
const admin = new DemoClient('The dairy', API);
const courier = new DemoClient('The courier', API);

/** Results of earlier steps that later steps need. */
const state = {
  userId: '',
  now: '',
  orderId: '',
  orderNumber: '',
  amount: 0,
  stock: 0,
  courierId: '',
  deliveryId: '',
  assignments: 1,
};

const STEPS: [title: string, run: () => Promise<unknown>][] = [
  ['Register a customer', register],
  ['Sign in', () => signIn(customer, email, 'CUSTOMER')],
  ['Verify the e-mail address with the code in the welcome mail', verifyEmail],
  ['Set the delivery address', completeProfile],
  ['Browse the products', browse],
  ['Fill the cart', fillCart],
  ['Order more than is in stock, and get an error', orderBeyondStock],
  ['Order the contents of the cart', order],
  ['Send the same order again, and get the same response', repeatOrder],
  ['Pay by card', pay],
  ['Track the confirmed order and its courier', trackConfirmed],
  ['Top up the wallet', topUp],
  ['Subscribe to a daily delivery for three days, and skip one', subscribe],
  ['Subscribe to another product, paid on delivery', subscribeToPaneer],
  ['The dairy packs the order', pack],
  ['The courier gets the route sheet, and prints it', getRouteSheet],
  ['The courier picks it up', () => report('PICKED_UP', 'DISPATCHED')],
  ['The courier is on the way', () => report('IN_TRANSIT', 'DISPATCHED')],
  ['The courier delivers it', () => report('DELIVERED', 'DELIVERED')],
  ['Get the invoice as a PDF', getInvoice],
  ['Check the SMS', checkTextMessages],
  ['Check the analytics events', checkEvents],
  ['The evening comes, and generation makes the orders of the first day', generateOrders],
  ['Check the mails', checkMails],
  ['Get the report of the day as a PDF', getReport],
  ['Register with an address that does not exist, and get no more mail', bounceMail],
];

async function register(): Promise<void> {
  const { body } = await customer.request(
    (api) => api.POST('/user/register', { body: { name: 'Jimmy', email, password: PASSWORD, phone } }),
    { status: 201, body: { message: 'User registered successfully', userId: /./ } },
  );
  state.userId = body.userId;
}

async function signIn(person: DemoClient, as: string, role: string): Promise<Schemas['SessionResponse']> {
  const { body } = await person.request((api) => api.POST('/user/login', { body: { email: as, password: PASSWORD } }), {
    status: 200,
    body: { accessToken: /./, tokenType: 'Bearer', expiresIn: isPositive, refreshToken: /./, role },
  });
  person.setToken(body.accessToken);
  return body;
}

async function verifyEmail(): Promise<void> {
  const token = await welcomeCode();
  await customer.request((api) => api.POST('/user/verify', { body: { token } }), { status: 204 });
  await customer.request((api) => api.GET('/user/profile'), { status: 200, body: { emailVerified: true } });
}

/** The code in the welcome mail, once it has arrived. */
async function welcomeCode(): Promise<string> {
  const deadline = Date.now() + SETTLE_TIMEOUT;
  for (;;) {
    const [welcome] = await mailsToCustomer();
    const [, code] = /^([\w-]+\.\d+\.[\w-]+)$/m.exec(welcome?.body.text ?? '') ?? [];
    if (code !== undefined) return code;
    if (Date.now() > deadline) throw new ContractViolation('There is no welcome mail with a code');
    await pause(200);
  }
}

async function mailsToCustomer(): Promise<Mail[]> {
  const { emails } = (await readJson(`http://localhost:${ports.ses}/store`)) as { emails: Mail[] };
  return emails.filter(({ destination }) => destination.to.includes(email));
}

async function completeProfile(): Promise<void> {
  await customer.request((api) => api.PATCH('/user/profile', { body: { address } }), {
    status: 200,
    body: { address },
  });
  const { body } = await customer.request((api) => api.GET('/user/profile'), {
    status: 200,
    body: { userId: state.userId, name: 'Jimmy', email, phone, address, role: 'CUSTOMER', passwordHash: undefined },
  });
  // The test clock may be ahead of the real time. A new account shows its time.
  state.now = body.createdAt;
}

async function browse(): Promise<void> {
  const query = { category: 'Milk', sort: 'price', limit: 3 } as const;
  await customer.request((api) => api.GET('/product/list', { params: { query } }), {
    status: 200,
    body: { 0: { productId: /./, name: /./, price: isPositive, stock: isPositive, category: 'Milk' } },
    headers: { link: /rel="next"/ },
  });
  const { body } = await customer.request(getMilk, { status: 200, body: { productId: MILK } });
  state.stock = body.stock;
}

const getMilk = (api: MilkroundClient) => api.GET('/product/{productId}', { params: { path: { productId: MILK } } });

async function fillCart(): Promise<void> {
  await customer.request((api) => api.POST('/cart/add', { body: { productId: MILK, qty: 2 } }), { status: 200 });
  await customer.request((api) => api.POST('/cart/add', { body: { productId: PANEER, qty: 1 } }), { status: 200 });
  const { body } = await customer.request((api) => api.GET('/cart/view'), {
    status: 200,
    body: { cartId: /./, items: { length: 2 }, totalAmount: isPositive },
  });
  state.amount = body.totalAmount;
  assertMatches('GET /cart/view', { totalAmount: sum(body.items.map((line) => line.lineTotal)) }, body);
}

async function orderBeyondStock(): Promise<void> {
  const body = { cartItems: [{ productId: PEDA, qty: 1_000 }], deliverySlot: slot() };
  await customer.request((api) => api.POST('/order/create', { body }), {
    status: 409,
    body: {
      code: 'order.insufficient_stock',
      status: 409,
      detail: /./,
      requestId: /./,
      lines: { 0: { productId: PEDA, requested: 1_000 } },
    },
    headers: { 'content-type': /^application\/problem\+json/ },
  });
}

const placeOrder = (api: MilkroundClient) =>
  api.POST('/order/create', {
    params: { header: { 'Idempotency-Key': runId } },
    body: { totalAmount: state.amount, deliverySlot: slot() },
  });

async function order(): Promise<void> {
  const { body } = await customer.request(placeOrder, {
    status: 201,
    body: { orderId: /^O/, orderNumber: /^[0-9A-Z]{4}-[0-9A-Z]{4}$/, status: 'CREATED', amount: state.amount, address },
  });
  state.orderId = body.orderId;
  state.orderNumber = body.orderNumber;
  await customer.request((api) => api.GET('/cart/view'), {
    status: 200,
    body: { items: { length: 0 }, totalAmount: 0 },
  });
}

async function repeatOrder(): Promise<void> {
  const headers = { 'idempotency-replayed': 'true' };
  await customer.request(placeOrder, { status: 201, body: { orderId: state.orderId }, headers });
  const body = { length: 1, 0: { orderId: state.orderId } };
  await customer.request((api) => api.GET('/order/list'), { status: 200, body });
}

async function pay(): Promise<void> {
  const { orderId, amount } = state;
  await customer.request(
    (api) => api.POST('/payment/pay', { body: { orderId, amount, paymentMethod: 'CARD', paymentToken: 'tok_ok' } }),
    { status: 201, body: { paymentId: /^PAY/, status: 'SUCCESS' } },
  );
}

async function trackConfirmed(): Promise<void> {
  await signIn(admin, 'admin@milkround.test', 'ADMIN');
  await waitUntilSettled();
  const { body } = await track({
    status: 'CONFIRMED',
    payment: { paymentId: /^PAY/, method: 'CARD', status: 'SUCCESS' },
    delivery: { deliveryId: /^D/, status: 'ASSIGNED', courierId: /./ },
  });
  Object.assign(state, body.delivery);
  await customer.request(getMilk, {
    status: 200,
    body: { stock: (left: number) => left <= state.stock - 2 },
  });
}

async function topUp(): Promise<void> {
  await customer.request((api) => api.POST('/wallet/topup', { body: { amount: 500, paymentMethod: 'UPI' } }), {
    status: 201,
    body: { paymentId: /^PAY/, status: 'SUCCESS' },
  });
  await customer.request((api) => api.GET('/wallet/view'), {
    status: 200,
    body: { balance: 500, currency: /^[A-Z]{3}$/ },
  });
  await customer.request((api) => api.GET('/wallet/ledger'), {
    status: 200,
    body: { length: 1, 0: { type: 'TOP_UP', amount: 500, reason: /./, sourceId: /^PAY/ } },
  });
}

/** Starts after every possible cutoff. Ends after three days, because the demo does not cancel it. */
async function subscribe(): Promise<void> {
  const [startDate, endDate] = [dateAhead(2), dateAhead(4)];
  const request = {
    items: [{ productId: MILK, qty: 1 }],
    frequency: 'DAILY',
    startDate,
    endDate,
    deliverySlot: '06:30',
    paymentMethod: 'WALLET',
  } as const satisfies Schemas['SubscribeRequest'];
  const { body } = await customer.request((api) => api.POST('/order/subscribe', { body: request }), {
    status: 201,
    body: { subscriptionId: /^S/, status: 'ACTIVE', nextDeliveryDate: startDate },
  });
  const { subscriptionId } = body;
  const skipped = { subscriptionId, date: dateAhead(3) };
  await customer.request((api) => api.POST('/subscription/skip', { body: skipped }), { status: 200 });
  const params = { path: { subscriptionId }, query: { from: startDate, to: endDate } };
  await customer.request((api) => api.GET('/subscription/{subscriptionId}/calendar', { params }), {
    status: 200,
    body: { length: 3, 0: { outcome: 'DUE', amount: isPositive }, 1: { outcome: 'SKIPPED' }, 2: { outcome: 'DUE' } },
  });
}

async function subscribeToPaneer(): Promise<void> {
  const request = {
    items: [{ productId: PANEER, qty: 1 }],
    frequency: 'DAILY',
    startDate: dateAhead(2),
    endDate: dateAhead(2),
    deliverySlot: '06:30',
    paymentMethod: 'COD',
  } as const satisfies Schemas['SubscribeRequest'];
  await customer.request((api) => api.POST('/order/subscribe', { body: request }), {
    status: 201,
    body: { subscriptionId: /^S/, status: 'ACTIVE', nextDeliveryDate: dateAhead(2) },
  });
}

async function pack(): Promise<void> {
  const body = { orderId: state.orderId, status: 'PACKED' } as const;
  await admin.request((api) => api.PATCH('/admin/order/status', { body }), { status: 200, body });
  await signInCourier();
}

/** Signs in the assigned courier. If it is neither of the two demo couriers, reassigns the delivery to the first. */
async function signInCourier(): Promise<void> {
  const second = await signIn(courier, 'courier2@milkround.test', 'COURIER');
  if (second.userId === state.courierId) return;
  const { userId: courierId } = await signIn(courier, 'courier1@milkround.test', 'COURIER');
  if (courierId === state.courierId) return;
  state.assignments++;
  const body = { orderId: state.orderId, courierId };
  await admin.request((api) => api.POST('/delivery/assign', { body }), { status: 201, body: { courierId } });
}

/** As JSON and as a PDF, for the local date of the order. */
async function getRouteSheet(): Promise<void> {
  const { body: dairy } = await customer.request((api) => api.GET('/dairy'), { status: 200, body: { timeZone: /./ } });
  const date = Temporal.Instant.from(slot()).toZonedDateTimeISO(dairy.timeZone).toPlainDate().toString();
  const { orderNumber } = state;
  const hasOrder = (stops: Schemas['ManifestResponse']['stops']) =>
    stops.some((stop) => stop.address === address && stop.orders.some((one) => one.orderNumber === orderNumber));
  await courier.request((api) => api.GET('/delivery/manifest', { params: { query: { date } } }), {
    status: 200,
    body: { date, stops: hasOrder, totals: { stops: isPositive, load: { 0: { name: /./, qty: isPositive } } } },
  });
  const query = { date, format: 'pdf' } as const;
  const { body } = await courier.request(
    (api) => api.GET('/delivery/manifest', { params: { query }, parseAs: 'arrayBuffer' }),
    { status: 200, headers: { 'content-type': 'application/pdf' } },
  );
  assertPdf(body, 'The route sheet');
}

async function report(status: Schemas['DeliveryResponse']['status'], orderStatus: string): Promise<void> {
  const body = { deliveryId: state.deliveryId, status };
  await courier.request((api) => api.PATCH('/delivery/update', { body }), { status: 200, body: { status } });
  await track({ status: orderStatus, delivery: { status } });
}

/** Moves the clock of the business rules to the evening before the first day, and back. */
async function generateOrders(): Promise<void> {
  const date = dateAhead(2);
  const { body } = await customer.request((api) => api.GET('/dairy'), { status: 200, body: { timeZone: /./ } });
  const { timeZone, cutoffTime } = body;
  const cutoff = Temporal.PlainDateTime.from(`${dateAhead(1)}T${cutoffTime}`).toZonedDateTime(timeZone);
  const now = cutoff.add({ minutes: 5 }).toInstant().toString();
  await admin.request((api) => api.PUT('/admin/clock', { body: { now } }), { status: 200 });
  try {
    await runGeneration(date);
  } finally {
    await admin.request((api) => api.DELETE('/admin/clock'), { status: 200 });
  }
}

async function runGeneration(date: string): Promise<void> {
  // Runs the date again if an earlier demo did, which orders for the subscriptions that are new.
  await admin.request((api) => api.POST('/admin/generation/run', { body: { date } }), { status: 202, body: { date } });
  await waitUntilSettled();
  const query = { from: date, to: date };
  await customer.request((api) => api.GET('/order/list', { params: { query } }), {
    status: 200,
    // The latest slot is first. The order of the cart may be for the same date.
    body: { 0: { subscriptionId: /^S/ }, 1: { subscriptionId: /^S/ } },
  });
}

async function checkMails(): Promise<void> {
  await waitUntilSettled();
  const arrived = await mailsToCustomer();
  for (const { subject, body } of arrived) console.log(`  ${subject}\n    ${firstLineOf(body.text)}`);
  const { orderNumber } = state;
  assertSameItems(
    'the mails',
    arrived.map(({ body }) => firstLineOf(body.text)),
    [
      'Welcome Jimmy!',
      `Your subscription is set up. The first delivery is on ${inWords(dateAhead(2))}.`,
      `Your subscription is set up. The first delivery is on ${inWords(dateAhead(2))}.`,
      `Your 2 orders for ${inWords(dateAhead(2))} are confirmed`,
      `Order ${orderNumber} confirmed`,
      `Order ${orderNumber} has been picked up`,
      `Order ${orderNumber} is in transit`,
      `Order ${orderNumber} has been delivered`,
    ],
  );
}

/** The mail emulator reports mails to this domain as bounced. */
async function bounceMail(): Promise<void> {
  const wrongEmail = `asha.${runId}@bounced.milkround.test`;
  await customer.request(
    (api) => api.POST('/user/register', { body: { name: 'Asha', email: wrongEmail, password: PASSWORD } }),
    { status: 201, body: { userId: /./ } },
  );
  await waitUntilSettled();
  const query = { email: wrongEmail };
  await admin.request((api) => api.GET('/admin/users', { params: { query } }), {
    status: 200,
    body: { 0: { email: wrongEmail, undeliverable: { 0: { field: 'email', reason: 'BOUNCED' } } } },
  });
}

async function checkTextMessages(): Promise<void> {
  const sent = (await readJson(`http://localhost:${ports.sms}/store`)) as { to: string; message: string }[];
  const arrived = sent.filter(({ to }) => to === phone).map(({ message }) => message);
  for (const message of arrived) console.log(`  ${phone}  ${message}`);
  assertSameItems(
    'the SMS',
    arrived,
    ['has been picked up', 'is in transit', 'has been delivered'].map(
      (status) => `Order ${state.orderNumber} ${status}`,
    ),
  );
}

async function getInvoice(): Promise<void> {
  const params = { path: { orderId: state.orderId } };
  const request = (api: MilkroundClient) => api.GET('/order/{orderId}/invoice', { params });
  await customer.request(request, { status: 202, body: { message: /being made/ } });
  await waitUntilSettled();
  const { body } = await customer.request(request, {
    status: 200,
    body: { invoiceNumber: /^\d{4}-\d\d\/\d{6}$/, total: state.amount, orderId: state.orderId },
  });
  const { url = '' } = body as Schemas['InvoiceResponse'];
  assertPdf(await (await fetch(url)).arrayBuffer(), 'The link to the invoice');
  console.log(`  The invoice: ${url}`);
}

/** The first answer names a background job. The same request answers with the link once it is done. */
async function getReport(): Promise<void> {
  const { body: dairy } = await customer.request((api) => api.GET('/dairy'), { status: 200, body: { timeZone: /./ } });
  const today = Temporal.Now.plainDateISO(dairy.timeZone).toString();
  const body = { from: today, to: today, format: 'pdf' } as const;
  const request = (api: MilkroundClient) => api.POST('/analytics/report', { body });
  // 200 if an earlier demo asked for it less than five minutes ago.
  await admin.request(request, { status: [202, 200] });
  await waitUntilSettled();
  const { body: report } = await admin.request(request, { status: 200, body: { url: /^http/ } });
  const { url = '' } = report as Schemas['ReportFileResponse'];
  assertPdf(await (await fetch(url)).arrayBuffer(), 'The link to the report');
  console.log(`  The report: ${url}`);
}

function assertPdf(file: ArrayBuffer, what: string): void {
  const begin = Buffer.from(file).subarray(0, 5).toString();
  if (begin !== '%PDF-') throw new ContractViolation(`${what} is no PDF, but begins with ${begin}`);
}

async function checkEvents(): Promise<void> {
  const logged: Schemas['AnalyticsEventResponse'][] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, cursor };
    const { body, response } = await admin.request((api) => api.GET('/analytics/events', { params: { query } }), {
      status: 200,
    });
    logged.push(...body);
    cursor = nextCursor(response);
  } while (cursor !== undefined);
  const ours = logged.filter(({ userId, orderId }) => userId === state.userId || orderId === state.orderId);
  console.log('\nEvents of this run:');
  for (const { timestamp, eventType } of ours) console.log(`  ${timestamp}  ${eventType}`);
  assertSameItems(
    'the events',
    ours.map(({ eventType }) => eventType),
    [
      ...['USER_REGISTERED', 'USER_LOGGED_IN', 'USER_EMAIL_VERIFIED', 'USER_UPDATED'],
      ...['CART_ITEM_ADDED', 'CART_ITEM_ADDED'],
      ...['ORDER_PLACED', 'PAYMENT_SUCCEEDED', 'ORDER_CONFIRMED', 'ORDER_PACKED'],
      ...['WALLET_TOPPED_UP', 'SUBSCRIPTION_CREATED', 'SUBSCRIPTION_SKIPPED', 'SUBSCRIPTION_CREATED'],
      ...Array<string>(state.assignments).fill('DELIVERY_ASSIGNED'),
      ...['DELIVERY_UPDATED', 'ORDER_DISPATCHED', 'DELIVERY_UPDATED', 'DELIVERY_UPDATED', 'ORDER_DELIVERED'],
      ...['INVOICE_REQUESTED', 'INVOICE_ISSUED', 'INVOICE_READY'],
    ],
  );
}

interface Mail {
  readonly destination: { readonly to: readonly string[] };
  readonly subject: string;
  readonly body: { readonly text: string };
}

function firstLineOf(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function track(expected: Expected): Promise<ApiResponse<Schemas['OrderResponse']>> {
  const { orderId, amount } = state;
  const body = { orderId, amount, ...expected };
  return customer.request((api) => api.GET('/order/track', { params: { query: { orderId } } }), { status: 200, body });
}

/** Waits until all background work so far has finished. Fails on a status other than 503, or after the timeout. */
async function waitUntilSettled(): Promise<void> {
  const deadline = Date.now() + SETTLE_TIMEOUT;
  for (;;) {
    const { status, retryAfter } = await admin.isSettled();
    if (status === 200) return;
    if (status !== 503 || Date.now() > deadline)
      throw new ContractViolation(`GET /admin/settled answered ${status} instead of 200`);
    await pause(retryAfter * 1_000);
  }
}

/** Throws unless both lists hold the same items, in any order. */
function assertSameItems(what: string, actual: readonly string[], expected: readonly string[]): void {
  const [actualSorted, expectedSorted] = [[...actual].sort(), [...expected].sort()];
  if (actualSorted.join('\n') === expectedSorted.join('\n')) return;
  const missing = expectedSorted.filter((each) => !actualSorted.includes(each));
  throw new ContractViolation(
    `${what} differ. Missing: ${missing.join(', ') || 'none'}. Actual: ${actualSorted.join(', ')}`,
  );
}

/** The same time tomorrow. */
function slot(): string {
  return new Date(Date.parse(state.now) + DAY_MILLISECONDS).toISOString();
}

function dateAhead(days: number): string {
  return new Date(Date.parse(state.now) + days * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

/** A date as mails write it: `Tuesday 1 December`. */
function inWords(date: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(Date.parse(date));
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

/** Adds in minor units, to avoid rounding errors. */
function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + Math.round(amount * 100), 0) / 100;
}

const startedAt = Date.now();
for (const [index, [title, run]] of STEPS.entries()) {
  console.log(`\n${styleText('bold', `── ${index + 1}. ${title} ${'─'.repeat(Math.max(3, 90 - title.length))}`)}`);
  try {
    await run();
  } catch (error) {
    const reason = error instanceof ContractViolation ? error.message : formatted(error);
    console.log();
    console.error(`${styleText('red', `Step ${index + 1} failed (${title}):`)} ${reason}`);
    process.exit(1);
  }
}
console.log(`
${styleText('green', 'All steps passed.')} ${STEPS.length} steps in ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Order ${state.orderNumber} for ${state.amount},
placed by Jimmy (${email}), was paid, packed and delivered.

  Mails     http://localhost:${ports.ses}
  SMS       http://localhost:${ports.sms}/store
  API docs  ${API}/docs
`);
