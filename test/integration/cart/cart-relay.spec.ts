import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { firstEventIdAt } from '../../../src/kernel/ids';
import { CartEventRelay } from '../../../src/modules/cart/cart-event-relay.service';
import { CartRepository } from '../../../src/modules/cart/cart.repository';
import { cartIdOf } from '../../../src/modules/cart/domain/cart';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { Outbox } from '../../../src/platform/events/outbox';
import { Turns } from '../../../src/platform/turns';
import { EventRecorder } from '../../support/measure/event-recorder';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { aProduct, orderRequest } from '../../support/fixtures/order-steps';
import { callsDuring } from '../../support/measure/round-trips';
import { TestApp } from '../../support/test-app';

describe('relayed cart events', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({}, { providers: [EventRecorder] })));
  afterAll(() => app.stop());

  it('never make a write larger than the database accepts', async () => {
    const customer = app.as('CUSTOMER');
    const productId = await aProduct(app, { productId: 'RELAYED' });
    const add = () => customer.post('/cart/add', { productId, qty: 1 }).expect(200);
    await add();
    // As many as are left when the database is slow.
    const relay = app.get<CartEventRelay>(CartEventRelay);
    for (let count = 0; count < 300; count++) relay.deliver(anAddition(app, customer.userId));
    await app.settled();
    await add();
    const { deliverySlot, address } = orderRequest(app, productId);
    await customer.post('/order/create', { deliverySlot, address }).expect(201);
  });

  it('name the cart by its stored id, even one of an earlier version', async () => {
    const customer = app.as('CUSTOMER', 'asha');
    const productId = await aProduct(app, { productId: 'OLDCART' });
    await app.store('Carts', { userId: 'asha', cartId: 'Casha', items: {}, unsent: {}, totalAmount: 0, version: 1 });
    const { body } = await customer.post('/cart/add', { productId, qty: 1 }).expect(200);
    expect(body.cartId).toBe('Casha');
    await app.settled();
    const added = app.get<EventRecorder>(EventRecorder).ofType('cart.item_added');
    expect(added).toContainEqual(expect.objectContaining({ userId: 'asha', productId, cartId: 'Casha' }));
  });
});

describe('cart events of a crashed process', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({}, { providers: [EventRecorder] })));
  afterAll(() => app.stop());

  it('reach each subscriber once, even when several processes find them', async () => {
    const aMinuteAgo = Date.now() - 60_000;
    const left = Array.from({ length: 8 }, (_, index) => {
      return { ...anAddition(app, newUserId()), eventId: firstEventIdAt(aMinuteAgo + index) };
    });
    await Promise.all(left.map((event) => app.get<CartRepository>(CartRepository).add(event, 30)));

    const relay = app.get<CartEventRelay>(CartEventRelay);
    await Promise.all([relay.sweep(), relay.sweep(), relay.sweep()]);
    await app.settled();
    const added = app.get<EventRecorder>(EventRecorder).ofType('cart.item_added');
    expect(added.map(({ eventId }) => eventId).sort()).toEqual(left.map(({ eventId }) => eventId).sort());
    expect((await app.get<CartRepository>(CartRepository).unrelayedEvents({ limit: 100 })).items).toEqual([]);
  });
});

describe('the regular search for events of crashed processes', () => {
  const clock = new ManualRealClock();
  let apps: TestApp[];
  beforeAll(async () => {
    const first = await TestApp.start({}, { clock });
    apps = [first, await TestApp.start({ TABLE_PREFIX: first.config.tablePrefix }, { clock })];
  });
  afterAll(() => Promise.all(apps.map((app) => app.stop())));

  const scansOfAll = async () => {
    const searches = apps.map((app) =>
      callsDuring(app, () => app.get<CartEventRelay>(CartEventRelay).sweepInTurn(), { table: 'Carts' }),
    );
    return (await Promise.all(searches)).flat().filter((call) => call.startsWith('Scan')).length;
  };

  it('is done by the task whose turn was stored, even if the response is lost', async () => {
    const [app] = apps as [TestApp];
    const { middlewareStack } = app.get<DynamoDB>(DynamoDB);
    let lost = 0;
    middlewareStack.add(
      (next, { commandName = '' }) =>
        async (input) => {
          const result = await next(input);
          if (!commandName.startsWith('Put') || lost > 0) return result;
          lost += 1;
          throw Object.assign(new Error('The response was lost'), { name: 'TimeoutError' });
        },
      { step: 'deserialize', priority: 'high', name: 'lostResponse' },
    );
    try {
      expect(await app.get<Turns>(Turns).take('milking', 1_000)).toBe(true);
    } finally {
      middlewareStack.remove('lostResponse');
    }
    expect(lost).toBe(1);
    expect(await app.get<Turns>(Turns).take('milking', 1_000)).toBe(false);
  });

  it('is done by one task in a quarter of an hour, and then by one again', async () => {
    expect(await scansOfAll()).toBe(1);
    expect(await scansOfAll()).toBe(0);
    clock.advance(15 * 60_000);
    expect(await scansOfAll()).toBe(1);
  });
});

function anAddition(app: TestApp, userId: string) {
  const addition = { type: 'cart.item_added', userId, cartId: cartIdOf(userId), productId: 'MILK', qty: 1 } as const;
  return app.get<Outbox>(Outbox).withMetadata(addition);
}
