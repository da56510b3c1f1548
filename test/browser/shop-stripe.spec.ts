import { join } from 'node:path';
import type { Page } from 'playwright-core';
import Stripe from 'stripe';
import { AppBrowser } from '../support/app-browser';
import { StripeFake } from '../support/fakes/stripe-fake';
import { TestDairy } from '../support/fixtures/test-dairy';
import { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';

jest.setTimeout(60_000);

const WEBHOOK_SECRET = 'whsec_of_this_test';
const PASSWORD = 'milk-before-dawn';

describe("the shop of a dairy with Stripe, and a stub in place of Stripe's script", () => {
  let dairy: TestDairy;
  let program: Program;
  let stripe: StripeFake;
  let browser: AppBrowser;
  let page: Page;
  let customer: HttpClient;
  const foreign: string[] = [];
  beforeAll(async () => {
    dairy = await TestDairy.open();
    stripe = await StripeFake.start();
    program = await dairy.start({
      PAYMENT_GATEWAY: 'stripe',
      STRIPE_SECRET_KEY: 'sk_test_of_this_test',
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_PUBLISHABLE_KEY: 'pk_test_of_this_test',
      STRIPE_API_URL: stripe.url,
    });
    browser = await AppBrowser.open(program.url);
    const anyone = new HttpClient(program.url);
    const email = `payer-${dairy.prefix.slice(1, -1)}@milkround.test`;
    const account = { name: 'Asha Rao', email, password: PASSWORD, address: '12 Dairy Lane, Pune' };
    await anyone.post('/user/register', account);
    customer = anyone.as((await anyone.post('/user/login', { email, password: PASSWORD })).body.accessToken);
    page = await browser.newTab('/shop');
    page.on('request', (request) => {
      if (!request.url().startsWith(program.url)) foreign.push(new URL(request.url()).host);
    });
    await page.route('https://js.stripe.com/**', (route) =>
      route.fulfill({ path: join(__dirname, 'stripe-form.stub.js'), contentType: 'text/javascript' }),
    );
    await page.route('https://api.stripe.com/confirm**', async (route) => {
      await confirmByCustomer(new URL(route.request().url()).searchParams.get('secret') ?? '');
      await route.fulfill({ body: '{}', headers: { 'Access-Control-Allow-Origin': '*' } });
    });
    await browser.goTo(page, '/shop/sign-in');
    await browser.signIn(page, email, PASSWORD);
    await page.getByRole('link', { name: /^Cart/ }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await dairy.close();
    await stripe.stop();
  });

  /** As Stripe does once the bank has the consent of the customer. */
  async function confirmByCustomer(clientSecret: string): Promise<void> {
    const intent = stripe.intents.find(({ client_secret: secret }) => secret === clientSecret);
    stripe.succeed(intent?.metadata.paymentId ?? '');
    const event = { id: 'evt_confirmed', object: 'event', type: 'payment_intent.succeeded', data: { object: intent } };
    const payload = JSON.stringify(event);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET });
    const headers = { 'Content-Type': 'application/json', 'Stripe-Signature': signature };
    await fetch(`${program.url}/payment/webhook`, { method: 'POST', headers, body: payload });
  }

  const button = (name: string) => page.getByRole('button', { name });
  const number = () => page.getByLabel(/^Number for card with pk_test/);
  const ordersOf = async () => (await customer.get('/order/list')).body as { status: string }[];

  it('loads nothing from Stripe before a page that takes payments', () => {
    expect(foreign).toEqual([]);
  });

  it('tops the wallet up by card, and says when the card is incomplete or declined', async () => {
    await browser.goTo(page, '/shop/wallet');
    await page.getByLabel('Card', { exact: true }).click();
    await number().waitFor();
    await button('Add ₹500').click();
    await page.getByText('Your card number is incomplete.').waitFor();
    await number().fill('pm_declined');
    await button('Add ₹500').click();
    await page.getByText('The payment was declined.').waitFor();
    await number().fill('pm_ok');
    await button('Add ₹500').click();
    await page.getByText('₹500 is in your wallet.').waitFor();
    expect((await customer.get('/wallet/view')).body).toMatchObject({ balance: 500 });
  });

  it('pays an order that the bank wants the customer to confirm', async () => {
    await customer.post('/cart/add', { productId: 'P-PANEER-200', qty: 1 });
    await browser.goTo(page, '/shop/checkout');
    await page.getByLabel('Card', { exact: true }).click();
    await number().waitFor();
    await button('Order for ₹92').click();
    await page.getByText('Your card number is incomplete.').waitFor();
    expect(await ordersOf()).toEqual([]);
    await number().fill('pm_asks');
    await button('Order for ₹92').click();
    await page.locator('header').getByText('Confirmed').waitFor();
    await dairy.settled(program);
    expect(await ordersOf()).toMatchObject([{ status: 'CONFIRMED', payment: { method: 'CARD', status: 'SUCCESS' } }]);
  });

  it('needs no more than its content policy allows', () => {
    expect(browser.problems).toEqual([]);
    expect([...new Set(foreign)].sort()).toEqual(['api.stripe.com', 'js.stripe.com']);
  });
});
