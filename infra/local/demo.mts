// `npm run demo`: an outside client walks with one order from the registration to the door, and sees what it causes.
import './check-node.cjs';
import { setTimeout as pause } from 'node:timers/promises';
import { styleText } from 'node:util';
import { type Milkround, nextCursor, type Schemas } from '../client/client.mts';
import { type Answer, BrokenPromise, compare, type Expected, Person, read, shown } from './demo-client.mts';
import { readSettings } from './settings.mts';

const { port, ports } = readSettings();
const API = `http://localhost:${port}`;
const PASSWORD = process.env.DEMO_PASSWORD || 'milkround-demo';
const PATIENCE = 30_000;

const MILK = 'P-MILK-FULLCREAM-500';
const PANEER = 'P-PANEER-200';
const PEDA = 'P-SWEET-PEDA-250';
const A_DAY = 24 * 60 * 60_000;

// Everybody who walks the demo is somebody new, so it can be walked as often as one likes.
const run = Date.now().toString(36);
const email = `jimmy.${run}@example.com`;
const phone = `+9198${String(Date.now()).slice(-8)}`;
const address = 'Flat 4, Gokul Apartments, 12 Dairy Lane, Pune 411038';

const customer = new Person('Jimmy', API);
const admin = new Person('The dairy', API);
const courier = new Person('The courier', API);

/** What one step learns and a later one needs. */
const known = { userId: '', now: '', orderId: '', amount: 0, stock: 0, courierId: '', deliveryId: '', assignments: 1 };

const steps: [title: string, walk: () => Promise<unknown>][] = [
  ['A customer registers', register],
  ['and signs in', () => signIn(customer, email, 'CUSTOMER')],
  ['tells where to bring the milk', completeProfile],
  ['looks at what there is', browse],
  ['fills the cart', fillCart],
  ['asks for more than there is, and is told so', orderTooMuch],
  ['orders what is in the cart', order],
  ['sends the same order again, and has still ordered once', orderAgain],
  ['pays by card', pay],
  ['sees that the order is confirmed, and who will bring it', trackConfirmed],
  ['puts money into the wallet', topUp],
  ['has milk come every morning from then on, for three days', subscribe],
  ['The dairy packs', pack],
  ['The courier picks up', () => report('PICKED_UP', 'DISPATCHED')],
  ['is on the way', () => report('IN_TRANSIT', 'DISPATCHED')],
  ['and rings at the door', () => report('DELIVERED', 'DELIVERED')],
  ['What arrived by mail', mails],
  ['What arrived by SMS', texts],
  ['What analytics has logged', events],
];

async function register(): Promise<void> {
  const { body } = await customer.asks(
    (api) => api.POST('/user/register', { body: { name: 'Jimmy', email, password: PASSWORD, phone } }),
    { status: 201, body: { message: 'User registered successfully', userId: /./ } },
  );
  known.userId = body.userId;
}

async function signIn(person: Person, as: string, role: string): Promise<Schemas['SignedInResponse']> {
  const { body } = await person.asks((api) => api.POST('/user/login', { body: { email: as, password: PASSWORD } }), {
    status: 200,
    body: { accessToken: /./, tokenType: 'Bearer', expiresIn: isPositive, refreshToken: /./, role },
  });
  person.signedInWith(body.accessToken);
  return body;
}

async function completeProfile(): Promise<void> {
  await customer.asks((api) => api.PATCH('/user/profile', { body: { address } }), { status: 200, body: { address } });
  const { body } = await customer.asks((api) => api.GET('/user/profile'), {
    status: 200,
    body: { userId: known.userId, name: 'Jimmy', email, phone, address, role: 'CUSTOMER', passwordHash: undefined },
  });
  // The clock of the dairy may have been moved ahead; a new account shows what it says.
  known.now = body.createdAt;
}

async function browse(): Promise<void> {
  const query = { category: 'Milk', sort: 'price', limit: 3 } as const;
  await customer.asks((api) => api.GET('/product/list', { params: { query } }), {
    status: 200,
    body: { 0: { productId: /./, name: /./, price: isPositive, stock: isPositive, category: 'Milk' } },
    headers: { link: /rel="next"/ },
  });
  const { body } = await customer.asks(milk, { status: 200, body: { productId: MILK } });
  known.stock = body.stock;
}

const milk = (api: Milkround) => api.GET('/product/{productId}', { params: { path: { productId: MILK } } });

async function fillCart(): Promise<void> {
  await customer.asks((api) => api.POST('/cart/add', { body: { productId: MILK, qty: 2 } }), { status: 200 });
  await customer.asks((api) => api.POST('/cart/add', { body: { productId: PANEER, qty: 1 } }), { status: 200 });
  const { body } = await customer.asks((api) => api.GET('/cart/view'), {
    status: 200,
    body: { cartId: /./, items: { length: 2 }, totalAmount: isPositive },
  });
  known.amount = body.totalAmount;
  compare('GET /cart/view', { totalAmount: sum(body.items.map((line) => line.lineTotal)) }, body);
}

async function orderTooMuch(): Promise<void> {
  const body = { cartItems: [{ productId: PEDA, qty: 1_000 }], deliverySlot: slot() };
  await customer.asks((api) => api.POST('/order/create', { body }), {
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

const theOrder = (api: Milkround) =>
  api.POST('/order/create', {
    params: { header: { 'Idempotency-Key': run } },
    body: { totalAmount: known.amount, deliverySlot: slot() },
  });

async function order(): Promise<void> {
  const { body } = await customer.asks(theOrder, {
    status: 201,
    body: { orderId: /^O/, status: 'CREATED', amount: known.amount, address },
  });
  known.orderId = body.orderId;
  await customer.asks((api) => api.GET('/cart/view'), { status: 200, body: { items: { length: 0 }, totalAmount: 0 } });
}

async function orderAgain(): Promise<void> {
  const headers = { 'idempotency-replayed': 'true' };
  await customer.asks(theOrder, { status: 201, body: { orderId: known.orderId }, headers });
  const body = { length: 1, 0: { orderId: known.orderId } };
  await customer.asks((api) => api.GET('/order/list'), { status: 200, body });
}

async function pay(): Promise<void> {
  const { orderId, amount } = known;
  await customer.asks(
    (api) => api.POST('/payment/pay', { body: { orderId, amount, paymentMethod: 'CARD', paymentToken: 'tok_ok' } }),
    { status: 201, body: { paymentId: /^PAY/, status: 'SUCCESS' } },
  );
}

async function trackConfirmed(): Promise<void> {
  await signIn(admin, 'admin@milkround.test', 'ADMIN');
  await settled();
  const { body } = await track({
    status: 'CONFIRMED',
    payment: { paymentId: /^PAY/, method: 'CARD', status: 'SUCCESS' },
    delivery: { deliveryId: /^D/, status: 'ASSIGNED', courierId: /./ },
  });
  Object.assign(known, body.delivery);
  await customer.asks(milk, {
    status: 200,
    body: { stock: (left: number) => left <= known.stock - 2 },
  });
}

async function topUp(): Promise<void> {
  await customer.asks((api) => api.POST('/wallet/topup', { body: { amount: 500, paymentMethod: 'UPI' } }), {
    status: 201,
    body: { paymentId: /^PAY/, status: 'SUCCESS' },
  });
  await customer.asks((api) => api.GET('/wallet/view'), {
    status: 200,
    body: { balance: 500, currency: /^[A-Z]{3}$/ },
  });
  await customer.asks((api) => api.GET('/wallet/ledger'), {
    status: 200,
    body: { length: 1, 0: { type: 'TOP_UP', amount: 500, reason: /./, sourceId: /^PAY/ } },
  });
}

/** Late enough for every cutoff; so short that nobody is left with a standing order of somebody gone. */
async function subscribe(): Promise<void> {
  const [startDate, endDate] = [dayAhead(2), dayAhead(4)];
  const wish = {
    items: [{ productId: MILK, qty: 1 }],
    frequency: 'DAILY',
    startDate,
    endDate,
    deliverySlot: '06:30',
    paymentMethod: 'WALLET',
  } as const satisfies Schemas['SubscribeRequest'];
  const { body } = await customer.asks((api) => api.POST('/order/subscribe', { body: wish }), {
    status: 201,
    body: { subscriptionId: /^S/, status: 'ACTIVE', nextDeliveryDate: startDate },
  });
  const { subscriptionId } = body;
  const skipped = { subscriptionId, date: dayAhead(3) };
  await customer.asks((api) => api.POST('/subscription/skip', { body: skipped }), { status: 200 });
  const params = { path: { subscriptionId }, query: { from: startDate, to: endDate } };
  await customer.asks((api) => api.GET('/subscription/{subscriptionId}/calendar', { params }), {
    status: 200,
    body: { length: 3, 0: { outcome: 'DUE', amount: isPositive }, 1: { outcome: 'SKIPPED' }, 2: { outcome: 'DUE' } },
  });
}

async function pack(): Promise<void> {
  const body = { orderId: known.orderId, status: 'PACKED' } as const;
  await admin.asks((api) => api.PATCH('/admin/order/status', { body }), { status: 200, body });
  await courierSignsIn();
}

/** Whoever of the two couriers got it; should a third be employed meanwhile, the dairy gives it to the first. */
async function courierSignsIn(): Promise<void> {
  const second = await signIn(courier, 'courier2@milkround.test', 'COURIER');
  if (second.userId === known.courierId) return;
  const { userId: courierId } = await signIn(courier, 'courier1@milkround.test', 'COURIER');
  if (courierId === known.courierId) return;
  known.assignments++;
  const body = { orderId: known.orderId, courierId };
  await admin.asks((api) => api.POST('/delivery/assign', { body }), { status: 201, body: { courierId } });
}

async function report(status: Schemas['DeliveryResponse']['status'], orderStatus: string): Promise<void> {
  const body = { deliveryId: known.deliveryId, status };
  await courier.asks((api) => api.PATCH('/delivery/update', { body }), { status: 200, body: { status } });
  await track({ status: orderStatus, delivery: { status } });
}

async function mails(): Promise<void> {
  await settled();
  const { emails } = (await read(`http://localhost:${ports.ses}/store`)) as { emails: Mail[] };
  const arrived = emails.filter(({ destination }) => destination.to.includes(email));
  for (const { subject, body } of arrived) console.log(`  ${subject}\n    ${firstLineOf(body.text)}`);
  const { orderId } = known;
  promised(
    'the mails',
    arrived.map(({ body }) => firstLineOf(body.text)),
    [
      'Welcome Jimmy!',
      `Your subscription is set: we come first on ${dayAhead(2)}`,
      `Order ${orderId} confirmed`,
      `Order ${orderId} is picked up`,
      `Order ${orderId} is in transit`,
      `Order ${orderId} is delivered`,
    ],
  );
}

async function texts(): Promise<void> {
  const sent = (await read(`http://localhost:${ports.sms}/store`)) as { to: string; message: string }[];
  const arrived = sent.filter(({ to }) => to === phone).map(({ message }) => message);
  for (const message of arrived) console.log(`  ${phone}  ${message}`);
  promised(
    'the SMS',
    arrived,
    ['picked up', 'in transit', 'delivered'].map((news) => `Order ${known.orderId} is ${news}`),
  );
}

async function events(): Promise<void> {
  const logged: Schemas['EventResponse'][] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 100, cursor };
    const { body, response } = await admin.asks((api) => api.GET('/analytics/events', { params: { query } }), {
      status: 200,
    });
    logged.push(...body);
    cursor = nextCursor(response);
  } while (cursor !== undefined);
  const ours = logged.filter(({ userId, orderId }) => userId === known.userId || orderId === known.orderId);
  console.log('\nOf these about Jimmy:');
  for (const { timestamp, eventType } of ours) console.log(`  ${timestamp}  ${eventType}`);
  promised(
    'the events',
    ours.map(({ eventType }) => eventType),
    [
      ...['USER_REGISTERED', 'USER_LOGGED_IN', 'CART_ITEM_ADDED', 'CART_ITEM_ADDED'],
      ...['ORDER_PLACED', 'PAYMENT_SUCCEEDED', 'ORDER_CONFIRMED', 'ORDER_PACKED'],
      ...['WALLET_TOPPED_UP', 'SUBSCRIPTION_CREATED', 'SUBSCRIPTION_SKIPPED'],
      ...Array<string>(known.assignments).fill('DELIVERY_ASSIGNED'),
      ...['DELIVERY_UPDATED', 'ORDER_DISPATCHED', 'DELIVERY_UPDATED', 'DELIVERY_UPDATED', 'ORDER_DELIVERED'],
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

function track(expected: Expected): Promise<Answer<Schemas['OrderResponse']>> {
  const { orderId, amount } = known;
  const body = { orderId, amount, ...expected };
  return customer.asks((api) => api.GET('/order/track', { params: { query: { orderId } } }), { status: 200, body });
}

/** Waits until all that was caused so far has happened, as long as the answer says it is worth it. */
async function settled(): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const { status, retryAfter } = await admin.isSettled();
    if (status === 200) return;
    if (status !== 503 || Date.now() > deadline) throw new BrokenPromise(`GET /admin/settled still answers ${status}`);
    await pause(retryAfter * 1_000);
  }
}

/** All that was promised, and nothing else, in any order. */
function promised(what: string, actual: readonly string[], expected: readonly string[]): void {
  const [have, want] = [[...actual].sort(), [...expected].sort()];
  if (have.join('\n') === want.join('\n')) return;
  const missing = want.filter((each) => !have.includes(each));
  throw new BrokenPromise(
    `${what} are not as promised. Missing: ${missing.join(', ') || 'none'}. There: ${have.join(', ')}`,
  );
}

/** The same hour of the next day. */
function slot(): string {
  return new Date(Date.parse(known.now) + A_DAY).toISOString();
}

/** A date so many days from today. */
function dayAhead(days: number): string {
  return new Date(Date.parse(known.now) + days * A_DAY).toISOString().slice(0, 10);
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

/** In paise, so that cents do not get lost on the way. */
function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + Math.round(amount * 100), 0) / 100;
}

const startedAt = Date.now();
for (const [index, [title, walk]] of steps.entries()) {
  console.log(`\n${styleText('bold', `── ${index + 1}. ${title} ${'─'.repeat(Math.max(3, 90 - title.length))}`)}`);
  try {
    await walk();
  } catch (error) {
    const why = error instanceof BrokenPromise ? error.message : shown(error);
    console.error(`\n${styleText('red', `Step ${index + 1}, '${title}', is not as promised:`)} ${why}`);
    process.exit(1);
  }
}
console.log(`
${styleText('green', 'All as promised.')} ${steps.length} steps in ${((Date.now() - startedAt) / 1000).toFixed(1)} s: order ${known.orderId} of
Jimmy (${email}) over ${known.amount} was paid, packed and delivered.

  Its mails   http://localhost:${ports.ses}
  Its SMS     http://localhost:${ports.sms}/store
  The API     ${API}/docs
`);
