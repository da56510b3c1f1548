import { firstEventIdAt } from '../../../src/kernel/ids';
import { CartEventRelay } from '../../../src/modules/cart/cart-event-relay.service';
import { CartRepository } from '../../../src/modules/cart/cart.repository';
import { cartIdOf } from '../../../src/modules/cart/domain/cart';
import { newUserId } from '../../../src/modules/user/domain/ids';
import { Outbox } from '../../../src/platform/events/outbox';
import { EventRecorder } from '../../support/event-recorder';
import { TestApp } from '../../support/test-app';

describe('cart events of a crashed process', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({}, { providers: [EventRecorder] })));
  afterAll(() => app.stop());

  it('reach each subscriber once, even when several processes find them', async () => {
    const aMinuteAgo = Date.now() - 60_000;
    const left = Array.from({ length: 8 }, (_, index) => {
      const userId = newUserId();
      const addition = {
        type: 'cart.item_added',
        userId,
        cartId: cartIdOf(userId),
        productId: 'MILK',
        qty: 1,
      } as const;
      return { ...app.get<Outbox>(Outbox).withMetadata(addition), eventId: firstEventIdAt(aMinuteAgo + index) };
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
