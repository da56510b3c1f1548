import { Injectable } from '@nestjs/common';
import { type DomainEvent, EVENT_TYPES, type EventOf } from '../../../src/events/event-map';
import { BackgroundTasks } from '../../../src/platform/background-tasks';
import { EventBus } from '../../../src/platform/events/event-bus';
import { Outbox, type OutboxRow } from '../../../src/platform/events/outbox';
import { OutboxRelay } from '../../../src/platform/events/outbox-relay';
import { Subscribe } from '../../../src/platform/events/subscribe';
import { Transaction } from '../../../src/platform/transaction/transaction';
import { EventRecorder } from '../../support/event-recorder';
import { ManualRealClock } from '../../support/manual-real-clock';
import { TestApp } from '../../support/test-app';

type ProductUpdated = EventOf<'product.updated'>;

/** Takes every event, and remembers which. */
@Injectable()
class ReliableSubscriber {
  readonly taken: string[] = [];

  @Subscribe('product.updated', { as: 'faithful.take' })
  async take({ productId }: ProductUpdated): Promise<void> {
    this.taken.push(productId);
  }
}

/** Fails as often as it is told. */
@Injectable()
class FlakySubscriber {
  readonly taken: string[] = [];
  failures = 0;
  asked = 0;

  @Subscribe('product.updated', { as: 'weak.take', aliases: ['Frail.take'] })
  async take({ productId }: ProductUpdated): Promise<void> {
    this.asked++;
    if (this.failures-- > 0) throw new Error('not now');
    this.taken.push(productId);
  }
}

/** What the last version without ids stored, by the event it reacts to. */
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

describe('the promise of events', () => {
  let app: TestApp;
  let faithful: ReliableSubscriber;
  let weak: FlakySubscriber;
  const clock = new ManualRealClock();
  beforeAll(async () => {
    app = await TestApp.start({}, { providers: [ReliableSubscriber, FlakySubscriber, EventRecorder], clock });
    faithful = app.get<ReliableSubscriber>(ReliableSubscriber);
    weak = app.get<FlakySubscriber>(FlakySubscriber);
  });
  afterAll(() => app.stop());
  beforeEach(() => Object.assign(weak, { failures: 0, asked: 0 }));

  const happen = (productId: string) =>
    app.get<Transaction>(Transaction).commit([], [{ type: 'product.updated', productId, changed: ['price'] }]);
  const delivered = () => app.get<BackgroundTasks>(BackgroundTasks).waitUntilIdle();
  const sweepLater = async () => {
    const relay = app.get<OutboxRelay>(OutboxRelay);
    // One that is under way may have looked before the time passed, and would be taken for the next.
    await relay.sweep();
    clock.advance(TEN_MINUTES);
    await relay.sweep();
  };
  const parked = async () => (await app.get<Outbox>(Outbox).listParked({ limit: 100 })).items;

  it('offers an event again only to the subscriber that failed', async () => {
    weak.failures = 2;
    await happen('P1');
    await delivered();
    expect(faithful.taken).toEqual(['P1']);
    expect(weak.taken).toEqual([]);
    await sweepLater();
    await sweepLater();
    expect(weak).toMatchObject({ taken: ['P1'], asked: 3 });
    expect(faithful.taken).toEqual(['P1']);
    expect(await app.get<OutboxRelay>(OutboxRelay).isDrained()).toBe(true);
  });

  it('parks what a subscriber never takes, where it is seen, blocks nothing, and can be tried again', async () => {
    weak.failures = Infinity;
    await happen('POISON');
    await delivered();
    for (let attempt = 1; attempt < 12; attempt++) await sweepLater();
    expect(weak.asked).toBe(12);

    const [row, ...others] = await parked();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      attempts: 12,
      events: [{ type: 'product.updated', productId: 'POISON' }],
      failed: [{ subscriber: 'weak.take', error: 'Error: not now' }],
    });
    expect(await app.get<OutboxRelay>(OutboxRelay).isDrained()).toBe(true);

    weak.failures = 0;
    await happen('P2');
    await delivered();
    expect(weak.taken).toContain('P2');
    expect(weak.taken).not.toContain('POISON');

    await app.get<Outbox>(Outbox).unpark(row as NonNullable<typeof row>);
    await app.get<OutboxRelay>(OutboxRelay).drain();
    expect(weak.taken).toContain('POISON');
    expect(faithful.taken.filter((productId) => productId === 'POISON')).toHaveLength(1);
    expect(await parked()).toEqual([]);
  });

  it('takes up what a process that died has left behind', async () => {
    const outbox = app.get<Outbox>(Outbox);
    const row = outbox.createRow([{ type: 'product.updated', productId: 'P3', changed: [] }]);
    // Committed, and never handed on: the process died in between.
    await app.get<Transaction>(Transaction).commit([outbox.insert(row)]);
    await app.get<OutboxRelay>(OutboxRelay).sweep();
    expect(faithful.taken).not.toContain('P3');
    await sweepLater();
    expect(faithful.taken).toContain('P3');
  });

  describe('between versions', () => {
    /** A row of another version, which failed there at the named subscriber, or was not offered yet. */
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
      expect(weak.taken).toContain('P4');
      expect(faithful.taken).not.toContain('P4');
      expect(await stored(row)).toBeUndefined();
    });

    it('has a subscriber for every name that the last version stored', () => {
      const bus = app.get<EventBus>(EventBus);
      const lost = Object.entries(STORED_NAMES).filter(([name, type]) => !bus.hears(type, name));
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
        expect([...faithful.taken, ...weak.taken]).not.toContain('P5');
        await app.get<Outbox>(Outbox).complete((await parked())[0] as OutboxRow);
      },
    );

    it('leaves an event of an unknown type to a version that knows it, and counts no attempt', async () => {
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
