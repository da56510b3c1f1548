import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { accessibilityProblemsOf, AppBrowser, overflowOf, showColors } from '../support/app-browser';
import { TestDairy } from '../support/fixtures/test-dairy';
import { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';

jest.setTimeout(120_000);

const PASSWORD = 'milk-before-dawn';
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };

const inDays = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Kolkata' }).format(Date.now() + days * 86_400_000);
/** The evening on which the orders of `deliveries` are generated. The cutoff is at 15:30 UTC. */
const evening = inDays(1);
const deliveries = inDays(2);

describe('the days of the dairy in the console', () => {
  let dairy: TestDairy;
  let program: Program;
  let browser: AppBrowser;
  let page: Page;
  let admin: HttpClient;

  beforeAll(async () => {
    dairy = await TestDairy.open();
    program = await dairy.start();
    admin = dairy.as('ADMIN', program);
    await subscribe('Asha Rao', 1_000);
    await subscribe('Birbal Singh', 10);
    await admin.put('/admin/clock', { now: `${evening}T14:30:00Z` });
    await dairy.settled(program);
    browser = await AppBrowser.open(program.url, { viewport: DESKTOP });
    page = await browser.newTab('/console');
    await browser.signIn(page, 'admin@milkround.test', process.env.DEMO_PASSWORD ?? 'milkround-demo');
  });
  afterAll(async () => {
    await browser?.close();
    await dairy.close();
  });

  /** A customer with some money in the wallet, whose subscription begins with `deliveries`. */
  const subscribe = async (name: string, balance: number) => {
    const email = `${name.split(' ')[0]}-${dairy.prefix.slice(1, -1)}@milkround.test`.toLowerCase();
    const http = new HttpClient(program.url);
    const account = { name, email, password: PASSWORD, address: '12 Dairy Lane, Pune' };
    expect((await http.post('/user/register', account)).status).toBe(201);
    const { body } = await http.post('/user/login', { email, password: PASSWORD });
    const customer = http.as(body.accessToken);
    await customer.post('/wallet/topup', { amount: balance, paymentMethod: 'UPI' });
    const subscribed = await customer.post('/order/subscribe', {
      items: [{ productId: 'P-MILK-A2GIR-1000', qty: 1 }],
      frequency: 'DAILY',
      startDate: deliveries,
      deliverySlot: '06:30',
      paymentMethod: 'WALLET',
    });
    expect(subscribed.status).toBe(201);
  };

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const panel = (name: string | RegExp) => page.getByRole('region', { name }).first();
  const expectText = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const rowOf = (table: string, name: string | RegExp) =>
    page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: name });

  it('shows how long the subscribers can still change tomorrow, and what will come', async () => {
    await panel(/^Orders for \w+day,/)
      .getByText(/^Starts in (59|60|1 h 0) min$/)
      .waitFor();
    await panel('To settle').getByText('Nothing has gone wrong.').waitFor();
    await page.getByRole('link', { name: 'See what will come' }).click();
    await rowOf('What will happen', 'Ordered').getByText('1', { exact: true }).waitFor();
    await rowOf('What will happen', 'Balance too low').getByText('1', { exact: true }).waitFor();
    await rowOf('Wallets that will not be enough', 'Birbal Singh').getByText('₹96').waitFor();
    await expectText(/so there is nothing to compare with/);
    await expectText(/^Can run from/);
    const { body } = await admin.get('/admin/generation/preview', { date: deliveries });
    expect(body).toMatchObject({
      counts: { ORDERED: 1, SHORT_BALANCE: 1 },
      short: [{ name: 'Birbal Singh', amount: 96 }],
    });
  });

  it('shows the demand of a week as chart, table and file', async () => {
    await panel('Demand')
      .getByRole('img', { name: /^14 units from .* most of them A2 Gir cow milk/ })
      .waitFor();
    await rowOf('Demand', 'A2 Gir cow milk').getByText('14', { exact: true }).waitFor();
    const file = await downloaded(() => panel('Demand').getByRole('button', { name: 'Download CSV' }).click());
    expect(file.name).toBe(`demand-${deliveries}-${inDays(8)}.csv`);
    expect(file.text).toContain(`\n${deliveries},P-MILK-A2GIR-1000,A2 Gir cow milk,2,true\n`);
  });

  it('runs the day by hand after the cutoff, and shows what came of it', async () => {
    await admin.put('/admin/clock', { now: `${evening}T15:30:30Z` });
    await page.reload();
    await button('Run now').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('About 1 order will be placed.').waitFor();
    await dialog.getByRole('button', { name: 'Run now' }).click();
    await expectText(/^Completed /);
    await dairy.settled(program);
    await page.getByRole('link', { name: /^Balance too low/ }).click();
    await page.waitForURL(/outcome=SHORT_BALANCE/);
    await rowOf('Outcomes', 'Asha Rao').waitFor({ state: 'detached' });
    await rowOf('Outcomes', 'Birbal Singh').getByText('₹96').waitFor();
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Ordered');
    await rowOf('Outcomes', 'Asha Rao')
      .getByRole('link', { name: /^[0-9A-Z]{4}-[0-9A-Z]{4}$/ })
      .waitFor();
    const { body } = await admin.get(`/admin/generation/${deliveries}`);
    expect(body).toMatchObject({ status: 'COMPLETED', counts: { ORDERED: 1, SHORT_BALANCE: 1 } });
  });

  it('shows on the next morning what needs someone, and how far the couriers are', async () => {
    await admin.put('/admin/clock', { now: `${evening}T23:30:00Z` });
    await dairy.settled(program);
    const [{ deliveryId, orderId, courierId }] = (await admin.get('/delivery/list', { date: deliveries })).body;
    await admin.patch('/admin/order/status', { orderId, status: 'PACKED' });
    const courier = dairy.as('COURIER', program, courierId);
    await courier.patch('/delivery/update', { deliveryId, status: 'PICKED_UP' });
    await page.getByRole('link', { name: 'Today' }).click();
    await page.reload();
    await panel('Orders for today').getByRole('link', { name: 'On the way 1' }).waitFor();
    await panel('Deliveries by courier').getByText('0 of 1 done').waitFor();
    await courier.patch('/delivery/update', { deliveryId, status: 'FAILED', reason: 'CUSTOMER_UNAVAILABLE' });
    await dairy.settled(program);
    await page.reload();
    await panel('Deliveries by courier').getByText('1 of 1 done').waitFor();
    const settle = panel('To settle');
    expect(await settle.getByRole('link', { name: '1 delivery failed' }).getAttribute('href')).toBe(
      `/console/deliveries?date=${deliveries}&status=FAILED`,
    );
    await settle.getByRole('link', { name: '1 subscription short of money' }).click();
    await rowOf('Outcomes', 'Birbal Singh').waitFor();
    const { body } = await admin.get('/admin/day');
    expect(body).toMatchObject({ date: deliveries, orders: { CANCELLED: 1 }, couriers: [{ courierId }] });
  });

  it('reports the day, as charts, table, CSV and PDF', async () => {
    await page.getByRole('link', { name: 'Reports' }).click();
    await page.getByRole('img', { name: /^In all: Received ₹96, Refunded ₹0\./ }).waitFor();
    await expectText('customer not there (1)');
    await page.getByLabel('From').fill(deliveries);
    await page.waitForURL(new RegExp(`from=${deliveries}&to=${deliveries}`));
    await page.getByRole('table', { name: 'All figures' }).getByRole('row').nth(1).waitFor();
    const file = await downloaded(() => button('CSV').click());
    expect(file.name).toBe(`report-${deliveries}-${deliveries}.csv`);
    const [header = '', figures = ''] = file.text.trim().split('\n');
    const row = Object.fromEntries(header.split(',').map((name, index) => [name, figures.split(',')[index]]));
    expect(row).toMatchObject({ failed: '1' });

    await button('PDF').click();
    const link = page.getByRole('link', { name: 'Open the PDF' });
    // The API asks to wait five seconds for the job.
    await link.waitFor({ timeout: 60_000 });
    const pdf = await fetch((await link.getAttribute('href')) ?? '');
    expect((await pdf.text()).slice(0, 5)).toBe('%PDF-');
    await button('12 months').click();
    await page.waitForURL(/from=/);
    await page.getByRole('table', { name: 'All figures' }).waitFor();
  });

  it('says that it tries again while the API answers 503, and heals', async () => {
    let refused = 0;
    await page.route('**/admin/day', (route) =>
      refused++ < 4
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: '{"code":"request.unavailable"}',
          })
        : route.continue(),
    );
    await browser.goTo(page, '/console');
    await expectText('The server does not answer. Trying again …');
    await panel('Orders for today').waitFor();
    expect(refused).toBeGreaterThan(4);
    await page.unroute('**/admin/day');
  });

  describe.each([
    ['on a desktop, light and dark', DESKTOP, ['light', 'dark']],
    ['on a phone', PHONE, ['light']],
  ] as const)('%s', (_, size, colorSchemes) => {
    it.each([
      ['today', '/console', 'Orders for today'],
      ['a day with a run', `/console/tomorrow?date=${deliveries}`, 'Birbal Singh'],
      ['tomorrow', '/console/tomorrow', 'What will be ordered'],
      ['reports', '/console/reports', 'All figures'],
    ])('has an accessible page that fits: %s', async (_name, path, text) => {
      await page.setViewportSize(size);
      await browser.goTo(page, path);
      await expectText(text);
      await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
      for (const colorScheme of colorSchemes) {
        await showColors(page, colorScheme);
        expect(await accessibilityProblemsOf(page)).toEqual([]);
      }
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    });
  });

  it('fits a phone in Hindi', async () => {
    await page.evaluate(() => localStorage.setItem('milkround:language', 'hi'));
    for (const [path, title] of [
      ['/console', 'आज'],
      ['/console/tomorrow', 'कल'],
      ['/console/reports', 'रिपोर्ट'],
    ] as const) {
      await browser.goTo(page, path);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
    }
  });

  it('causes no script error, and no violation of its content policy', () => {
    expect(browser.problems).toEqual([]);
  });

  async function downloaded(click: () => Promise<void>): Promise<{ name: string; text: string }> {
    const [download] = await Promise.all([page.waitForEvent('download'), click()]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  }
});
