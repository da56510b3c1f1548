import type { TestApp } from './app';
import type { Client } from './client';

export type Person = Client & { userId: string };

/** A moment so many hours ahead of the business clock. */
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

/** What a POST /order/create needs, ready to be changed. */
export function orderOf(app: TestApp, productId: string, qty = 1): Record<string, unknown> {
  return { cartItems: [{ productId, qty }], deliverySlot: inHours(app, 5), address: '12 Dairy Lane, Pune' };
}

/** Places an order and answers with it. */
export async function placed(
  app: TestApp,
  person: Client,
  productId: string,
  qty = 1,
): Promise<{ orderId: string; amount: number }> {
  const { body } = await person.post('/order/create', orderOf(app, productId, qty)).expect(201);
  return body as { orderId: string; amount: number };
}

/** Places and pays an order. */
export async function paid(
  app: TestApp,
  person: Client,
  productId: string,
  {
    qty = 1,
    paymentMethod = 'CARD',
    paymentToken,
  }: { qty?: number; paymentMethod?: string; paymentToken?: string } = {},
): Promise<{ orderId: string; amount: number; paymentId: string; status: string }> {
  const { orderId, amount } = await placed(app, person, productId, qty);
  const { body } = await person.post('/payment/pay', { orderId, amount, paymentMethod, paymentToken }).expect(201);
  return { orderId, amount, ...(body as { paymentId: string; status: string }) };
}

export async function track(person: Client, orderId: string): Promise<Record<string, never>> {
  return (await person.get('/order/track', { orderId }).expect(200)).body as Record<string, never>;
}
