import { randomInt } from 'node:crypto';
import { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';
import { TestDairy } from '../support/test-dairy';
import { waitUntil } from '../support/wait-until';

jest.setTimeout(180_000);

const UNREACHABLE_URL = 'http://127.0.0.1:9';
const RESET_TOKEN = /[\w-]+\.[0-9A-Z]{26}\.[\w-]{43}/;

describe('the log', () => {
  let dairy: TestDairy;
  // Each its own: a program that has just ended may still be sent messages of its queues.
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

  /** What has been printed, and not more than is kept of it. */
  const printedBy = async (program: Program) => {
    const { printed } = await program.kill('SIGTERM');
    expect(printed).toContain('Request answered');
    expect(printed.length).toBeLessThan(20_000);
    return printed;
  };
  const start = (env: Record<string, string> = {}) => dairy.start({ LOG_LEVEL: 'debug', RATE_LIMITS: 'on', ...env });

  it('tells of requests, but nothing about people, and nothing that opens anything', async () => {
    const program = await start();
    const nobody = new HttpClient(program.url);
    const statuses: number[] = [];
    const withStatus = async <T extends { status: number }>(answer: Promise<T>): Promise<T> => {
      statuses.push((await answer).status);
      return answer;
    };

    const { userId } = (await withStatus(nobody.post('/user/register', jimmy))).body;
    await withStatus(nobody.post('/user/register', jimmy));
    await withStatus(nobody.post('/user/register', { ...jimmy, phone: `${jimmy.phone}-`, surprise: inQuery }));
    await withStatus(nobody.post('/user/login', { email: jimmy.email, password: 'a-wrong-password' }));
    const { body: session } = await withStatus(
      nobody.post('/user/login', { email: jimmy.email, password: jimmy.password }),
    );
    const customer = nobody.as(session.accessToken);
    await withStatus(customer.get('/user/profile', { userId }));
    await withStatus(customer.get('/product/list', { q: inQuery }));
    await withStatus(customer.get('/nowhere', { token: session.accessToken, q: inQuery }));
    await withStatus(customer.get('/user/profile', { email: jimmy.email, q: inQuery }));
    await withStatus(nobody.as(`${session.accessToken}x`).get('/user/profile'));
    const { body: next } = await withStatus(nobody.post('/user/refresh', { refreshToken: session.refreshToken }));
    await withStatus(nobody.post('/user/refresh', { refreshToken: session.refreshToken }));
    await withStatus(nobody.post('/user/password/forgot', { email: jimmy.email }));
    const token = await waitUntil('the reset mail', () => resetTokenOf(jimmy.email));
    await withStatus(nobody.post('/user/password/reset', { token, newPassword: 'a-new-password' }));
    await withStatus(nobody.post('/user/password/reset', { token, newPassword: 'a-new-password' }));
    expect(statuses).toEqual([201, 409, 400, 401, 200, 200, 200, 404, 400, 401, 200, 401, 202, 204, 400]);

    const printed = await printedBy(program);
    const tokens = [session, next] as { accessToken: string; refreshToken: string }[];
    const words = [
      ...[jimmy.email, jimmy.phone, jimmy.phone.slice(1), jimmy.name, jimmy.address, jimmy.password],
      ...tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
      ...tokens.flatMap(({ accessToken, refreshToken }) => [accessToken.split('.')[2], refreshToken.split('.')[1]]),
      ...[token, 'a-wrong-password', 'a-new-password', inQuery, 'argon2', 'Bearer '],
      token.split('.')[2],
    ] as string[];
    expect(words.filter((word) => printed.includes(word))).toEqual([]);
  });

  it('says no more when a mail cannot be sent', async () => {
    const program = await start({ SES_ENDPOINT: UNREACHABLE_URL });
    const anna = { ...jimmy, name: 'Anna Annasdottir', email: `anna.${digits}@milkround.test` };
    expect((await new HttpClient(program.url).post('/user/register', anna)).status).toBe(201);
    await new HttpClient(program.url).post('/user/password/forgot', { email: anna.email });
    await waitUntil('a mail to fail', async () => program.output.includes('A message will come again'));

    const printed = await printedBy(program);
    expect([anna.email, anna.phone, anna.name].filter((word) => printed.includes(word))).toEqual([]);
    expect(printed).not.toMatch(RESET_TOKEN);
  });

  it('says no more when the gateway cannot be reached', async () => {
    const secrets = { STRIPE_SECRET_KEY: 'sk_test_of_this_test', STRIPE_WEBHOOK_SECRET: 'whsec_of_this_test' };
    const program = await start({ PAYMENT_GATEWAY: 'stripe', STRIPE_API_URL: UNREACHABLE_URL, ...secrets });
    const customer = dairy.as('CUSTOMER', program);
    const { body: shelves } = await customer.get('/product/list', { inStock: 'true' });
    const { body: order } = await customer.post('/order/create', {
      cartItems: [{ productId: shelves[0].productId, qty: 1 }],
      deliverySlot: new Date(Date.now() + 3 * 3_600_000).toISOString(),
      address: jimmy.address,
    });
    const paymentToken = 'pm_of_jimmy';
    const { orderId, amount } = order;
    const paid = await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'CARD', paymentToken });
    expect([paid.status, paid.body.status]).toEqual([201, 'PENDING']);
    const signature = 't=1,v1=a-signature-of-somebody';
    const forged = await customer.post('/payment/webhook', { id: 'evt_1' }, { 'stripe-signature': signature });
    expect(forged.status).toBe(401);

    const printed = await printedBy(program);
    expect(printed).toContain('The gateway has not decided');
    const words = [...Object.values(secrets), paymentToken, signature, jimmy.address];
    expect(words.filter((word) => printed.includes(word))).toEqual([]);
  });
});

/** The token in the mail to somebody, once it is there. */
async function resetTokenOf(email: string): Promise<string | undefined> {
  const { emails } = (await (await fetch(`${process.env.SES_ENDPOINT}/store`)).json()) as {
    emails: { destination: { to: string[] }; body: { text: string } }[];
  };
  const texts = emails.filter(({ destination }) => destination.to.includes(email)).map(({ body }) => body.text);
  return RESET_TOKEN.exec(texts.join('\n'))?.[0];
}
