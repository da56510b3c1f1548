import { Controller, Post } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Access } from '../../../src/platform/auth/access';
import { IdempotencyKey } from '../../../src/platform/http/headers';
import { AllowAnyQuery } from '../../../src/platform/http/query.guard';
import type { IdempotentRequest } from '../../../src/platform/transaction/idempotency';
import { aProduct, inHours, walletOf } from '../../support/fixtures/order-steps';
import { TestApp } from '../../support/test-app';
import { registerUser } from '../user/registered-user';

/** A route whose requests differ in their paths and queries too. */
@Controller('milkings')
@Access('signed-in')
class MilkingController {
  @Post(':cow')
  @AllowAnyQuery()
  milk(@IdempotencyKey() key?: IdempotentRequest): object {
    return { ...key };
  }
}

describe('an Idempotency-Key', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({}, { controllers: [MilkingController] })));
  afterAll(() => app.stop());

  const topUp = { amount: 50, paymentMethod: 'CARD' };
  const balanceOf = async (userId: string) => (await walletOf(app.as('CUSTOMER', userId))).balance;

  it('is refused for another customer whom the admin names in the query', async () => {
    const admin = app.as('ADMIN');
    const [asha, tara] = [await registerUser(app), await registerUser(app)];
    const topUpFor = (userId: string) =>
      admin.post(`/wallet/topup?userId=${userId}`, topUp).set('Idempotency-Key', 'query');
    await topUpFor(asha.userId).expect(201);
    expect((await topUpFor(tara.userId).expect(422)).body.code).toBe('idempotency.key_reused');
    expect([await balanceOf(asha.userId), await balanceOf(tara.userId)]).toEqual([50, 0]);
    expect((await topUpFor(asha.userId).expect(201)).headers['idempotency-replayed']).toBe('true');

    const productId = await aProduct(app, { productId: 'KEYED' });
    const order = { cartItems: [{ productId, qty: 1 }], deliverySlot: inHours(app, 5), address: '12 Dairy Lane' };
    const placeFor = (userId: string) =>
      admin.post(`/order/create?userId=${userId}`, order).set('Idempotency-Key', 'query');
    await placeFor(asha.userId).expect(201);
    expect((await placeFor(tara.userId).expect(422)).body.code).toBe('idempotency.key_reused');
  });

  it('covers the effective user, however it is named', async () => {
    const { client, userId } = await registerUser(app);
    const send = (path: string) => client.post(path, topUp).set('Idempotency-Key', 'named');
    await send('/wallet/topup').expect(201);
    await send(`/wallet/topup?userId=${userId}`).expect(201);
    expect(await balanceOf(userId)).toBe(50);
  });

  it('covers the path, the query and the body', async () => {
    const customer = app.as('CUSTOMER');
    const keyOf = async (path: string, sent: Record<string, unknown> = {}) => {
      const { body } = await customer.post(path, sent).set('Idempotency-Key', 'all').expect(201);
      return body as IdempotentRequest;
    };
    const first = await keyOf('/milkings/bella');
    expect(await keyOf('/milkings/bella')).toEqual(first);
    for (const other of [
      await keyOf('/milkings/rosa'),
      await keyOf('/milkings/bella?time=evening'),
      await keyOf('/milkings/bella', { litres: 9 }),
    ]) {
      expect(other.id).toBe(first.id);
      expect(other.hash).not.toBe(first.hash);
    }
    expect(first.bodyHash).toBeUndefined();
  });

  describe('stored by an earlier version, which hashed the body only', () => {
    const bodyHash = createHash('sha256').update('{"amount":50,"paymentMethod":"CARD"}').digest('base64url');
    const storeOld = (userId: string, answer: object) =>
      app.store('Idempotency', {
        id: `${userId}#POST /wallet/topup#old`,
        hash: bodyHash,
        answer: JSON.stringify(answer),
        expiresAt: Math.ceil(Date.now() / 1000) + 3_600,
      });

    it('still replays the response to a customer', async () => {
      const customer = app.as('CUSTOMER');
      const { body: answer } = await customer.post('/wallet/topup', topUp).expect(201);
      const { version: _, ...payment } = (await app.stored('Payments', { paymentId: answer.paymentId })) as {
        version: number;
      };
      await storeOld(customer.userId, payment);
      const again = await customer.post('/wallet/topup', topUp).set('Idempotency-Key', 'old').expect(201);
      expect(again.body.paymentId).toBe(answer.paymentId);
      expect(await balanceOf(customer.userId)).toBe(50);
    });

    it('is refused for an admin, who may have named anyone', async () => {
      const admin = app.as('ADMIN');
      const { userId } = await registerUser(app);
      await storeOld(admin.userId, { paymentId: 'PAY1' });
      const again = admin.post(`/wallet/topup?userId=${userId}`, topUp).set('Idempotency-Key', 'old');
      expect((await again.expect(422)).body.code).toBe('idempotency.key_reused');
      expect(await balanceOf(userId)).toBe(0);
    });
  });
});
