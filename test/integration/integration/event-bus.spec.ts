import { newEventId } from '../../../src/kernel/ids';
import { EventBridgePublisher } from '../../../src/modules/integration/adapters/event-bridge-publisher';
import type { IntegrationEvent } from '../../../src/modules/integration/domain/integration-event';
import { OutboxAdminService } from '../../../src/modules/operations/outbox-admin.service';
import { newProductId } from '../../../src/modules/product/domain/ids';
import { BackgroundTasks } from '../../../src/platform/background-tasks';
import type { SubscriberFailure } from '../../../src/platform/events/outbox';
import { Metrics } from '../../../src/platform/telemetry/metrics';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { EventBusFixture, violationsOf } from '../../support/event-bus';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { aProduct, customerWithBalance, placePaidOrder } from '../../support/fixtures/order-steps';
import { aSubscription, startDairy } from '../../support/fixtures/subscriptions';
import { TestApp } from '../../support/test-app';
import { advanceTo, GENERATION_TIME } from '../generation/generation-run';

const TEN_MINUTES = 10 * 60_000;

describe('the events for integrators', () => {
  it('are those of the whole dairy, match docs/events.json, and name no person who caused them', async () => {
    const bus = new EventBusFixture();
    const { app, clock, recorder } = await startDairy({ EVENT_BUS_NAME: bus.name });
    try {
      const customer = await customerWithBalance(app, 500);
      const subscription = await aSubscription(customer, { paymentMethod: 'WALLET' });
      const { orderId } = await placePaidOrder(app, customer, 'CURD');
      await app.as('ADMIN').patch('/admin/order/status', { orderId, status: 'PACKED' }).expect(200);
      await app.http
        .post('/user/register', { name: 'Asha', email: `${newEventId()}@example.com`, password: 'milk-before-dawn' })
        .expect(201);
      await app.settled();
      await advanceTo(app, clock, GENERATION_TIME);
      const { subscriptionId } = subscription;
      await customer.post('/subscription/pause', { subscriptionId, from: '2026-12-05' }).expect(200);
      await app.as('ADMIN').post('/order/cancel', { orderId }).expect(200);
      await app.settled();

      const events = await bus.stored();
      expect(violationsOf(events)).toEqual([]);
      const types = new Set(events.map(({ detailType }) => detailType));
      for (const type of ['product.added', 'user.registered', 'order.placed', 'order.confirmed', 'order.packed']) {
        expect(types).toContain(type);
      }
      for (const type of [
        'payment.succeeded',
        'wallet.topped_up',
        'subscription.paused',
        'generation.completed',
        'order.cancelled',
      ]) {
        expect(types).toContain(type);
      }
      // Everything that subscribers got, once.
      const ids = events.map(({ detail }) => detail.eventId);
      expect(new Set(ids).size).toBe(ids.length);
      const [confirmed] = events.filter(
        ({ detailType, detail }) => detailType === 'order.confirmed' && detail.orderId === orderId,
      );
      expect(confirmed).toMatchObject({
        source: 'milkround',
        detail: { version: 1, type: 'order.confirmed', orderId },
      });
      expect(recorder.eventsOf(orderId).map(({ eventId }) => eventId)).toContain(confirmed?.detail.eventId);
      expect(confirmed?.time).toBe(Date.parse(String(confirmed?.detail.occurredAt)) / 1_000);
      const text = JSON.stringify(events);
      for (const secret of ['"by"', '"trace"', '"resetId"', '@example.com', 'Asha', 'Dairy Lane']) {
        expect(text).not.toContain(secret);
      }
    } finally {
      await app.stop();
    }
  });

  it('stay inside without a bus', async () => {
    const app = await TestApp.start();
    try {
      const productId = await aProduct(app, { productId: newProductId() });
      await app.settled();
      const { items } = await app.get<OutboxAdminService>(OutboxAdminService).list('waiting', { limit: 10 });
      expect(items).toEqual([]);
      expect((await EventBusFixture.storedAnywhere()).map(({ detail }) => detail.productId)).not.toContain(productId);
    } finally {
      await app.stop();
    }
  });

  describe('when the bus fails', () => {
    let app: TestApp;
    const bus = new EventBusFixture();
    const clock = new ManualRealClock();
    beforeAll(async () => (app = await TestApp.start({ EVENT_BUS_NAME: bus.name }, { clock })));
    afterAll(() => app.stop());
    afterEach(() => jest.restoreAllMocks());

    const attempted = () => app.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
    const failures = async (): Promise<SubscriberFailure[]> => {
      const { items } = await app.get<OutboxAdminService>(OutboxAdminService).list('waiting', { limit: 100 });
      return items.flatMap(({ failed = [] }) => failed);
    };
    const repaired = async () => {
      await bus.break();
      clock.advance(TEN_MINUTES);
      await app.settled();
    };
    const auditedTypes = async () => (await app.allStored<{ action: string }>('AuditLog')).map(({ action }) => action);

    it('wait in the outbox for the bus only, and are published once it answers', async () => {
      await bus.break({ unavailable: true });
      const refused = jest.spyOn(Metrics.prototype, 'record');
      const productId = await aProduct(app, { productId: newProductId() });
      await attempted();
      expect((await failures()).map(({ subscriber }) => subscriber)).toEqual(['integration.publish']);
      expect(await auditedTypes()).toContain('product.added');
      expect(refused.mock.calls.map(([{ name }, value]) => [name, value])).toContainEqual(['EventNotPublished', 1]);
      expect(await bus.stored()).toEqual([]);
      await repaired();
      expect((await bus.stored()).map(({ detail }) => detail.productId)).toEqual([productId]);
    });

    it('are tried once if the bus never answers, while other subscribers get them', async () => {
      const [published, tried] = [(await bus.stored()).length, await bus.attempts()];
      await bus.break({ hangs: true });
      const productId = await aProduct(app, { productId: newProductId() });
      await attempted();
      expect((await bus.attempts()) - tried).toBe(1);
      expect(await failures()).toEqual([
        expect.objectContaining({
          subscriber: 'integration.publish',
          error: expect.stringMatching(/^TimeoutError/),
        }),
      ]);
      expect((await app.allStored<{ subject?: string }>('AuditLog')).map(({ subject }) => subject)).toContain(
        productId,
      );
      await repaired();
      expect((await bus.stored()).slice(published).map(({ detail }) => detail.productId)).toEqual([productId]);
    });

    it('are sent again without those of the same transaction that the bus has taken', async () => {
      await bus.break({ refusedType: 'outbox.retried' });
      const before = (await bus.stored()).length;
      await app.get<Transaction>(Transaction).commit(
        [],
        [
          { type: 'dairy.updated', changed: ['name'] },
          { type: 'outbox.retried', rows: 1 },
          { type: 'notification.retried', messages: 1 },
        ],
      );
      await attempted();
      const newTypes = async () => (await bus.typesOf()).slice(before).sort();
      expect(await newTypes()).toEqual(['dairy.updated', 'notification.retried']);
      expect(await failures()).toEqual([
        expect.objectContaining({ error: expect.stringContaining('ThrottlingException') }),
      ]);
      await repaired();
      expect(await newTypes()).toEqual(['dairy.updated', 'notification.retried', 'outbox.retried']);
    });
  });

  describe('in requests', () => {
    const bus = new EventBusFixture();
    let app: TestApp;
    let publisher: EventBridgePublisher;
    let refused = 0;
    beforeAll(async () => {
      app = await TestApp.start();
      publisher = new EventBridgePublisher(bus.name, app.config, (events) => (refused += events));
    });
    afterAll(async () => {
      publisher.onApplicationShutdown();
      await app.stop();
    });

    const event = (size = 10): IntegrationEvent => ({
      ...{ version: 1, type: 'order.placed', eventId: newEventId(), occurredAt: app.clock.now(), requestId: 'R1' },
      text: 'x'.repeat(size),
    });
    /** The number of events in each request since a number of events. */
    const requestsSince = async (count: number) => {
      const events = (await bus.stored()).slice(count);
      return [...Map.groupBy(events, ({ request }) => request).values()].map(({ length }) => length).sort();
    };

    it('come ten at a time', async () => {
      await Promise.all(Array.from({ length: 25 }, () => publisher.publish(event())));
      expect(await requestsSince(0)).toEqual([10, 10, 5].sort());
    });

    it('come with at most 256 kB at a time', async () => {
      const before = (await bus.stored()).length;
      await Promise.all(Array.from({ length: 5 }, () => publisher.publish(event(100_000))));
      expect(await requestsSince(before)).toEqual([1, 2, 2]);
    });

    it('hold back no other event if one is too large', async () => {
      const before = (await bus.stored()).length;
      const results = await Promise.allSettled([10, 300_000, 10].map((size) => publisher.publish(event(size))));
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await bus.stored()).length - before).toBe(2);
      expect(refused).toBe(1);
    });
  });
});
