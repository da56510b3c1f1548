import type { Page } from 'playwright-core';
import { accessibilityProblemsOf, AppBrowser, overflowOf, showColors } from '../support/app-browser';
import { TestDairy } from '../support/fixtures/test-dairy';
import type { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(60_000);

const PRODUCT_ID = 'P-KEFIR';

describe('the products, books and operations of the console', () => {
  let dairy: TestDairy;
  let program: Program;
  let browser: AppBrowser;
  let page: Page;
  let admin: HttpClient;
  beforeAll(async () => {
    dairy = await TestDairy.open();
    program = await dairy.start();
    admin = dairy.as('ADMIN', program);
    browser = await AppBrowser.open(program.url, { viewport: { width: 1440, height: 900 } });
    page = await browser.newTab('/console/products');
    await browser.signIn(page, 'admin@milkround.test', 'milkround-demo');
  });
  afterAll(async () => {
    await browser?.close();
    await dairy.close();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const inSheet = (name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });
  const field = (name: string) => page.getByRole('dialog').getByLabel(name);
  const expectText = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const sheetIsClosed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  const stored = async () =>
    (await admin.get(`/admin/product/${PRODUCT_ID}`)).body as Record<'price' | 'stock' | 'active', unknown>;
  const change = async (body: object) =>
    expect((await admin.patch('/product/update', { productId: PRODUCT_ID, ...body })).status).toBe(200);

  it('puts a new product on sale', async () => {
    await button('Add product').click();
    await field('Name').fill('Kefir');
    await field('Category').fill('Drinks');
    await field('Unit').fill('500 ml');
    await field('Price').fill('48.50');
    await field('Stock').fill('40');
    await field('Id (optional)').fill(PRODUCT_ID);
    await inSheet('Put on sale').click();
    await expectText('Kefir is on sale.');
    expect(await stored()).toMatchObject({ name: 'Kefir', price: 48.5, stock: 40, unit: '500 ml', active: true });
  });

  it('narrows the list by an address that can be shared', async () => {
    await page.getByRole('searchbox', { name: 'Search' }).fill('kef');
    await page.waitForURL(/q=kef/);
    await page.reload();
    await button('Name of Kefir: Kefir. Edit').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });

  it('edits a value where it stands, by keyboard', async () => {
    await button('Unit of Kefir: 500 ml. Edit').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('0.5 l');
    await page.keyboard.press('Enter');
    await button('Unit of Kefir: 0.5 l. Edit').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('never');
    await page.keyboard.press('Escape');
    await button('Unit of Kefir: 0.5 l. Edit').waitFor();
    expect(await stored()).toMatchObject({ unit: '0.5 l', version: 2 });
  });

  it('refuses a price that another admin has changed meanwhile, and goes on from theirs', async () => {
    await page.getByTitle('Price of Kefir').click();
    await field('New price').waitFor();
    await expectText('Orders that exist keep the price at which they were placed.');
    await change({ price: 52 });
    await field('New price').fill('50');
    await inSheet('Set the price to ₹50').click();
    await expectText('Someone changed this in the meantime');
    expect((await stored()).price).toBe(52);
    await inSheet('Load the current state').click();
    await expectText('Now ₹52.');
    await field('New price').fill('51');
    await inSheet('Set the price to ₹51').click();
    await sheetIsClosed();
    await page.getByTitle('Price of Kefir').getByText('₹51').waitFor();
    expect(await stored()).toMatchObject({ price: 51, version: 4 });
  });

  it('adds to the stock without losing what was sold meanwhile', async () => {
    await page.getByTitle('Stock of Kefir').click();
    await page.getByRole('dialog').getByText('40 left to sell').waitFor();
    await change({ stockDelta: -3 });
    await field('Units that have come in').fill('10');
    await inSheet('Change the stock').click();
    await sheetIsClosed();
    await page.getByTitle('Stock of Kefir').getByText('47').waitFor();
    expect((await stored()).stock).toBe(47);
  });

  it('does not overwrite a stock that has changed since it was counted', async () => {
    await page.getByTitle('Stock of Kefir').click();
    await page.getByRole('radio', { name: 'Counted' }).click();
    await field('Units left to sell').fill('45');
    await change({ stockDelta: -7 });
    await inSheet('Change the stock').click();
    await expectText(/It is now 40\. Nothing was saved/);
    expect((await stored()).stock).toBe(40);
    await field('Units left to sell').fill('38');
    await inSheet('Change the stock').click();
    await sheetIsClosed();
    expect((await stored()).stock).toBe(38);
  });

  it('withdraws a product after asking, and offers it again', async () => {
    await button('Withdraw Kefir').click();
    await expectText('Open orders are still delivered.');
    await inSheet('Withdraw').click();
    await expectText('No such product');
    expect((await admin.get(`/product/${PRODUCT_ID}`)).status).toBe(404);

    await page.getByLabel('Show').selectOption({ label: 'Withdrawn' });
    await page.waitForURL(/state=withdrawn/);
    await button('Offer Kefir again').click();
    await expectText('No such product');
    expect((await stored()).active).toBe(true);
  });

  it('checks the books, and explains what does not agree', async () => {
    await browser.goTo(page, '/console/books');
    await button('Check the books').click();
    await expectText('The books balance: everything agrees.');

    await dairy.putItem('Wallets', {
      userId: 'U-CUSTOMER',
      balance: 1_250,
      lowBalanceThreshold: 0,
      spare: 0,
      version: 9,
    });
    await button('Check again').click();
    await expectText('1 thing does not agree.');
    const table = page.getByRole('table', { name: 'Balance differs from the ledger' });
    await table.getByText(/the balance is 12\.5, the entries add up to/).waitFor();
    expect(await table.getByRole('link', { name: 'Customer' }).getAttribute('href')).toContain('U-CUSTOMER');
    expect((await admin.get('/admin/books')).body.violations).toMatchObject([{ kind: 'BALANCE_WRONG' }]);
  });

  it('retries a parked event', async () => {
    const at = '2026-11-30T05:00:00Z';
    const event = { type: 'product.updated', eventId: '01K9PARKED0000000000000000', occurredAt: at };
    const failed = [{ eventId: event.eventId, subscriber: 'audit.record', error: 'Error: out of order' }];
    await dairy.putItem('Outbox', {
      ...{ shard: 'parked', outboxId: event.eventId, attempts: 12, failed, nextAttemptAt: 0 },
      events: [
        {
          ...event,
          requestId: 'REQ-PARKED',
          by: { userId: 'U-ADMIN', role: 'ADMIN' },
          productId: PRODUCT_ID,
          changed: ['price'],
        },
      ],
    });
    await browser.goTo(page, '/console/operations');
    await page.getByRole('link', { name: 'Parked events' }).click();
    await expectText('Error: out of order');
    await button('Retry product.updated').click();
    await expectText('1 transaction is delivered again.');
    await expectText('No event is parked');
    expect((await admin.get('/admin/outbox')).body).toEqual([]);
    await waitUntil('the event to be in the audit log', async () => {
      const { body } = await admin.get('/admin/audit', { subject: PRODUCT_ID });
      return (body as { requestId: string }[]).some(({ requestId }) => requestId === 'REQ-PARKED');
    });
  });

  it('shows the audit log of one object, and changes the settings of the dairy', async () => {
    await page.getByRole('link', { name: 'Audit log' }).click();
    await button(PRODUCT_ID).first().click();
    await page.waitForURL(new RegExp(`subject=${PRODUCT_ID}`));
    await page.getByRole('cell', { name: 'product.added' }).waitFor();

    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Tax number').fill('27AAPFU0939F1ZV');
    await button('Save changes').click();
    await expectText('Saved.');
    expect((await admin.get('/admin/dairy')).body).toMatchObject({ taxId: '27AAPFU0939F1ZV' });
  });

  it.each([
    ['/console/products?state=all&q=kef', '₹51'],
    ['/console/products?add=1', 'Put on sale'],
    [`/console/products?stock=${PRODUCT_ID}`, 'Change the stock'],
    ['/console/books', 'Not checked yet'],
    ['/console/operations', 'Service and database'],
    ['/console/operations?tab=events', 'No event is parked'],
    ['/console/operations?tab=messages', 'No message has failed'],
    ['/console/operations?tab=sms', 'No SMS on this date'],
    ['/console/operations?tab=runs', 'Completed'],
    ['/console/operations?tab=disputes', 'No disputes'],
    [`/console/operations?tab=audit&subject=${PRODUCT_ID}`, 'product.added'],
    ['/console/settings', 'Set at the server'],
  ])('has an accessible page on each screen, light and dark: %s', async (path, text) => {
    for (const [width, colorScheme] of [
      [1440, 'light'],
      [360, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await showColors(page, colorScheme);
      await browser.goTo(page, path);
      await expectText(text);
      expect(await accessibilityProblemsOf(page)).toEqual([]);
      expect([path, width, Math.max(0, await overflowOf(page))]).toEqual([path, width, 0]);
    }
  });

  it('fits a phone in Hindi', async () => {
    await page.evaluate(() => localStorage.setItem('milkround:language', 'hi'));
    for (const [path, heading] of [
      ['/console/products', 'उत्पाद'],
      ['/console/books', 'बही-खाता'],
      ['/console/operations?tab=events', 'संचालन'],
      ['/console/operations?tab=audit', 'संचालन'],
      ['/console/settings', 'सेटिंग'],
    ] as const) {
      await browser.goTo(page, path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      expect([path, Math.max(0, await overflowOf(page))]).toEqual([path, 0]);
    }
  });

  it('causes no script error, and no violation of the content policy', () => {
    expect(browser.problems).toEqual([]);
  });
});
