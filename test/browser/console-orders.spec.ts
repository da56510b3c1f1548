import type { Page } from 'playwright-core';
import { AppBrowser, accessibilityProblemsOf, overflowOf, showColors } from '../support/app-browser';
import { aDayOfOrders, type DayOrder, tomorrow } from '../support/fixtures/day-of-orders';
import { TestDairy } from '../support/fixtures/test-dairy';
import type { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';

jest.setTimeout(60_000);

const DEMO_PASSWORD = 'milkround-demo';
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1440, height: 900 };
/** The demo couriers: Ravi Jadhav and Meena Pawar. */
const [RAVI, MEENA] = ['U-COURIER-1', 'U-COURIER-2'] as const;

interface TrackedOrder {
  readonly status: string;
  readonly delivery: { readonly courierId: string };
}

describe("the clerk's morning", () => {
  let dairy: TestDairy;
  let program: Program;
  let browser: AppBrowser;
  let page: Page;
  let admin: HttpClient;
  let orders: DayOrder[];
  beforeAll(async () => {
    dairy = await TestDairy.open();
    program = await dairy.start();
    admin = dairy.as('ADMIN', program);
    orders = await aDayOfOrders(dairy, program, 6);
    await assign(orders, RAVI);
    browser = await AppBrowser.open(program.url, { viewport: DESKTOP, acceptDownloads: true });
    page = await browser.newTab(`/console/orders?date=${tomorrow()}`);
    await browser.signIn(page, 'admin@milkround.test', DEMO_PASSWORD);
  });
  afterAll(async () => {
    await browser?.close();
    await dairy.close();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
  const row = (number: string) => page.getByRole('row').filter({ hasText: number });
  const expectText = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const track = async (orderId: string) => (await admin.get('/order/track', { orderId })).body as TrackedOrder;
  const setStatus = (orderId: string, status: string) => admin.patch('/admin/order/status', { orderId, status });
  const assign = async (some: readonly DayOrder[], courierId: string) =>
    admin.post('/delivery/assign', { orderIds: some.map(({ orderId }) => orderId), courierId });
  const orderAt = (index: number) => orders[index] as DayOrder;

  it('packs the orders of a day at once, and says which one another admin has cancelled meanwhile', async () => {
    await button('Confirmed 6').click();
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    const cancelled = orderAt(5);
    expect((await setStatus(cancelled.orderId, 'CANCELLED')).status).toBe(200);

    await button('Mark as packed').click();
    await expectText('5 orders are packed.');
    const refused = page.getByRole('list', { name: 'Orders that could not be changed' });
    expect(await refused.innerText()).toContain(cancelled.orderNumber);
    expect(await refused.innerText()).toContain('The order has moved on');

    await button('Packed 5').click();
    await row(orderAt(0).orderNumber).waitFor();
    const statuses = await Promise.all(orders.map(async ({ orderId }) => (await track(orderId)).status));
    expect(statuses).toEqual([...Array<string>(5).fill('PACKED'), 'CANCELLED']);
  });

  it('gives an order to another courier by keyboard alone', async () => {
    await button('Packed 5').focus();
    // The button for the file, the box that selects all, and the heads that sort come before the rows.
    const active = page.locator('tr:focus');
    for (let presses = 0; presses < 15 && (await active.count()) === 0; presses++) await page.keyboard.press('Tab');
    const numberOf = async () => (await active.locator('b').innerText()).trim();
    const first = await numberOf();
    await page.keyboard.press('End');
    expect(await active.getAttribute('aria-rowindex')).toBe('6');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const second = await numberOf();
    expect(second).not.toBe(first);

    // The second to the fourth row.
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+Space');
    await expectText('3 selected');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');

    await page.keyboard.press('Enter');
    const drawer = dialog(`Order ${second}`);
    await drawer.getByText('What happened').waitFor();
    await drawer.getByRole('button', { name: 'Assign courier' }).focus();
    await page.keyboard.press('Enter');
    const { orderId } = orders.find(({ orderNumber }) => orderNumber === second) as DayOrder;
    await dialog('Assign 1 order').getByLabel('Courier').selectOption('Meena Pawar');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await drawer.getByText('Courier: Meena Pawar').waitFor();
    expect((await track(orderId)).delivery.courierId).toBe(MEENA);

    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await numberOf()).toBe(second);
  });

  it('sees why a delivery failed, and credits the customer, whose payment was kept', async () => {
    const { orderId, orderNumber, userId, amount, deliveryId } = orderAt(0);
    const { courierId } = (await track(orderId)).delivery;
    const courier = dairy.as('COURIER', program, courierId);
    for (const report of [
      { status: 'PICKED_UP' },
      { status: 'FAILED', reason: 'CUSTOMER_UNAVAILABLE', note: 'Rang twice' },
    ])
      expect((await courier.patch('/delivery/update', { deliveryId, ...report })).status).toBe(200);

    await browser.goTo(page, `/console/deliveries?date=${tomorrow()}&status=FAILED`);
    await row(orderNumber).getByText('no one was home: Rang twice').click();
    const drawer = dialog(`Order ${orderNumber}`);
    await drawer.getByText('the payment was kept').waitFor();
    await drawer.getByRole('button', { name: 'Credit the customer' }).click();
    await button(`Credit ₹${amount}`).click();
    await drawer.getByText(`Credit · Order ${orderNumber}: the delivery failed`).waitFor();
    const [entry] = (await admin.get('/wallet/ledger', { userId })).body;
    expect(entry).toMatchObject({ type: 'CREDIT', amount });

    await drawer.getByRole('button', { name: 'Credit the customer' }).click();
    await expectText(`₹${amount} was already credited for this order.`);
    await page.keyboard.press('Escape');
  });

  it('explains that another admin was faster, and shows the current state', async () => {
    const { orderId, orderNumber } = orderAt(4);
    await browser.goTo(page, `/console/orders?date=${tomorrow()}&order=${orderId}`);
    const drawer = dialog(`Order ${orderNumber}`);
    await drawer.getByRole('button', { name: 'Cancel order' }).click();
    expect((await setStatus(orderId, 'CANCELLED')).status).toBe(200);
    const question = dialog(`Cancel order ${orderNumber}?`);
    await question.getByRole('button', { name: 'Cancel order' }).click();
    await question.getByRole('alert').waitFor();
    await question.getByRole('button', { name: 'Load the current state' }).click();
    await question.waitFor({ state: 'detached' });
    await drawer.getByText('Cancelled: by the dairy').waitFor();
    expect(await drawer.getByRole('button', { name: 'Cancel order' }).count()).toBe(0);
  });

  it('cancels orders after saying what that does', async () => {
    const { orderId, orderNumber, amount } = orderAt(3);
    await browser.goTo(page, `/console/orders?number=${orderNumber.toLowerCase()}`);
    await page.getByRole('checkbox', { name: `Select ${orderNumber}` }).check();
    await button('Cancel orders').click();
    const question = dialog('Cancel 1 order?');
    await question.getByText(`₹${amount} is refunded to where it came from.`).waitFor();
    await question.getByRole('button', { name: 'Cancel orders' }).click();
    await expectText('1 order is cancelled.');
    expect((await track(orderId)).status).toBe('CANCELLED');
  });

  it('invites a courier, prints a route sheet, and finds the deliveries of one who is gone', async () => {
    await browser.goTo(page, `/console/couriers?date=${tomorrow()}`);
    await button('Add a courier').click();
    const email = `sunil-${dairy.prefix.slice(1, -1)}@milkround.test`;
    await page.getByLabel('Name').fill('Sunil More');
    await page.getByLabel('E-mail').fill(email);
    await button('Send the invitation').click();
    await expectText(`${email} has an invitation.`);
    await row('Sunil More').waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button('Route sheet of Meena Pawar, PDF').click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${tomorrow()}-Meena Pawar.pdf`);

    await assign([orderAt(1), orderAt(2)], MEENA);
    await button('Deactivate Meena Pawar').click();
    await dialog('Deactivate Meena Pawar?').getByRole('button', { name: 'Deactivate' }).click();
    await row('Meena Pawar').getByText('Not active').waitFor();
    const couriers = (await admin.get('/admin/users', { role: 'COURIER' })).body as { userId: string }[];
    expect(couriers.find(({ userId }) => userId === MEENA)).toMatchObject({ blocked: true });

    await browser.goTo(page, `/console/deliveries?date=${tomorrow()}&needsCourier=true`);
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    await button('Assign courier').click();
    await dialog(/^Assign/)
      .getByLabel('Courier')
      .selectOption('Ravi Jadhav');
    await dialog(/^Assign/)
      .getByRole('button', { name: 'Assign' })
      .click();
    await expectText(/All open deliveries .* have an active courier/);
    expect((await track(orderAt(1).orderId)).delivery.courierId).toBe(RAVI);
    await admin.patch(`/admin/users/${MEENA}`, { blocked: false });
  });

  it('causes no script error, and no violation of its content policy', () => {
    expect(browser.problems).toEqual([]);
  });

  const screens = (): [path: string, text: string | RegExp][] => [
    [`/console/orders?date=${tomorrow()}`, orderAt(1).orderNumber],
    ['/console/orders?date=2030-01-01', /^No orders for|के लिए कोई ऑर्डर नहीं/],
    [`/console/orders?date=${tomorrow()}&order=${orderAt(0).orderId}`, 'Rang twice'],
    [`/console/deliveries?date=${tomorrow()}`, orderAt(1).orderNumber],
    [`/console/couriers?date=${tomorrow()}`, 'Sunil More'],
  ];

  it.each([
    ['dark, on a phone', PHONE, 'dark'],
    ['light, on a desktop', DESKTOP, 'light'],
  ] as const)('has accessible pages: %s', async (_, size, colorScheme) => {
    await page.setViewportSize(size);
    await showColors(page, colorScheme);
    for (const [path, text] of screens()) {
      await browser.goTo(page, path);
      await expectText(text);
      expect([path, await accessibilityProblemsOf(page)]).toEqual([path, []]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }
  });

  it('fits a phone in Hindi', async () => {
    await page.setViewportSize(PHONE);
    await page.evaluate(() => localStorage.setItem('milkround:language', 'hi'));
    for (const [path, text] of screens()) {
      await browser.goTo(page, path);
      await expectText(text);
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
    }
    expect(await page.locator('html').getAttribute('lang')).toBe('hi');
    await page.evaluate(() => localStorage.removeItem('milkround:language'));
  });

  it('scrolls through 5,000 orders with only those in view in the document', async () => {
    const PAGE = 1_000;
    const template = await track(orderAt(1).orderId);
    const numberOf = (index: number) => `N${String(index).padStart(4, '0')}`;
    // Only the list: this tests the table, and 5,000 real orders would take minutes.
    await page.route('**/admin/orders?*', async (route) => {
      const url = new URL(route.request().url());
      const from = Number(url.searchParams.get('cursor') ?? 0);
      url.searchParams.set('cursor', String(from + PAGE));
      const items = Array.from({ length: PAGE }, (__, index) => {
        return { ...template, orderId: `O-${from + index}`, orderNumber: numberOf(from + index), amount: index };
      });
      await route.fulfill({
        json: items,
        headers: from + PAGE < 5_000 ? { Link: `<${url.pathname}${url.search}>; rel="next"` } : {},
      });
    });
    await page.setViewportSize(DESKTOP);
    await browser.goTo(page, `/console/orders?date=${tomorrow()}`);
    await expectText('5000 rows');
    const grid = page.getByRole('grid');
    expect(await grid.getAttribute('aria-rowcount')).toBe('5001');

    await row(numberOf(0)).focus();
    await page.keyboard.press('End');
    await page.waitForFunction((number) => document.activeElement?.textContent?.includes(number), numberOf(4_999));
    expect(await row(numberOf(4_999)).getAttribute('aria-rowindex')).toBe('5001');
    expect(await page.locator('tbody tr').count()).toBeLessThan(100);
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Home');
    await page.waitForFunction((number) => document.activeElement?.textContent?.includes(number), numberOf(0));
    await page.locator('thead').getByRole('checkbox').click();
    await expectText('5000 selected');
    await page.unroute('**/admin/orders?*');
  });
});
