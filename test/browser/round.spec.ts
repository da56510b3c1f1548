import type { Page } from 'playwright-core';
import { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';
import { accessibilityProblemsOf, AppBrowser, overflowOf, showColors } from '../support/app-browser';
import { TestDairy } from '../support/fixtures/test-dairy';

jest.setTimeout(120_000);

const PASSWORD = 'milkround-demo';
const RAVI = { userId: 'U-COURIER-1', email: 'courier1@milkround.test' };
const MEENA = { userId: 'U-COURIER-2', email: 'courier2@milkround.test' };
/** At 64 rupees. */
const MILK = 'P-MILK-COW-1000';
/** Longer than a report can be taken back. */
const UNDO_SECONDS = 11;

/** The customers, in the order of the stops. */
const NAMES = ['Asha', 'Bela', 'Chitra', 'Dev', 'Esha'] as const;
type Name = (typeof NAMES)[number];

interface Result {
  readonly clientEventId: string;
  readonly result: string;
}

describe('the round', () => {
  let dairy: TestDairy;
  let program: Program;
  let browser: AppBrowser;
  let page: Page;
  let admin: HttpClient;
  const orders = {} as Record<Name, { orderId: string; deliveryId: string }>;
  /** What the API has answered to reports, of both tabs. */
  const answers: Promise<Result[]>[] = [];
  const results = async () => (await Promise.all(answers)).flat();

  beforeAll(async () => {
    dairy = await TestDairy.open();
    program = await dairy.start();
    admin = dairy.as('ADMIN', program);
    await Promise.all(NAMES.map(placeOrder));
    await dairy.settled(program);
    const orderIds = NAMES.map((name) => orders[name].orderId);
    const { body: assigned } = await admin.post('/delivery/assign', { orderIds, courierId: RAVI.userId });
    for (const [index, name] of NAMES.entries()) orders[name].deliveryId = assigned[index].deliveryId;
    await admin.patch('/admin/order/status', { orderIds: orderIds.slice(0, -1), status: 'PACKED' });
    // The morning of the deliveries.
    await admin.put('/admin/clock', { now: `${dateAhead(1)}T00:00:00Z` });
    browser = await AppBrowser.open(program.url);
    page = await browser.newTab('/round');
    await page.context().clock.install();
    page.context().on('response', (response) => {
      if (response.url().includes('/delivery/updates') && response.ok())
        answers.push(response.json() as Promise<Result[]>);
    });
  });
  afterAll(async () => {
    await browser?.close();
    await dairy.close();
  });

  const dateAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const expectText = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const expectStop = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const chip = (text: string | RegExp, tab = page) => tab.getByRole('banner').getByText(text).waitFor();
  const later = () => page.context().clock.fastForward(UNDO_SECONDS * 1_000);
  const deliveryOf = async (name: Name) =>
    (await admin.get(`/delivery/${orders[name].deliveryId}`)).body as { history: { status: string }[] };
  const statusesOf = async (name: Name) => (await deliveryOf(name)).history.map(({ status }) => status);
  const orderStatusOf = async (name: Name) =>
    (await admin.get('/order/track', { orderId: orders[name].orderId })).body.status as string;
  /** A guard against double taps ignores the buttons for a moment after the stop has changed. */
  const report = async (name: string) => {
    await page.context().clock.runFor(1_000);
    await button(name).click();
  };
  const expectAccessible = async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await showColors(page, colorScheme);
      expect(await accessibilityProblemsOf(page)).toEqual([]);
    }
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  };

  /** An order of a new customer for tomorrow morning. Every other one is paid in cash. */
  async function placeOrder(name: Name, index: number): Promise<void> {
    const anyone = new HttpClient(program.url);
    const email = `${name}-${dairy.prefix.slice(1, -1)}@milkround.test`;
    const [address, phone] = [`${index + 1} Dairy Lane, Pune`, `+91981200000${index + 1}`];
    await anyone.post('/user/register', { name: `${name} Rao`, email, password: PASSWORD, address, phone });
    const { body: session } = await anyone.post('/user/login', { email, password: PASSWORD });
    const customer = anyone.as(session.accessToken);
    const cartItems = [{ productId: MILK, qty: 1 }];
    const { body: order } = await customer.post('/order/create', {
      cartItems,
      deliverySlot: `${dateAhead(1)}T01:00:00Z`,
    });
    const paymentMethod = index % 2 === 0 ? 'COD' : 'CARD';
    await customer.post('/payment/pay', { orderId: order.orderId, amount: order.amount, paymentMethod });
    orders[name] = { orderId: order.orderId, deliveryId: '' };
  }

  it('tells others that it is for couriers', async () => {
    await page.waitForURL(/sign-in/);
    await expectAccessible();
    await browser.signIn(page, 'customer@milkround.test', PASSWORD);
    await expectText('This is for couriers');
    await button('Sign in as someone else').click();
    await browser.signIn(page, RAVI.email, PASSWORD);
    await expectText('Load your round');
  });

  it('shows what to load, and takes back what was reported by mistake', async () => {
    await expectText('5 ×');
    await expectText('Stop 5: Esha Rao');
    await chip('All sent');
    await expectAccessible();
    await button('Picked up all (4)').click();
    await expectStop('Asha Rao');
    await button(/^Undo/).click();
    await expectText('Load your round');
    await later();
    await chip('All sent');
    expect(await statusesOf('Asha')).toEqual(['ASSIGNED']);
    expect(await results()).toEqual([]);

    await button('Picked up all (4)').click();
    await expectStop('Asha Rao');
    // A report that is not sent yet survives, and can still be taken back.
    await page.reload();
    await expectStop('Asha Rao');
    await chip('5 reports waiting');
    await button(/^Undo/).waitFor();
    await later();
    await chip('All sent');
    expect(await statusesOf('Asha')).toEqual(['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT']);
    expect(await statusesOf('Bela')).toEqual(['ASSIGNED', 'PICKED_UP']);
    expect(await orderStatusOf('Bela')).toBe('DISPATCHED');
    expect(await orderStatusOf('Esha')).toBe('CONFIRMED');
  });

  it('shows the next stop with all that is needed at the door', async () => {
    await expectText('Stop 1 of 5');
    await expectText('1 Dairy Lane, Pune');
    await expectText('Collect ₹64 in cash');
    expect(await page.getByRole('link', { name: /^Map/ }).getAttribute('href')).toContain('1%20Dairy%20Lane');
    expect(await page.getByRole('link', { name: 'Call Asha Rao' }).getAttribute('href')).toBe('tel:+919812000001');
    await page.getByRole('link', { name: '1 order is still at the dairy.' }).waitFor();
    await expectAccessible();
    await report('Delivered');
    await expectStop('Bela Rao');
    // The second tap of a double tap.
    await button('Delivered').click();
    await expectStop('Bela Rao');
    await later();
    await chip('All sent');
    expect(await statusesOf('Asha')).toEqual(['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED']);
    expect(await orderStatusOf('Asha')).toBe('DELIVERED');
    expect(await statusesOf('Bela')).toEqual(['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT']);
  });

  it('works without a network, and sends everything once when it is back, from two tabs', async () => {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const other = await browser.newTab('/round/stops');
    await chip('All sent', other);
    await page.bringToFront();
    await page.context().setOffline(true);
    await chip(/^Offline$/);

    await report('Failed');
    await page.getByLabel('Damaged').click();
    await page.getByLabel('Note').fill('Bottle broken');
    await expectAccessible();
    await button('Report as failed').click();
    await expectStop('Chitra Rao');
    await report('Delivered');
    await expectStop('Dev Rao');
    await later();
    await page.reload();
    await expectStop('Dev Rao');
    await chip('Offline · 4 waiting');
    await chip('Offline · 4 waiting', other);

    // Meanwhile, the dairy gives a stop to another courier, and ends all sessions.
    const { orderId } = orders.Dev;
    const { status } = await admin.post('/delivery/assign', { orderId, courierId: MEENA.userId });
    expect(status).toBe(201);
    const { body: session } = await new HttpClient(program.url).post('/user/login', {
      email: RAVI.email,
      password: PASSWORD,
    });
    await admin.as(session.accessToken).delete('/user/sessions');
    await report('Delivered');
    await expectText('Still at the dairy');
    await later();
    await page.getByRole('link', { name: 'Stops' }).click();
    await expectAccessible();
    const before = await results();

    await page.context().setOffline(false);
    await page.waitForURL(/sign-in/);
    await expectText('5 reports wait on this phone.');
    await browser.signIn(page, RAVI.email, PASSWORD);
    await chip('All sent');
    await chip('All sent', other);
    const all = await results();
    expect(all.slice(before.length).map(({ result }) => result)).toEqual([
      ...['APPLIED', 'APPLIED', 'APPLIED', 'REFUSED', 'REFUSED'],
    ]);
    expect(new Set(all.map(({ clientEventId }) => clientEventId)).size).toBe(all.length);
    expect(await statusesOf('Bela')).toEqual(['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT', 'FAILED']);
    expect((await deliveryOf('Bela')).history.at(-1)).toMatchObject({ reason: 'DAMAGED', note: 'Bottle broken' });
    expect(await orderStatusOf('Bela')).toBe('CANCELLED');
    expect(await statusesOf('Chitra')).toEqual(['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED']);
    expect(await orderStatusOf('Chitra')).toBe('DELIVERED');
    expect(await deliveryOf('Dev')).toMatchObject({ status: 'PICKED_UP', courierId: MEENA.userId });
    await other.close();
  });

  it('shows what the dairy has changed meanwhile, and what it refuses', async () => {
    await expectText('Now with another courier: Dev Rao');
    await expectText('2 reports were not accepted');
    await expectAccessible();
    await button('Got it').click();
    await page.getByRole('link', { name: 'See why' }).click();
    await expectText('This delivery is no longer yours.');
    await expectText('The dairy says now: with another courier');
    await expectAccessible();
    await button('Got it, remove').click();
    await page.getByText('Not accepted').waitFor({ state: 'detached' });
    await page.getByText('The dairy has changed your round').waitFor({ state: 'detached' });
  });

  it('sends what was refused again, once the dairy has put it right', async () => {
    await page.getByRole('link', { name: 'Stops' }).click();
    await page.getByRole('link', { name: /Esha Rao/ }).click();
    await expectText('The dairy has not packed this yet.');
    await report('Picked up');
    await later();
    await page.getByRole('link', { name: 'See why' }).click();
    await expectText('The dairy has not marked the order as packed.');
    await admin.patch('/admin/order/status', { orderId: orders.Esha.orderId, status: 'PACKED' });
    await button('Send again').click();
    await page.getByText('Not accepted').waitFor({ state: 'detached' });
    await chip('All sent');
    expect(await statusesOf('Esha')).toEqual(['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT']);
  });

  it('never sends the reports of one courier as another', async () => {
    await page.getByRole('link', { name: 'Next stop' }).click();
    await expectStop('Esha Rao');
    await report('Delivered');
    await expectText('Round finished');
    await expectAccessible();
    await page.getByRole('link', { name: 'More' }).click();
    await button('Sign out').click();
    await expectText('1 report is not sent yet');
    await expectAccessible();
    await button('Sign out all the same').click();
    await expectText('1 report waits on this phone.');

    await browser.signIn(page, MEENA.email, PASSWORD);
    await expectText('1 report of another courier waits on this phone');
    await later();
    await button('Send and reload now').click();
    await chip('All sent');
    expect(await statusesOf('Esha')).toEqual(['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT']);
    await page.getByRole('link', { name: 'Next stop' }).click();
    await expectStop('Dev Rao');
    await page.getByRole('link', { name: 'More' }).click();
    await button('Sign out').click();

    await browser.signIn(page, RAVI.email, PASSWORD);
    await chip('All sent');
    expect(await statusesOf('Esha')).toEqual(['ASSIGNED', 'PICKED_UP', 'IN_TRANSIT', 'DELIVERED']);
    expect((await results()).filter(({ result }) => result === 'ALREADY_APPLIED')).toEqual([]);
  });

  it('says what to hand in', async () => {
    await page.getByRole('link', { name: 'Totals' }).click();
    await page.getByText('To hand in').locator('..').getByText('₹192').waitFor();
    await expectText('To bring back');
    await expectAccessible();
  });

  it('fits the narrowest screen in Hindi', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByLabel('हिन्दी').click();
    await page.getByRole('heading', { level: 1, name: 'और' }).waitFor();
    for (const path of ['/round', '/round/stops', `/round/stops/${orders.Esha.deliveryId}`, '/round/totals']) {
      await browser.goTo(page, path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
    }
    await expectAccessible();
    await browser.goTo(page, '/round/nowhere');
    await page.getByRole('heading', { name: 'यह पेज नहीं है' }).waitFor();
    await expectAccessible();
  });

  it('causes no script error, and no violation of its content policy', () => {
    expect(browser.problems).toEqual([]);
  });
});
