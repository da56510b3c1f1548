import { HttpClient } from '../support/http-client';
import type { Program } from '../support/program';
import { TestDairy } from '../support/fixtures/test-dairy';

jest.setTimeout(180_000);

const PASSWORD = 'milk-before-dawn';

describe('a customer', () => {
  let dairy: TestDairy;
  let program: Program;
  beforeAll(async () => {
    dairy = await TestDairy.open();
    program = await dairy.start();
  });
  afterAll(() => dairy.close());

  async function signIn(email: string, password: string): Promise<HttpClient> {
    const anonymous = new HttpClient(program.url);
    const { status, body } = await anonymous.post('/user/login', { email, password });
    expect(status).toBe(200);
    return anonymous.as(body.accessToken);
  }

  it('registers, orders milk, pays, and gets it delivered with mails and SMS on the way', async () => {
    const unique = dairy.prefix.slice(1, -1);
    const email = `jimmy-${unique}@milkround.test`;
    const phone = `+9198${String(parseInt(unique, 16) % 10 ** 8).padStart(8, '0')}`;
    const jimmy = { name: 'Jimmy', email, password: PASSWORD, phone, address: '12 Dairy Lane, Pune' };
    expect((await new HttpClient(program.url).post('/user/register', jimmy)).status).toBe(201);
    const customer = await signIn(email, PASSWORD);
    const admin = await signIn('admin@milkround.test', 'milkround-demo');

    const [milk] = (await customer.get('/product/list', { q: 'Cow milk' })).body;
    const cart = await customer.post('/cart/add', { productId: milk.productId, qty: 2 });
    expect(cart.body.totalAmount).toBe(2 * milk.price);
    const deliverySlot = new Date(Date.now() + 2 * 3_600_000).toISOString();
    const { body: order } = await customer.post('/order/create', { totalAmount: 2 * milk.price, deliverySlot });
    expect(order).toMatchObject({ status: 'CREATED', amount: 2 * milk.price });
    const { orderId, orderNumber, amount } = order;
    const { body: payment } = await customer.post('/payment/pay', { orderId, amount, paymentMethod: 'UPI' });
    expect(payment.status).toBe('SUCCESS');
    await dairy.settled(program);

    expect((await admin.patch('/admin/order/status', { orderId, status: 'PACKED' })).status).toBe(200);
    const { delivery } = (await customer.get('/order/track', { orderId })).body;
    const courier = dairy.as('COURIER', program, delivery.courierId);
    for (const status of ['PICKED_UP', 'IN_TRANSIT', 'DELIVERED']) {
      expect((await courier.patch('/delivery/update', { deliveryId: delivery.deliveryId, status })).status).toBe(200);
      await dairy.settled(program);
    }

    const { body: tracked } = await customer.get('/order/track', { orderId });
    expect((tracked.history as { status: string }[]).map(({ status }) => status)).toEqual([
      'CREATED',
      'CONFIRMED',
      'PACKED',
      'DISPATCHED',
      'DELIVERED',
    ]);
    expect(tracked.payment.status).toBe('SUCCESS');
    const updates = [
      `Order ${orderNumber} has been picked up`,
      `Order ${orderNumber} is in transit`,
      `Order ${orderNumber} has been delivered`,
    ].sort();
    const firstLines = ['Welcome Jimmy!', `Order ${orderNumber} confirmed`, ...updates].sort();
    expect(await mailsTo(email)).toEqual(firstLines);
    expect(await smsTo(phone)).toEqual(updates);
  });
});

/** The first lines of the mails to an address. */
async function mailsTo(email: string): Promise<string[]> {
  const answer = await fetch(`${process.env.SES_ENDPOINT}/store`);
  const { emails } = (await answer.json()) as { emails: { destination: { to: string[] }; body: { text: string } }[] };
  return emails
    .filter(({ destination }) => destination.to.includes(email))
    .map(({ body }) => body.text.split('\n')[0] ?? '')
    .sort();
}

async function smsTo(phone: string): Promise<string[]> {
  const answer = await fetch(`${process.env.SMS_ENDPOINT}/store`);
  const sent = (await answer.json()) as { to: string; message: string }[];
  return sent
    .filter(({ to }) => to === phone)
    .map(({ message }) => message)
    .sort();
}
