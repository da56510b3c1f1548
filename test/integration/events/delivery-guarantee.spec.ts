import { Injectable } from '@nestjs/common';
import { type DomainEvent, EVENT_TYPES, type EventOf } from '../../../src/events/event-map';
import { BackgroundTasks } from '../../../src/platform/background-tasks';
import { EventBus } from '../../../src/platform/events/event-bus';
import { Outbox, type OutboxRow } from '../../../src/platform/events/outbox';
import { OutboxSweep } from '../../../src/platform/events/outbox-sweep';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { EventRecorder } from '../../support/measure/event-recorder';
import { ManualRealClock } from '../../support/clocks/manual-real-clock';
import { TestApp } from '../../support/test-app';

type ProductUpdated = EventOf<'product.updated'>;

/** Records every event. */
@Injectable()
class ReliableSubscriber {
  readonly received: string[] = [];

  @Subscribe('product.updated', { as: 'reliable.take' })
  async take({ productId }: ProductUpdated): Promise<void> {
    this.received.push(productId);
  }
}

/** Fails the given number of times. */
@Injectable()
class FlakySubscriber {
  readonly received: string[] = [];
  failures = 0;
  calls = 0;

  @Subscribe('product.updated', { as: 'flaky.take', aliases: ['Frail.take'] })
  async take({ productId }: ProductUpdated): Promise<void> {
    this.calls++;
    if (this.failures-- > 0) throw new Error('not now');
    this.received.push(productId);
  }
}

/** The subscriber names that the last version without ids stored, with their events. */
const STORED_NAMES = {
  'DeliverySubscribers.assign': 'order.confirmed',
  'PaymentSubscribers.keepDaily': 'order.confirmed',
  'PaymentSubscribers.collectCash': 'order.delivered',
  'PaymentSubscribers.giveBack': 'order.cancelled',
  'PaymentSubscribers.giveBackWhatCameTooLate': 'payment.succeeded',
  'GenerationSubscribers.tell': 'subscription.orders_generated',
  'AnalyticsSubscribers.publish': 'order.placed',
  'NotificationSubscribers.welcome': 'user.registered',
  'NotificationSubscribers.passwordReset': 'user.password_reset_requested',
  'NotificationSubscribers.orderConfirmed': 'order.confirmed',
  'NotificationSubscribers.orderCancelled': 'order.cancelled',
  'NotificationSubscribers.paymentFailed': 'payment.failed',
  'NotificationSubscribers.lowBalance': 'wallet.balance_low',
  'NotificationSubscribers.deliverySkipped': 'subscription.occurrence_skipped',
  'NotificationSubscribers.deliveryUpdate': 'delivery.updated',
  'NotificationSubscribers.subscriptionCreated': 'subscription.created',
  'NotificationSubscribers.subscriptionPaused': 'subscription.paused',
};

const TEN_MINUTES = 10 * 60_000;

describe('event delivery', () => {
  let app: TestApp;
  let reliable: ReliableSubscriber;
  let flaky: FlakySubscriber;
  const clock = new ManualRealClock();
  beforeAll(async () => {
    app = await TestApp.start({}, { providers: [ReliableSubscriber, FlakySubscriber, EventRecorder], clock });
    reliable = app.get<ReliableSubscriber>(ReliableSubscriber);
    flaky = app.get<FlakySubscriber>(FlakySubscriber);
  });
  afterAll(() => app.stop());
  beforeEach(() => Object.assign(flaky, { failures: 0, calls: 0 }));

  const publish = (productId: string) =>
    app.get<Transaction>(Transaction).commit([], [{ type: 'product.updated', productId, changed: ['price'] }]);
  const delivered = () => app.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
  const sweepLater = async () => {
    const sweep = app.get<OutboxSweep>(OutboxSweep);
    // Wait for a sweep in progress, which may have read the time before it advanced.
    await sweep.sweep();
    clock.advance(TEN_MINUTES);
    await sweep.sweep();
  };
  const parked = async () => (await app.get<Outbox>(Outbox).listParked({ limit: 100 })).items;

  it('retries an event only for the subscriber that failed', async () => {
    flaky.failures = 2;
    await publish('P1');
    await delivered();
    expect(reliable.received).toEqual(['P1']);
    expect(flaky.received).toEqual([]);
    await sweepLater();
    await sweepLater();
    expect(flaky).toMatchObject({ received: ['P1'], calls: 3 });
    expect(reliable.received).toEqual(['P1']);
    expect(await app.get<OutboxSweep>(OutboxSweep).isDrained()).toBe(true);
  });

  it('parks an event that keeps failing, without blocking others, until an admin retries it', async () => {
    flaky.failures = Infinity;
    await publish('POISON');
    await delivered();
    for (let attempt = 1; attempt < 12; attempt++) await sweepLater();
    expect(flaky.calls).toBe(12);

    const [row, ...others] = await parked();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      attempts: 12,
      events: [{ type: 'product.updated', productId: 'POISON' }],
      failed: [{ subscriber: 'flaky.take', error: 'Error: not now' }],
    });
    expect(await app.get<OutboxSweep>(OutboxSweep).isDrained()).toBe(true);

    flaky.failures = 0;
    await publish('P2');
    await delivered();
    expect(flaky.received).toContain('P2');
    expect(flaky.received).not.toContain('POISON');

    await app.get<Outbox>(Outbox).unpark(row as NonNullable<typeof row>);
    await app.get<OutboxSweep>(OutboxSweep).drain();
    expect(flaky.received).toContain('POISON');
    expect(reliable.received.filter((productId) => productId === 'POISON')).toHaveLength(1);
    expect(await parked()).toEqual([]);
  });

  it('relays the events of a crashed process', async () => {
    const outbox = app.get<Outbox>(Outbox);
    const row = outbox.createRow([{ type: 'product.updated', productId: 'P3', changed: [] }]);
    // Committed but never relayed, as after a crash.
    await app.get<Transaction>(Transaction).commit([outbox.insert(row)]);
    await app.get<OutboxSweep>(OutboxSweep).sweep();
    expect(reliable.received).not.toContain('P3');
    await sweepLater();
    expect(reliable.received).toContain('P3');
  });

  describe('across versions', () => {
    /** A row of another version that failed at the given subscriber, or was not relayed yet. */
    const leftBehind = async (event: { type: string; productId: string }, subscriber?: string): Promise<OutboxRow> => {
      const outbox = app.get<Outbox>(Outbox);
      const emitted = outbox.withMetadata({ changed: [], ...event } as DomainEvent);
      const failure = subscriber && { eventId: emitted.eventId, subscriber, error: 'Error: not now' };
      const row = outbox.createRowOfPublished([emitted], failure ? [failure] : undefined);
      await app.get<Transaction>(Transaction).commit([outbox.insert(row)]);
      return row;
    };
    const stored = ({ shard, outboxId }: OutboxRow) => app.stored('Outbox', { shard, outboxId });
    const unpark = async () => {
      for (const row of await parked()) await app.get<Outbox>(Outbox).unpark(row);
    };

    it('finds a renamed subscriber by its former name', async () => {
      const row = await leftBehind({ type: 'product.updated', productId: 'P4' }, 'Frail.take');
      await sweepLater();
      expect(flaky.received).toContain('P4');
      expect(reliable.received).not.toContain('P4');
      expect(await stored(row)).toBeUndefined();
    });

    it('has a subscriber for every name that the last version stored', () => {
      const bus = app.get<EventBus>(EventBus);
      const lost = Object.entries(STORED_NAMES).filter(([name, type]) => !bus.hasSubscriber(type, name));
      expect(lost).toEqual([]);
    });

    it.each(['Gone.take', 'delivery.assign'])(
      'keeps a row whose subscriber it does not have: %s',
      async (subscriber) => {
        const error = 'Error: No subscriber of that name in this version';
        const row = await leftBehind({ type: 'product.updated', productId: 'P5' }, subscriber);
        await sweepLater();
        expect(await stored(row)).toMatchObject({ attempts: 2, failed: [{ subscriber, error }] });
        for (let attempt = 2; attempt < 12; attempt++) await sweepLater();
        expect(await parked()).toMatchObject([
          { outboxId: row.outboxId, attempts: 12, failed: [{ subscriber, error }] },
        ]);

        await unpark();
        for (let attempt = 0; attempt < 12; attempt++) await sweepLater();
        expect(await parked()).toMatchObject([{ attempts: 12, failed: [{ subscriber, error }] }]);
        expect([...reliable.received, ...flaky.received]).not.toContain('P5');
        await app.get<Outbox>(Outbox).complete((await parked())[0] as OutboxRow);
      },
    );

    it('leaves an event of an unknown type to a newer version without counting an attempt', async () => {
      const row = await leftBehind({ type: 'product.withdrawn', productId: 'P6' });
      for (let sweep = 0; sweep < 15; sweep++) await sweepLater();
      expect(await stored(row)).toEqual({ ...row, nextAttemptAt: clock.realNow() + 60_000 });
      expect(app.get<EventRecorder>(EventRecorder).ofType('product.withdrawn')).toEqual([]);
      expect(await parked()).toEqual([]);

      const newer = EVENT_TYPES as Set<string>;
      newer.add('product.withdrawn');
      try {
        await sweepLater();
      } finally {
        newer.delete('product.withdrawn');
      }
      expect(app.get<EventRecorder>(EventRecorder).ofType('product.withdrawn')).toMatchObject([{ productId: 'P6' }]);
      expect(await stored(row)).toBeUndefined();
    });
  });
});
