// `npm run screenshots`: takes screenshots of the apps, in three widths. Start the program first: `npm start`. The three
// that the README shows go to docs/images, all others to .cache/screenshots.
import '../local/check-node.cjs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createMilkroundClient } from '../client/client.mts';
import { ensureChromium } from '../local/chromium.mts';
import { ROOT } from '../local/root.mts';

type ColorScheme = 'light' | 'dark';

interface Screen {
  readonly path: string;
  /** The name of its picture in the README: in light colours, and the first width of the app. */
  readonly readme?: string;
}

interface App {
  readonly email: string;
  readonly widths: readonly number[];
  readonly screens: Readonly<Record<string, Screen>>;
}

const URL = process.env.API_URL ?? 'http://localhost:3000';
const PASSWORD = process.env.DEMO_PASSWORD ?? 'milkround-demo';
const FOLDER = join(ROOT, '.cache/screenshots');
const README_FOLDER = join(ROOT, 'docs/images');
const CUSTOMER = 'customer@milkround.test';
const FAMILIES = [
  ...['Asha Rao', 'Dev Kulkarni', 'Esha Patil', 'Farhan Shaikh', 'Gita Joshi', 'Hari Deshmukh', 'Indu Nair'],
  ...['Jai Mehta', 'Kavya Iyer', 'Leela Pawar', 'Manoj Shinde', 'Nisha Gupta'],
];
const PRODUCTS = ['P-MILK-COW-1000', 'P-PANEER-200', 'P-MILK-COW-500'];
/** Time for pictures and charts after the data. */
const SETTLE_MILLISECONDS = 400;
const LOAD_TIMEOUT = 10_000;

const APPS: Readonly<Record<string, App>> = {
  shop: {
    email: CUSTOMER,
    widths: [360, 768, 1440],
    screens: {
      browse: { path: '/shop' },
      product: { path: '/shop/product/P-MILK-COW-1000' },
      cart: { path: '/shop/cart' },
      checkout: { path: '/shop/checkout' },
      subscribe: { path: '/shop/subscribe/P-MILK-COW-1000' },
      subscriptions: { path: '/shop/subscriptions' },
      calendar: { path: `/shop/calendar?month=${monthAhead()}`, readme: 'shop-calendar' },
      orders: { path: '/shop/orders' },
      wallet: { path: '/shop/wallet' },
      account: { path: '/shop/account' },
    },
  },
  console: {
    email: 'admin@milkround.test',
    widths: [1440, 768, 360],
    screens: {
      today: { path: '/console', readme: 'console-today' },
      orders: { path: '/console/orders' },
      tomorrow: { path: '/console/tomorrow' },
      deliveries: { path: '/console/deliveries' },
      products: { path: '/console/products' },
      customers: { path: '/console/customers' },
      reports: { path: '/console/reports' },
      books: { path: '/console/books' },
      operations: { path: '/console/operations' },
      settings: { path: '/console/settings' },
    },
  },
  round: {
    email: 'courier1@milkround.test',
    widths: [360, 768, 1440],
    screens: {
      next: { path: '/round', readme: 'round-next-stop' },
      stops: { path: '/round/stops' },
      totals: { path: '/round/totals' },
    },
  },
};

mkdirSync(FOLDER, { recursive: true });
mkdirSync(README_FOLDER, { recursive: true });
await prepareCustomer();
await prepareDay();
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, app] of Object.entries(APPS)) {
  if (await isServed(name)) await takeAll(browser, name, app);
  else console.warn(`${URL}/${name} is not served: no screenshots of it.`);
}
await browser.close();
console.log(`Screenshots are in ${FOLDER} and ${README_FOLDER}.`);

async function isServed(name: string): Promise<boolean> {
  const { ok } = await fetch(`${URL}/${name}`, { headers: { Accept: 'text/html' } });
  return ok;
}

async function takeAll(chromiumBrowser: Browser, name: string, { email, widths, screens }: App): Promise<void> {
  const context = await chromiumBrowser.newContext({
    locale: 'en-IN',
    serviceWorkers: 'block',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await signIn(page, name, email);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
      for (const [screen, { path, readme }] of Object.entries(screens)) {
        await open(page, path);
        await page.screenshot({ path: join(FOLDER, `${name}-${screen}-${width}-${colorScheme}.png`), fullPage: true });
        if (!readme || !isForReadme(width, widths, colorScheme)) continue;
        await page.screenshot({ path: join(README_FOLDER, `${readme}.png`) });
      }
    }
  }
  await context.close();
}

function isForReadme(width: number, [first]: readonly number[], colorScheme: ColorScheme): boolean {
  return colorScheme === 'light' && width === first;
}

/** Opens a screen, and waits until nothing on it says that it is loading. Some requests never end: they wait for news. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(URL + path);
  await page.getByRole('heading').first().waitFor({ timeout: LOAD_TIMEOUT });
  await page
    .getByRole('status', { name: 'Loading' })
    .first()
    .waitFor({ state: 'detached', timeout: LOAD_TIMEOUT })
    .catch(() => console.warn(`${path} is still loading after ${LOAD_TIMEOUT / 1_000} s`));
  await page.waitForTimeout(SETTLE_MILLISECONDS);
}

async function signIn(page: Page, app: string, email: string): Promise<void> {
  await page.goto(`${URL}/${app}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}

/** Signs in without a browser. */
async function clientOf(email: string) {
  const session: { token?: string } = {};
  const api = createMilkroundClient({ baseUrl: URL, token: () => session.token });
  const { data } = await api.POST('/user/login', { body: { email, password: PASSWORD } });
  session.token = data?.accessToken;
  if (!session.token) throw new Error(`${email} cannot sign in at ${URL}. Run \`npm start\` first.`);
  return api;
}

/** Orders of some families for this morning: most are packed, and the couriers have begun. Unless that was done before. */
async function prepareDay(): Promise<void> {
  const admin = await clientOf('admin@milkround.test');
  const deliverySlot = new Date(Date.now() + 2 * 3_600_000).toISOString();
  for (const [index, name] of FAMILIES.entries()) {
    const email = `${name.toLowerCase().replace(' ', '.')}@milkround.test`;
    const address = `${index * 3 + 2} Dairy Lane, Pune`;
    const { response } = await createMilkroundClient({ baseUrl: URL }).POST('/user/register', {
      body: { name, email, password: PASSWORD, address, phone: `+9198220000${index + 10}` },
    });
    if (!response.ok) return;
    const family = await clientOf(email);
    const cartItems = [{ productId: PRODUCTS[index % PRODUCTS.length] ?? '', qty: 1 + (index % 3) }];
    const { data: order } = await family.POST('/order/create', { body: { cartItems, deliverySlot } });
    if (order)
      await family.POST('/payment/pay', {
        body: { orderId: order.orderId, amount: order.amount, paymentMethod: 'COD' },
      });
  }
  await admin.GET('/admin/settled');
  const { data: orders = [] } = await admin.GET('/admin/orders', { params: { query: { status: 'CONFIRMED' } } });
  const orderIds = orders.slice(0, -2).map(({ orderId }) => orderId);
  await admin.PATCH('/admin/order/status', { body: { orderIds, status: 'PACKED' } });
  for (const courier of ['courier1@milkround.test', 'courier2@milkround.test']) await deliverSome(courier);
}

/** Reports what is packed as picked up, and the first two stops of a courier as delivered. */
async function deliverSome(courier: string): Promise<void> {
  const api = await clientOf(courier);
  const { data: manifest } = await api.GET('/delivery/manifest');
  const stops = typeof manifest === 'object' ? manifest.stops : [];
  const packed = stops.flatMap(({ orders }) => orders).filter((order) => order.packed);
  const report = (deliveryId: string, status: 'PICKED_UP' | 'IN_TRANSIT' | 'DELIVERED') =>
    api.PATCH('/delivery/update', { body: { deliveryId, status } });
  for (const { deliveryId } of packed) await report(deliveryId, 'PICKED_UP');
  for (const { deliveryId } of packed.slice(0, 2)) {
    await report(deliveryId, 'IN_TRANSIT');
    await report(deliveryId, 'DELIVERED');
  }
}

/** Money, a subscription with a skipped date and a pause, orders and a cart, unless there is a subscription already. */
async function prepareCustomer(): Promise<void> {
  const api = await clientOf(CUSTOMER);
  if ((await api.GET('/subscription/list')).data?.length) return;
  await api.POST('/wallet/topup', { body: { amount: 2_500, paymentMethod: 'UPI' } });
  const items = [{ productId: 'P-MILK-COW-1000', qty: 1 }];
  const month = monthAhead();
  const { data: subscription } = await api.POST('/order/subscribe', {
    body: { items, frequency: 'DAILY', startDate: dateAhead(2), deliverySlot: '06:00', paymentMethod: 'WALLET' },
  });
  const subscriptionId = subscription?.subscriptionId ?? '';
  await api.POST('/subscription/skip', { body: { subscriptionId, date: `${month}-09` } });
  await api.POST('/subscription/pause', { body: { subscriptionId, from: `${month}-17`, to: `${month}-20` } });
  for (const paymentMethod of ['WALLET', 'COD'] as const) {
    const deliverySlot = new Date(Date.now() + 2 * 3_600_000).toISOString();
    const { data: order } = await api.POST('/order/create', {
      body: { cartItems: [{ productId: 'P-PANEER-200', qty: 1 }, ...items], deliverySlot },
    });
    if (order)
      await api.POST('/payment/pay', { body: { orderId: order.orderId, amount: order.amount, paymentMethod } });
  }
  await api.POST('/cart/add', { body: { productId: 'P-PANEER-200', qty: 2 } });
}

function dateAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** A month that is all ahead, so that every date of it can be changed. */
function monthAhead(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);
}
