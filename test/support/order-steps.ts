import type { InProcessClient } from './in-process-client';
import type { TestApp } from './test-app';

export type TestUser = InProcessClient & { userId: string };

/** An instant, in hours after the business clock. */
export function inHours(app: TestApp, hours: number): string {
  return new Date(Date.parse(app.clock.now()) + hours * 3_600_000).toISOString();
}

/** Puts a product on sale. */
export async function aProduct(
  app: TestApp,
  { productId, price = 30, stock = 100 }: { productId: string; price?: number; stock?: number },
): Promise<string> {
  await app
    .as('ADMIN')
    .post('/product/add', { productId, name: `Product ${productId}`, price, stock, category: 'Milk' })
    .expect(201);
  return productId;
}

/** A valid body for POST /order/create. */
export function orderRequest(app: TestApp, productId: string, qty = 1): Record<string, unknown> {
  return { cartItems: [{ productId, qty }], deliverySlot: inHours(app, 5), address: '12 Dairy Lane, Pune' };
}

/** Places an order and returns it. */
export async function placeOrder(
  app: TestApp,
  customer: InProcessClient,
  productId: string,
  qty = 1,
  address?: string,
): Promise<{ orderId: string; amount: number }> {
  const request = { ...orderRequest(app, productId, qty), ...(address && { address }) };
  const { body } = await customer.post('/order/create', request).expect(201);
  return body as { orderId: string; amount: number };
}

/** Places an order and pays for it. */
export async function placePaidOrder(
  app: TestApp,
  customer: InProcessClient,
  productId: string,
  {
    qty = 1,
    paymentMethod = 'CARD',
    paymentToken,
    address,
  }: { qty?: number; paymentMethod?: string; paymentToken?: string; address?: string } = {},
): Promise<{ orderId: string; amount: number; paymentId: string; status: string }> {
  const { orderId, amount } = await placeOrder(app, customer, productId, qty, address);
  const { body } = await customer.post('/payment/pay', { orderId, amount, paymentMethod, paymentToken }).expect(201);
  return { orderId, amount, ...(body as { paymentId: string; status: string }) };
}

export async function trackOrder(customer: InProcessClient, orderId: string): Promise<Record<string, never>> {
  return (await customer.get('/order/track', { orderId }).expect(200)).body as Record<string, never>;
}

/** A customer whose wallet was topped up by UPI. */
export async function customerWithBalance(
  app: TestApp,
  balance: number,
  customer = app.as('CUSTOMER'),
): Promise<TestUser> {
  await customer.post('/wallet/topup', { amount: balance, paymentMethod: 'UPI' }).expect(201);
  return customer;
}

/** The balance of a wallet and its entries, newest first; throws when the entries do not sum to the balance. */
export async function walletOf(
  customer: InProcessClient,
): Promise<{ balance: number; entries: [type: string, amount: number][] }> {
  const { body: wallet } = await customer.get('/wallet/view').expect(200);
  const { body: ledger } = await customer.get('/wallet/ledger', { limit: 100 }).expect(200);
  const { balance } = wallet as { balance: number };
  const entries = (ledger as { type: string; amount: number }[]).map(({ type, amount }): [string, number] => [
    type,
    amount,
  ]);
  const sum = entries.reduce((paise, [, amount]) => paise + Math.round(amount * 100), 0);
  if (sum !== Math.round(balance * 100))
    throw new Error(`The wallet holds ${balance}, but its entries sum to ${sum / 100}`);
  return { balance, entries };
}
