import type { Locator, Page } from 'playwright-core';
import { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';
import {
  accessibilityProblemsOf,
  AppBrowser,
  motionOf,
  overflowOf,
  showColors,
  tabTo,
  watchLayoutShifts,
} from '../support/app-browser';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(60_000);

const PASSWORD = 'milk-before-dawn';
const ADDRESS = '12 Dairy Lane, Pune';

describe('the shop', () => {
  let dairy: TestDairy;
  let program: Program;
  let browser: AppBrowser;
  let page: Page;
  let email: string;
  beforeAll(async () => {
    dairy = await TestDairy.open();
    program = await dairy.start();
    browser = await AppBrowser.open(program.url);
    email = `family-${dairy.prefix.slice(1, -1)}@milkround.test`;
    page = await browser.newTab('/');
  });
  afterAll(async () => {
    await browser?.close();
    await dairy.close();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const link = (name: string | RegExp) => page.getByRole('link', { name });
  const expectText = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const expectBalance = (amount: string) => page.getByRole('region', { name: 'Balance' }).getByText(amount).waitFor();
  /** A date of the calendar, which says in its label what comes. */
  const dateOf = (date: string) => {
    const [, month = '', day = ''] = /^\d{4}-(\d\d)-(\d\d)$/.exec(date) ?? [];
    const name = new Date(`2026-${month}-01T12:00Z`).toLocaleDateString('en-IN', { month: 'long', timeZone: 'UTC' });
    return page.getByRole('button', { name: new RegExp(`^\\w+ ${Number(day)} ${name}`) });
  };
  const inDays = (days: number) => {
    const now = new Date(Date.now() + days * 86_400_000);
    return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Kolkata' }).format(now);
  };
  const showMonthOf = (date: string) => browser.goTo(page, `/shop/calendar?month=${date.slice(0, 7)}`);
  const apiOf = async (who = email) => {
    const { body } = await new HttpClient(program.url).post('/user/login', { email: who, password: PASSWORD });
    return new HttpClient(program.url).as(body.accessToken);
  };

  it('lets a family register, subscribe, top up, skip a date and pause a week', async () => {
    await link('Get started').click();
    await page.getByLabel('Name').fill('Asha Rao');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByLabel('Delivery address').fill(ADDRESS);
    await button('Create account').click();

    await page.getByRole('searchbox').fill('A2 Gir');
    await page.waitForURL(/q=A2/);
    await link(/A2 Gir cow milk/).click();
    await link('Subscribe').click();
    await button('Subscribe').click();
    await expectText('You are subscribed');

    await link('Top up').click();
    await button('Add ₹500').click();
    await expectText('₹500 is in your wallet.');
    // 96 rupees a day: five deliveries.
    await expectText(/Lasts until/);

    const skipped = inDays(5);
    await showMonthOf(skipped);
    await dateOf(skipped).filter({ hasText: '₹96' }).click();
    await button('Skip this day').click();
    await button('Deliver after all').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await dateOf(skipped).textContent()).toContain('Skipped');

    const [first, last] = [inDays(7), inDays(13)];
    await button('Pause for some days').click();
    await page.getByLabel('First day').fill(first);
    await page.getByLabel('Last day').fill(last);
    await button(/^Pause$/).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const customer = await apiOf();
    const [subscription] = (await customer.get('/subscription/list')).body;
    expect(subscription).toMatchObject({ status: 'ACTIVE', address: ADDRESS, pauses: [{ from: first, to: last }] });
    expect(subscription.exceptions).toMatchObject([{ date: skipped, skipped: true }]);
  });

  it('changes one date, and takes the change back', async () => {
    const date = inDays(4);
    await showMonthOf(date);
    await dateOf(date).click();
    await button('Change this day').click();
    await button('One more: A2 Gir cow milk').click();
    await button('Save this day').click();
    await expectText('₹192');
    await button('Undo the change').click();
    await button('Undo the change').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('keeps search and category when the customer goes back', async () => {
    await link('Shop').click();
    await button('Cheese & Paneer').click();
    await link(/Mozzarella/).click();
    await page.getByRole('heading', { level: 1, name: 'Mozzarella' }).waitFor();
    await page.goBack();
    await link(/Mozzarella/).waitFor();
    expect(await button('Cheese & Paneer').getAttribute('aria-pressed')).toBe('true');
  });

  it('orders by card, pays again after a decline, and follows the delivery to the door', async () => {
    await button('Add Mozzarella, 200 g').click();
    await link(/View cart/).click();
    await button('One more: Mozzarella').click();
    await expectText('₹330');
    await link('Check out').click();
    await page.getByLabel('Card', { exact: true }).check();
    await page.getByLabel('Test payment').selectOption('tok_declined');
    await button('Order for ₹330').click();
    await expectText('The payment was declined.');
    await button('Pay ₹330').click();
    await expectText('A courier is assigned');

    const orderId = page.url().split('/').at(-1) ?? '';
    const customer = await apiOf();
    await dairy.settled(program);
    const { delivery } = (await customer.get('/order/track', { orderId })).body;
    const admin = dairy.as('ADMIN', program);
    expect((await admin.patch('/admin/order/status', { orderId, status: 'PACKED' })).status).toBe(200);
    const courier = dairy.as('COURIER', program, delivery.courierId);
    const report = async (status: string) =>
      expect((await courier.patch('/delivery/update', { deliveryId: delivery.deliveryId, status })).status).toBe(200);
    await report('PICKED_UP');
    await expectText('The courier has picked it up');
    await report('IN_TRANSIT');
    await expectText('The courier is on the way to you');
    await report('DELIVERED');
    await page.getByRole('banner').waitFor();
    await page.locator('header').getByText('Delivered').waitFor();
  });

  it('cancels an order, and the money is back in the wallet', async () => {
    const customer = await apiOf();
    const [{ productId }] = (await customer.get('/product/list', { q: 'Mozzarella' })).body;
    await customer.post('/cart/add', { productId, qty: 1 });
    await browser.goTo(page, '/shop/checkout');
    await page.getByLabel(/^Wallet/).check();
    await button('Order for ₹165').click();
    await button('Cancel order').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
    await page.locator('header').getByText('Cancelled').waitFor();
    await dairy.settled(program);
    await browser.goTo(page, '/shop/wallet');
    await expectText('Refund');
    await expectBalance('₹500');
  });

  it('leads back to the page after the session has ended', async () => {
    await (await apiOf()).delete('/user/sessions');
    await browser.goTo(page, '/shop/subscriptions');
    await page.waitForURL(/sign-in\?next=/);
    await browser.signIn(page, email, PASSWORD);
    await page.waitForURL(/\/shop\/subscriptions$/);
    await expectText(/A2 Gir cow milk/);
  });

  it('shares the session between tabs', async () => {
    const other = await browser.newTab('/shop/wallet');
    await other.getByText('Movements').waitFor();
    await Promise.all([page.reload(), other.reload()]);
    await other.getByText('Movements').waitFor();
    await expectText(/A2 Gir cow milk/);

    await browser.goTo(other, '/shop/account');
    await other.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
    await browser.signIn(page, email, PASSWORD);
    await page.waitForURL(/\/shop\/subscriptions$/);
    await other.getByRole('link', { name: /^Cart/ }).waitFor();
    await other.close();
  });

  it('refreshes an expired session once for all tabs', async () => {
    const other = await browser.newTab('/shop/orders');
    await other.getByText('Mozzarella').first().waitFor();
    const context = page.context();
    const refused = new Set<Page>();
    let expired: string | undefined;
    await context.route(/\/wallet\//, async (route) => {
      const request = route.request();
      const token = (await request.headerValue('authorization')) ?? '';
      expired ??= token;
      if (token !== expired) return route.continue();
      refused.add(request.frame().page());
      const body = '{"code":"auth.unauthenticated"}';
      return route.fulfill({ status: 401, contentType: 'application/problem+json', body });
    });
    let refreshes = 0;
    await context.route('**/user/refresh', async (route) => {
      refreshes++;
      // Both tabs want a new token.
      await waitUntil('both tabs to be refused', () => Promise.resolve(refused.size === 2));
      await route.continue();
    });
    await Promise.all([page, other].map((tab) => tab.getByRole('link', { name: 'Wallet' }).click()));
    await Promise.all([page, other].map((tab) => tab.getByText('Refund').waitFor()));
    expect(refreshes).toBe(1);
    await context.unrouteAll();
    await other.close();
  });

  it('tries again while the API answers 503', async () => {
    let refused = 0;
    await page.route('**/wallet/view', (route) =>
      refused++ < 3
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: '{"code":"request.unavailable"}',
          })
        : route.continue(),
    );
    await browser.goTo(page, '/shop/wallet');
    await expectBalance('₹500');
    expect(refused).toBe(4);
    await page.unroute('**/wallet/view');
  });

  it('survives an API that answers 503 for ten seconds, and tops up once', async () => {
    const customer = await apiOf();
    const topUpsOf = async () =>
      ((await customer.get('/wallet/ledger')).body as { type: string }[]).filter(({ type }) => type === 'TOP_UP');
    const before = (await topUpsOf()).length;
    let endsAt = Infinity;
    await page.route(/\/(dairy|wallet|subscription|cart|user)\b(?!.*\.js)/, (route) =>
      Date.now() < endsAt ? route.fulfill({ status: 503, headers: { 'Retry-After': '1' } }) : route.continue(),
    );
    endsAt = Date.now() + 10_000;
    await button('Add ₹500').click();
    await expectText('₹500 is in your wallet.');
    expect(Date.now()).toBeGreaterThan(endsAt);
    expect(await topUpsOf()).toHaveLength(before + 1);
    await expectBalance('₹1,000');
    await page.unrouteAll();
  });

  it('shows on a slow network that it works, and takes a double tap once', async () => {
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    const conditions = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 20_000 };
    await network.send('Network.emulateNetworkConditions', conditions);
    await page.reload();
    await page.getByRole('status', { name: 'Loading' }).first().waitFor();
    await button('Add ₹500').dblclick();
    await page.locator('button[data-loading]').waitFor();
    await expectText('₹500 is in your wallet.');
    await expectBalance('₹1,500');
    await network.detach();
  });

  it('says that it is offline, and opens without a network', async () => {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toContain('/shop');
    expect(kept.filter((path) => !/^\/(shop$|assets\/)/.test(path))).toEqual([]);

    await page.context().setOffline(true);
    try {
      await expectText('You are offline.');
      await page.reload();
      await page.getByRole('banner').waitFor();
    } finally {
      await page.context().setOffline(false);
    }
    await expectBalance('₹1,500');
  });

  it('subscribes and skips a day by keyboard alone', async () => {
    const press = async (target: Locator, key = 'Enter') => {
      await tabTo(page, target);
      await page.keyboard.press(key);
    };
    await browser.goTo(page, '/shop/product/P-CURD-CLASSIC-400');
    await press(link('Subscribe'));
    await tabTo(page, page.getByLabel('Every day', { exact: true }));
    await page.keyboard.press('ArrowRight');
    await press(page.getByLabel(/^Wallet/), 'ArrowDown');
    await press(button('Subscribe'));
    await press(link('Open my calendar'));
    const customer = await apiOf();
    const [{ subscriptionId, ...subscription }] = (await customer.get('/subscription/list')).body;
    expect(subscription).toMatchObject({ frequency: 'ALTERNATE_DAYS', paymentMethod: 'COD' });

    const date: string = subscription.nextDeliveryDate;
    await showMonthOf(date);
    await press(dateOf(date));
    const entry = page.getByRole('dialog').locator('section', { hasText: 'Curd' });
    await press(entry.getByRole('button', { name: 'Skip this day' }));
    await entry.getByRole('button', { name: 'Deliver after all' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await dateOf(date).evaluate((cell) => cell === document.activeElement)).toBe(true);
    const { exceptions } = (await customer.get(`/subscription/${subscriptionId}`)).body;
    expect(exceptions).toMatchObject([{ date, skipped: true }]);
    await customer.post('/subscription/cancel', { subscriptionId });
  });

  it('moves nothing when the customer fills the cart, searches and turns the months', async () => {
    await browser.goTo(page, '/shop?category=Milk');
    await button(/^Add A2 Gir/).waitFor();
    const shiftsOfCart = await watchLayoutShifts(page, { afterInput: true });
    await button(/^Add A2 Gir/).click();
    await button(/^One more: A2 Gir/).click();
    await expectText('2 items');
    // Only the sum of the cart, which grows.
    expect(await shiftsOfCart()).toBeLessThan(0.005);
    await (await apiOf()).delete('/cart/clear');

    await browser.goTo(page, '/shop/calendar');
    await expectText('Comes');
    const shifts = await watchLayoutShifts(page);
    await button('Next month').click();
    await page.locator('[aria-busy=false]').waitFor();
    await button('Previous month').click();
    await link('Shop').click();
    await page.getByRole('searchbox').fill('ghee');
    await page.waitForURL(/q=ghee/);
    await link(/^Buffalo ghee/).click();
    await link('Subscribe').click();
    await expectText('How often');
    expect(await shifts()).toBeLessThan(0.01);
  });

  it('explains a refusal after the cutoff, with the first date that can still change', async () => {
    const tomorrow = inDays(1);
    const date = inDays(3);
    await showMonthOf(date);
    await dateOf(date).click();
    await button('Skip this day').waitFor();
    const admin = dairy.as('ADMIN', program);
    // The evening before the date, after the cutoff.
    await admin.put('/admin/clock', { now: `${inDays(2)}T16:00:00Z` });
    await button('Skip this day').click();
    await expectText(/It is too late for this day\. The first day that can still be changed is/);
    await admin.delete('/admin/clock');
    expect(tomorrow < date).toBe(true);
  });

  it('causes no script error, and no violation of its content policy', () => {
    expect(browser.problems).toEqual([]);
  });

  const SCREENS: [name: string, path: string, text: string | RegExp, dialog?: string | RegExp][] = [
    ['browse', '/shop', /Full cream milk|A2 Gir/],
    ['nothing found', '/shop?q=nonsense', 'Nothing found'],
    ['product', '/shop/product/P-MILK-COW-1000', 'Bottled at dawn'],
    ['cart', '/shop/cart', 'Your cart'],
    ['checkout', '/shop/checkout', 'Pay by'],
    ['orders', '/shop/orders', 'Mozzarella'],
    ['order', '/shop/orders/:orderId', 'Confirmed'],
    ['cancellation of an order', '/shop/orders/:orderId', 'Confirmed', 'Cancel order'],
    ['subscribe', '/shop/subscribe/P-MILK-COW-1000', 'How often'],
    ['subscriptions', '/shop/subscriptions', /A2 Gir/],
    ['change of a subscription', '/shop/subscriptions/:subscriptionId', 'How often'],
    ['end of a subscription', '/shop/subscriptions/:subscriptionId', 'How often', 'Cancel subscription'],
    ['calendar', '/shop/calendar', '₹96'],
    ['day', '/shop/calendar?month=:month', 'Comes', /^\w+ 28 /],
    ['pause', '/shop/calendar', 'Comes', 'Pause for some days'],
    ['wallet', '/shop/wallet', 'Refund'],
    ['account', '/shop/account', 'Daily confirmations'],
    ['forgotten password', '/shop/forgot-password', 'I have a code'],
    ['password reset', '/shop/reset-password', 'Code from the e-mail'],
    ['unknown page', '/shop/nowhere', 'This page does not exist'],
  ];
  const SIGNED_OUT_SCREENS: typeof SCREENS = [
    ['sign-in', '/shop/sign-in?next=%2Fcart', 'you continue where you were'],
    ['registration', '/shop/register', 'I already have an account'],
  ];
  const PHONE = { width: 360, height: 740 };
  const DESKTOP = { width: 1440, height: 900 };
  /** The layout of a desktop of 1280 by 720 pixels at a zoom of 200 %. */
  const ZOOMED = { width: 640, height: 360 };
  /** The tallest ones, and dialogs. */
  const ZOOMED_SCREENS = new Set(['checkout', 'subscribe', 'calendar', 'day', 'pause']);
  const ids = { ':orderId': '', ':subscriptionId': '', ':month': '' };

  async function show([name, path, text, dialog]: (typeof SCREENS)[number]): Promise<void> {
    // Not earlier: below the products it would be a bar that covers some of them.
    if (name === 'cart') await (await apiOf()).patch('/cart/update', { productId: 'P-PANEER-200', qty: 1 });
    await browser.goTo(
      page,
      Object.entries(ids).reduce((url, [key, id]) => url.replace(key, id), path),
    );
    await expectText(text);
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
    if (!dialog) return;
    await button(dialog).click();
    await page.getByRole('dialog').waitFor();
  }

  /** On a phone in dark colours, and on a desktop in light ones. */
  async function expectAccessible(screen: (typeof SCREENS)[number]): Promise<void> {
    await page.setViewportSize(PHONE);
    await show(screen);
    for (const [size, colorScheme] of [
      [PHONE, 'dark'],
      [DESKTOP, 'light'],
    ] as const) {
      await page.setViewportSize(size);
      await showColors(page, colorScheme);
      expect(await accessibilityProblemsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }
  }

  describe('on every screen', () => {
    beforeAll(async () => {
      const customer = await apiOf();
      const cartItems = [{ productId: 'P-PANEER-200', qty: 1 }];
      const deliverySlot = `${inDays(2)}T03:00:00Z`;
      const { orderId, amount } = (await customer.post('/order/create', { cartItems, deliverySlot })).body;
      await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'WALLET' });
      const subscriptions = (await customer.get('/subscription/list')).body as Record<string, string>[];
      const subscriptionId = subscriptions.find(({ status }) => status === 'ACTIVE')?.subscriptionId;
      const month = inDays(31).slice(0, 7);
      Object.assign(ids, { ':orderId': orderId, ':subscriptionId': subscriptionId, ':month': month });
    });

    it.each(SCREENS)('has an accessible page: %s', (...screen) => expectAccessible(screen));

    it('fits a zoom of 200 %, without motion for those who ask for none', async () => {
      await page.setViewportSize(ZOOMED);
      for (const screen of SCREENS.filter(([name]) => ZOOMED_SCREENS.has(name))) {
        await show(screen);
        expect([screen[0], await overflowOf(page)]).toEqual([screen[0], 0]);
        expect([screen[0], await motionOf(page)]).toEqual([screen[0], 0]);
      }
    });
  });

  it('fits the narrowest screen in Hindi', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await browser.goTo(page, '/shop/account');
    // The choice shows once the texts are loaded.
    await page.getByLabel('हिन्दी').click();
    await page.getByRole('heading', { level: 1, name: 'खाता' }).waitFor();
    for (const path of [
      '/shop',
      '/shop/account',
      '/shop/calendar',
      '/shop/wallet',
      '/shop/subscribe/P-MILK-COW-1000',
    ]) {
      await browser.goTo(page, path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
    }
    expect(await page.locator('html').getAttribute('lang')).toBe('hi');
  });

  describe('for someone who is not signed in', () => {
    beforeAll(async () => {
      await browser.clear(page);
    });

    it.each(SIGNED_OUT_SCREENS)('has an accessible page: %s', (...screen) => expectAccessible(screen));
  });
});
