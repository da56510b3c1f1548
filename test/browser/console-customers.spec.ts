import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { accessibilityProblemsOf, AppBrowser, overflowOf, showColors } from '../support/app-browser';
import { TestDairy } from '../support/fixtures/test-dairy';
import { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';

jest.setTimeout(60_000);

const PASSWORD = 'milk-before-dawn';
const STEP_MILLISECONDS = 30_000;
/** Longer ago than a code counts as recent. */
const OLD_SECONDS = 700;
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1440, height: 900 };

describe('the customers in the console', () => {
  let dairy: TestDairy;
  let program: Program;
  let browser: AppBrowser;
  let page: Page;
  let customerId: string;
  let secret: string;
  let recoveryCodes: string[];
  const emailOf = (who: string) => `${who}-${dairy.prefix.slice(1, -1)}@milkround.test`;
  beforeAll(async () => {
    dairy = await TestDairy.open();
    program = await dairy.start();
    const admin = dairy.as('ADMIN', program);
    for (const [who, role] of [
      ['owner', 'ADMIN'],
      ['clerk', 'ADMIN'],
      ['asha', 'CUSTOMER'],
    ] as const) {
      const person = { name: who === 'asha' ? 'Asha Rao' : who, email: emailOf(who), role, password: PASSWORD };
      const { body } = await admin.post('/admin/users', { ...person, address: '12 Dairy Lane, Pune' });
      if (who === 'asha') customerId = body.userId;
    }
    browser = await AppBrowser.open(program.url, { viewport: DESKTOP });
    page = await browser.newTab('/console');
  });
  afterAll(async () => {
    await browser?.close();
    await dairy.close();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const link = (name: string | RegExp) => page.getByRole('link', { name });
  const dialog = () => page.getByRole('dialog');
  const expectText = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const goTo = (path: string) => browser.goTo(page, path);
  const goToTab = (tab: string) => goTo(`/console/customers/${customerId}${tab}`);
  const inDays = (days: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Kolkata' }).format(Date.now() + days * 86_400_000);
  /** A date of the calendar, which says in its label what comes. */
  const dateOf = (date: string) => {
    const [, month = '', day = ''] = /^\d{4}-(\d\d)-(\d\d)$/.exec(date) ?? [];
    const name = new Date(`2026-${month}-01T12:00Z`).toLocaleDateString('en-IN', { month: 'long', timeZone: 'UTC' });
    return page.getByRole('button', { name: new RegExp(`^\\w+ ${Number(day)} ${name}`) });
  };
  /** Each code works once, and those of the step before and after are accepted. */
  const codeOf = (step: -1 | 0 | 1) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + step * STEP_MILLISECONDS });
  const apiOf = async (who: string) => {
    const { body } = await new HttpClient(program.url).post('/user/login', { email: emailOf(who), password: PASSWORD });
    return new HttpClient(program.url).as(body.accessToken);
  };
  const ageLastCode = async () => {
    const sessions = await dairy.allStored<{ sessionId: string; mfaAt?: number }>('Sessions');
    const withCode = sessions.filter(({ mfaAt }) => mfaAt !== undefined);
    expect(withCode.length).toBeGreaterThan(0);
    await dairy.putItems(
      'Sessions',
      withCode.map((session) => ({ ...session, mfaAt: (session.mfaAt ?? 0) - OLD_SECONDS })),
    );
  };
  const setUpSecondFactor = async () => {
    await dialog().getByLabel('Current password').fill('milk-after-noon');
    await button('Continue').click();
    await expectText('The password is wrong.');
    await dialog().getByLabel('Current password').fill(PASSWORD);
    await button('Continue').click();
    secret = ((await dialog().locator('code').textContent()) ?? '').replaceAll(' ', '');
    expect(await link('Open the app on this device').getAttribute('href')).toContain(`secret=${secret}`);
    expect(await accessibilityProblemsOf(page)).toEqual([]);
    await dialog().getByLabel('Code').fill(codeOf(-1));
    await button('Turn it on').click();
    const codes = dialog().getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    recoveryCodes = await codes.allTextContents();
    expect(recoveryCodes).toHaveLength(10);
    await button('I have kept them').click();
    await dialog().waitFor({ state: 'detached' });
  };

  it('tells someone who is no admin', async () => {
    await browser.signIn(page, emailOf('asha'), PASSWORD);
    await expectText(`${emailOf('asha')} is not an admin.`);
    await button('Sign in as someone else').click();
    await page.waitForURL(/sign-in/);
  });

  it('lets an admin set up a second factor, and then asks for its code at the sign-in', async () => {
    await browser.signIn(page, emailOf('owner'), PASSWORD);
    await link('My account').click();
    await button('Set up a second factor').click();
    await setUpSecondFactor();
    await button('Remove the second factor').waitFor();
    expect((await dairy.as('ADMIN', program).get('/admin/users', { email: emailOf('owner') })).body[0].mfa).toBe(true);

    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    await browser.signIn(page, emailOf('owner'), PASSWORD);
    await page.getByLabel('Code').fill('000000');
    await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await expectText('The code is wrong, was used before, or is too old.');
    await page.getByLabel('Code').fill(codeOf(0));
    await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await link('Customers').waitFor();
  });

  it('finds a customer by e-mail, and changes the profile', async () => {
    await link('Customers').click();
    await page.getByLabel('Find by e-mail').fill('unknown@milkround.test');
    await button('Find').click();
    await expectText('No one has this e-mail');
    await page.getByLabel('Find by e-mail').fill(emailOf('asha'));
    await button('Find').click();
    await page.waitForURL(/email=asha/);
    await link('Asha Rao').click();
    await page.getByLabel('Phone').fill('098123 45678');
    await page.getByLabel('Language').first().selectOption('hi');
    await button('Save changes').click();
    await expectText('Saved.');
    expect(await page.getByLabel('Phone').inputValue()).toBe('+919812345678');
    const { body } = await (await apiOf('asha')).get('/user/profile');
    expect(body).toMatchObject({ phone: '+919812345678', language: 'hi' });
  });

  it('asks for a new code before it adjusts the wallet, and then says the new balance', async () => {
    await link('Wallet').click();
    await ageLastCode();
    await button('Adjust the balance').click();
    await dialog().getByLabel('Amount').fill('500');
    await dialog().getByLabel('Reason').fill('Paid in cash to Ravi');
    await expectText('The balance changes from ₹0 to ₹500.');
    await button('Add ₹500').click();
    const stepUp = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await stepUp.waitFor();
    expect(await accessibilityProblemsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expectText('Nothing was changed.');

    await button('Add ₹500').click();
    // The dialog has put the focus into its field.
    await stepUp.getByLabel('Code').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await expectText('The code is wrong, was used before, or is too old.');
    await stepUp.getByLabel('Code').fill(codeOf(1));
    await page.keyboard.press('Enter');
    await expectText('₹500 was added. The balance is now ₹500.');
    await page.getByRole('cell', { name: 'Paid in cash to Ravi' }).waitFor();
    const { body } = await (await apiOf('asha')).get('/wallet/ledger');
    expect(body).toMatchObject([{ type: 'ADJUSTMENT', amount: 500, reason: 'Paid in cash to Ravi' }]);
  });

  it('subscribes, pauses a week and skips a date on behalf of the customer', async () => {
    await link('Subscriptions').click();
    await link('New subscription').click();
    await page.getByLabel('Add a product').selectOption('P-MILK-COW-1000');
    await button('Subscribe').click();
    await page.waitForURL(/subscriptions$/);
    await page.getByRole('cell', { name: /Cow milk/ }).waitFor();

    const skipped = inDays(5);
    await goToTab(`/subscriptions?month=${skipped.slice(0, 7)}`);
    await dateOf(skipped).filter({ hasText: '₹64' }).click();
    await button('Skip this day').click();
    await button('Deliver after all').waitFor();
    await page.keyboard.press('Escape');

    const [first, last] = [inDays(7), inDays(13)];
    await button('Pause for some days').click();
    await page.getByLabel('First day').fill(first);
    await page.getByLabel('Last day').fill(last);
    await button(/^Pause$/).click();
    await dialog().waitFor({ state: 'detached' });
    const [subscription] = (await (await apiOf('asha')).get('/subscription/list')).body;
    expect(subscription).toMatchObject({ status: 'ACTIVE', pauses: [{ from: first, to: last }] });
    expect(subscription.exceptions).toMatchObject([{ date: skipped, skipped: true }]);

    await link(/Cow milk/).click();
    await button('One more: Cow milk').click();
    await button('Save changes').click();
    await button('Save changes').and(page.locator(':disabled')).waitFor();
    const [changed] = (await (await apiOf('asha')).get('/subscription/list')).body;
    expect(changed.items).toMatchObject([{ productId: 'P-MILK-COW-1000', qty: 2 }]);
  });

  it('blocks and unblocks a customer, and says what happens', async () => {
    const signIn = async () =>
      (await new HttpClient(program.url).post('/user/login', { email: emailOf('asha'), password: PASSWORD })).status;
    await link('Profile').click();
    await page.getByRole('button', { name: 'Block', exact: true }).click();
    await expectText(/No more orders are made from the subscriptions/);
    await dialog().getByRole('button', { name: 'Block' }).click();
    await expectText('Asha Rao is blocked and cannot sign in.');
    expect(await signIn()).toBe(403);
    await page.getByRole('main').getByRole('button', { name: 'Unblock' }).first().click();
    await dialog().getByRole('button', { name: 'Unblock' }).click();
    await page.getByRole('button', { name: 'Block', exact: true }).waitFor();
    expect(await signIn()).toBe(200);
  });

  it('offers to load the current state after a conflict', async () => {
    await goToTab('');
    await page.getByLabel('Name').waitFor();
    await (await apiOf('asha')).patch('/user/profile', { name: 'Asha R. Rao' });
    await page.getByLabel('Delivery address').fill('14 Dairy Lane, Pune');
    await button('Save changes').click();
    await button('Load the current state').click();
    await page.getByRole('heading', { level: 1, name: 'Asha R. Rao' }).waitFor();
    await page.getByLabel('Delivery address').fill('14 Dairy Lane, Pune');
    await button('Save changes').click();
    await expectText('Saved.');
  });

  it('lists the sessions of the admin, and ends one', async () => {
    const [, recoveryCode = ''] = recoveryCodes;
    const other = await new HttpClient(program.url).post('/user/login', {
      ...{ email: emailOf('owner'), password: PASSWORD, recoveryCode },
    });
    expect(other.status).toBe(200);
    await goTo('/console/account');
    await expectText('This device');
    await button('Sign out of Unknown device').or(button('Sign out of node')).click();
    await button('Sign out of node').waitFor({ state: 'detached' });
    const stale = new HttpClient(program.url).as(other.body.accessToken);
    expect((await stale.get('/admin/users')).status).toBe(401);
  });

  it.each([
    ['customers', '/console/customers', 'Asha R. Rao'],
    ['account', '/console/account', 'This device'],
    ['profile', '', 'Registered on'],
    ['wallet', '/wallet', 'Paid in cash to Ravi'],
    ['subscriptions', '/subscriptions', '₹128'],
    ['new subscription', '/subscriptions/new', 'How often'],
    ['orders', '/orders', 'No orders yet'],
    ['invoices', '/invoices', 'No invoices yet'],
  ])('has an accessible page, light on a phone and dark on a desktop: %s', async (_name, path, text) => {
    for (const [colorScheme, size] of [
      ['light', PHONE],
      ['dark', DESKTOP],
    ] as const) {
      await page.setViewportSize(size);
      await showColors(page, colorScheme);
      await (path.startsWith('/console') ? goTo(path) : goToTab(path));
      await expectText(text);
      expect(await accessibilityProblemsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }
  });

  it('fits a phone in Hindi', async () => {
    await page.setViewportSize(PHONE);
    await goTo('/console/account');
    await page.getByLabel('हिन्दी').click();
    await page.getByRole('heading', { level: 1, name: 'मेरा खाता' }).waitFor();
    for (const path of ['', '/wallet', '/subscriptions', '/subscriptions/new', '/orders', '/invoices']) {
      await goToTab(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect([path, await overflowOf(page)]).toEqual([path, 0]);
    }
    await goTo('/console/account');
    await page.getByLabel('English').click();
    await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
  });

  it('has an admin set up a second factor first, where every admin needs one', async () => {
    const strict = await dairy.start({ ADMIN_MFA: 'required' });
    await page.setViewportSize(DESKTOP);
    await browser.clear(page);
    await page.goto(`${strict.url}/console/customers`);
    await browser.signIn(page, emailOf('clerk'), PASSWORD);
    await expectText('Every admin of this dairy needs a second factor.');
    await dialog().getByRole('button', { name: 'Set up a second factor' }).click();
    await setUpSecondFactor();
    await link('Asha R. Rao').waitFor();
  });

  it('causes no script error, and no violation of its content policy', () => {
    expect(browser.problems).toEqual([]);
  });
});
