// `npm run screenshots`: takes screenshots of the shop, in three widths. Start the program first: `npm start`. The
// three that the README shows go to docs/images, all others to .cache/screenshots.
import '../local/check-node.cjs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { createMilkroundClient } from '../client/client.mts';
import { ensureChromium } from '../local/chromium.mts';
import { ROOT } from '../local/root.mts';

const URL = process.env.API_URL ?? 'http://localhost:3000';
const FOLDER = join(ROOT, '.cache/screenshots');
const README_FOLDER = join(ROOT, 'docs/images');
const README_PAGES = ['browse', 'calendar', 'wallet'];
const WIDTHS = [360, 768, 1440];
const EMAIL = 'customer@milkround.test';
const PASSWORD = process.env.DEMO_PASSWORD ?? 'milkround-demo';
const PAGES = {
  browse: '/shop',
  product: '/shop/product/P-MILK-COW-1000',
  cart: '/shop/cart',
  checkout: '/shop/checkout',
  subscribe: '/shop/subscribe/P-MILK-COW-1000',
  subscriptions: '/shop/subscriptions',
  calendar: `/shop/calendar?month=${monthAhead()}`,
  orders: '/shop/orders',
  wallet: '/shop/wallet',
  account: '/shop/account',
};

mkdirSync(FOLDER, { recursive: true });
await prepareCustomer();
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ locale: 'en-IN', colorScheme: 'light', serviceWorkers: 'block' });
const page = await context.newPage();
await signIn(page);
for (const colorScheme of ['light', 'dark'] as const) {
  await page.emulateMedia({ colorScheme });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(URL + path);
      await page.waitForLoadState('networkidle');
      const isForReadme = colorScheme === 'light' && width === WIDTHS[0] && README_PAGES.includes(name);
      await page.screenshot({
        path: isForReadme
          ? join(README_FOLDER, `shop-${name}.png`)
          : join(FOLDER, `${name}-${width}-${colorScheme}.png`),
        fullPage: !isForReadme,
      });
    }
  }
}
await browser.close();
console.log(`Screenshots are in ${FOLDER} and ${README_FOLDER}.`);

/** Money, a subscription with a skipped date and a pause, and a cart, unless there is a subscription already. */
async function prepareCustomer(): Promise<void> {
  const session: { token?: string } = {};
  const api = createMilkroundClient({ baseUrl: URL, token: () => session.token });
  const { data } = await api.POST('/user/login', { body: { email: EMAIL, password: PASSWORD } });
  session.token = data?.accessToken;
  if (!session.token) throw new Error(`${EMAIL} cannot sign in at ${URL}. Run \`npm start\` first.`);
  if ((await api.GET('/subscription/list')).data?.length) return;
  await api.POST('/wallet/topup', { body: { amount: 1_500, paymentMethod: 'UPI' } });
  const items = [{ productId: 'P-MILK-COW-1000', qty: 1 }];
  const month = monthAhead();
  const { data: subscription } = await api.POST('/order/subscribe', {
    body: { items, frequency: 'DAILY', startDate: dateAhead(2), deliverySlot: '06:00', paymentMethod: 'WALLET' },
  });
  const subscriptionId = subscription?.subscriptionId ?? '';
  await api.POST('/subscription/skip', { body: { subscriptionId, date: `${month}-09` } });
  await api.POST('/subscription/pause', { body: { subscriptionId, from: `${month}-17`, to: `${month}-20` } });
  await api.POST('/cart/add', { body: { productId: 'P-PANEER-200', qty: 2 } });
}

async function signIn(tab: Page): Promise<void> {
  await tab.goto(`${URL}/shop/sign-in`);
  await tab.getByLabel('E-mail').fill(EMAIL);
  await tab.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await tab.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('link', { name: /^Cart/ }).waitFor();
}

function dateAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** A month that is all ahead, so that every date of it can be changed. */
function monthAhead(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);
}
