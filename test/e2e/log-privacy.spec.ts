import { randomInt } from 'node:crypto';
import { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';
import { TestDairy } from '../support/fixtures/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(180_000);

const UNREACHABLE_URL = 'http://127.0.0.1:9';
const VERIFICATION_TOKEN = /[\w-]+\.\d{10}\.[\w-]{43}/;
const RESET_TOKEN = /[\w-]+\.\d+\.[0-9A-Z]{26}\.[\w-]{43}/;

describe('the log', () => {
  let dairy: TestDairy;
  // One dairy per test: a process that has just exited may still hold messages of its queues.
  beforeEach(async () => (dairy = await TestDairy.open()));
  afterEach(() => dairy.close());

  const digits = String(randomInt(10 ** 9)).padStart(9, '0');
  const jimmy = {
    name: 'Jimmy Josephsson',
    email: `jimmy.${digits}@milkround.test`,
    phone: `+919${digits}`,
    address: '12 Secret Dairy Lane',
    password: 'milk-before-dawn',
  };
  const inQuery = 'a-word-of-the-query';
  const clientAddress = '198.51.100.77';

  /** The output of the program after it has shut down. Fails when the output was truncated. */
  const printedBy = async (program: Program) => {
    const { printed } = await program.kill('SIGTERM');
    expect(printed).toContain('Request answered');
    expect(printed.length).toBeLessThan(20_000);
    return printed;
  };
  const start = (env: Record<string, string> = {}) => dairy.start({ LOG_LEVEL: 'debug', RATE_LIMITS: 'on', ...env });

  it('contains requests, but no personal data and no secrets', async () => {
    const program = await start({ TRUSTED_PROXIES: '127.0.0.1' });
    const anonymous = new HttpClient(program.url);
    const statuses: number[] = [];
    const withStatus = async <T extends { status: number }>(answer: Promise<T>): Promise<T> => {
      statuses.push((await answer).status);
      return answer;
    };

    const { userId } = (await withStatus(anonymous.post('/user/register', jimmy))).body;
    await withStatus(anonymous.post('/user/register', jimmy));
    const verification = await waitUntil('the welcome mail', () => tokenTo(jimmy.email, VERIFICATION_TOKEN));
    await withStatus(anonymous.post('/user/verify', { token: verification }));
    await withStatus(anonymous.post('/user/verify', { token: `${verification}x` }));
    await withStatus(anonymous.post('/user/register', { ...jimmy, phone: `${jimmy.phone}-`, surprise: inQuery }));
    const wrongLogin = { email: jimmy.email, password: 'a-wrong-password' };
    await withStatus(anonymous.post('/user/login', wrongLogin, { 'x-forwarded-for': clientAddress }));
    const { body: session } = await withStatus(
      anonymous.post('/user/login', { email: jimmy.email, password: jimmy.password }),
    );
    const customer = anonymous.as(session.accessToken);
    await withStatus(customer.get('/user/profile', { userId }));
    await withStatus(customer.get('/product/list', { q: inQuery }));
    await withStatus(customer.get('/nowhere', { token: session.accessToken, q: inQuery }));
    await withStatus(customer.get('/user/profile', { email: jimmy.email, q: inQuery }));
    await withStatus(anonymous.as(`${session.accessToken}x`).get('/user/profile'));
    const { body: next } = await withStatus(anonymous.post('/user/refresh', { refreshToken: session.refreshToken }));
    await withStatus(anonymous.post('/user/refresh', { refreshToken: session.refreshToken }));
    await withStatus(anonymous.post('/user/password/forgot', { email: jimmy.email }));
    const token = await waitUntil('the reset mail', () => tokenTo(jimmy.email, RESET_TOKEN));
    await withStatus(anonymous.post('/user/password/reset', { token, newPassword: 'a-new-password' }));
    await withStatus(anonymous.post('/user/password/reset', { token, newPassword: 'a-new-password' }));
    expect(statuses).toEqual([201, 409, 204, 400, 400, 401, 200, 200, 200, 404, 400, 401, 200, 200, 202, 204, 400]);

    const printed = await printedBy(program);
    expect(printed).toContain('Sign-in failed');
    expect(printed).toContain('Password changed');
    const tokens = [session, next] as { accessToken: string; refreshToken: string }[];
    const secretTexts = [
      ...[jimmy.email, jimmy.phone, jimmy.phone.slice(1), jimmy.name, jimmy.address, jimmy.password],
      ...tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
      ...tokens.flatMap(({ accessToken, refreshToken }) => [accessToken.split('.')[2], refreshToken.split('.')[1]]),
      ...[clientAddress, token, 'a-wrong-password', 'a-new-password', inQuery, 'argon2', 'Bearer '],
      ...[token.split('.').at(-1), verification, verification.split('.')[2]],
    ] as string[];
    expect(secretTexts.filter((text) => printed.includes(text))).toEqual([]);
  });

  it('contains no personal data when a mail cannot be sent', async () => {
    const program = await start({ SES_ENDPOINT: UNREACHABLE_URL });
    const anna = { ...jimmy, name: 'Anna Annasdottir', email: `anna.${digits}@milkround.test` };
    expect((await new HttpClient(program.url).post('/user/register', anna)).status).toBe(201);
    await new HttpClient(program.url).post('/user/password/forgot', { email: anna.email });
    await waitUntil('a mail to fail', async () => program.output.includes('Message failed, retrying'));

    const printed = await printedBy(program);
    expect([anna.email, anna.phone, anna.name].filter((text) => printed.includes(text))).toEqual([]);
    expect(printed).not.toMatch(RESET_TOKEN);
    expect(printed).not.toMatch(VERIFICATION_TOKEN);
  });

  it('contains no secrets when the gateway is unreachable', async () => {
    const secrets = { STRIPE_SECRET_KEY: 'sk_test_of_this_test', STRIPE_WEBHOOK_SECRET: 'whsec_of_this_test' };
    const program = await start({ PAYMENT_GATEWAY: 'stripe', STRIPE_API_URL: UNREACHABLE_URL, ...secrets });
    const customer = dairy.as('CUSTOMER', program);
    const { body: products } = await customer.get('/product/list', { inStock: 'true' });
    const { body: order } = await customer.post('/order/create', {
      cartItems: [{ productId: products[0].productId, qty: 1 }],
      deliverySlot: new Date(Date.now() + 3 * 3_600_000).toISOString(),
      address: jimmy.address,
    });
    const paymentToken = 'pm_of_jimmy';
    const { orderId, amount } = order;
    const paid = await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD', paymentToken });
    expect([paid.status, paid.body.status]).toEqual([201, 'PENDING']);
    const signature = 't=1,v1=a-forged-signature';
    const forged = await customer.post('/payment/webhook', { id: 'evt_1' }, { 'stripe-signature': signature });
    expect(forged.status).toBe(401);

    const printed = await printedBy(program);
    expect(printed).toContain('No decision from gateway, payment pending');
    const secretTexts = [...Object.values(secrets), paymentToken, signature, jimmy.address];
    expect(secretTexts.filter((text) => printed.includes(text))).toEqual([]);
  });
});

/** The token of a kind in the mails to an address, once it has arrived. */
async function tokenTo(email: string, kind: RegExp): Promise<string | undefined> {
  const { emails } = (await (await fetch(`${process.env.SES_ENDPOINT}/store`)).json()) as {
    emails: { destination: { to: string[] }; body: { text: string } }[];
  };
  const texts = emails.filter(({ destination }) => destination.to.includes(email)).map(({ body }) => body.text);
  return kind.exec(texts.join('\n'))?.[0];
}
