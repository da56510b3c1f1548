import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import pLimit from 'p-limit';
import type { CartItemAdded } from '../../events/cart.events';
import type { PublishedEvent } from '../../events/event-map';
import { createdAtOf, type EventId, type UserId } from '../../kernel/ids';
import { BackgroundTasks } from '../../platform/background-tasks';
import { Clock } from '../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { iteratePages } from '../../platform/dynamo/cursor';
import { Outbox, type SubscriberFailure } from '../../platform/events/outbox';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { IdleMonitor } from '../../platform/idle-monitor';
import { Transaction } from '../../platform/transaction/transaction';
import { Turns } from '../../platform/turns';
import { AlreadyRelayed, CartRepository } from './cart.repository';

type ItemAdded = PublishedEvent<CartItemAdded>;

const PAGE_SIZE = 500;
/** How often a task asks for the turn. It takes over within this time from a task that swept last and has crashed. */
const ASK_INTERVAL_MILLISECONDS = 60_000;
/** A second less than a multiple of the interval, so that a timer that is early does not wait for the next one. */
const SWEEP_TURN_MILLISECONDS = 15 * 60_000 - 1_000;
/** Most carts are written again within this time. Well below the age at which the sweep takes an event for orphaned. */
const CLEANUP_DELAY_MILLISECONDS = 5_000;
const CLEANUP_CONCURRENCY = 10;
/** The limit of DynamoDB on an expression, 4 kB, has room for about 200. */
const MAX_REMOVED_PER_WRITE = 50;

/** Relays `cart.item_added` from the carts to the subscribers. Events with a failed subscriber move to the outbox. */
@Injectable()
export class CartEventRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CartEventRelay.name);
  private readonly relayedEvents = new Map<UserId, readonly EventId[]>();
  private cleanupTimer?: NodeJS.Timeout;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly repository: CartRepository,
    private readonly transaction: Transaction,
    private readonly outbox: Outbox,
    private readonly outboxRelay: OutboxRelay,
    private readonly background: BackgroundTasks,
    private readonly clock: Clock,
    private readonly turns: Turns,
    idleMonitor: IdleMonitor,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
  ) {
    idleMonitor.register('events in carts', () => this.isDrained());
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('scheduler')) return;
    const logFailure = (error: unknown) => this.logger.warn({ err: error }, 'Cart event sweep failed');
    this.timers = [
      // Not in turns: this task may replace one that has crashed.
      setTimeout(() => void this.sweep().catch(logFailure), this.orphanedAfterMilliseconds + 1_000),
      setInterval(() => void this.sweepInTurn().catch(logFailure), ASK_INTERVAL_MILLISECONDS),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.timers.forEach((timer) => clearTimeout(timer));
    await this.background.waitUntilIdle();
    await this.removeRelayed();
  }

  /** Relays the event of an addition in the background, or leaves it to the sweep. */
  deliver(event: ItemAdded): void {
    if (!this.background.hasCapacity) return;
    this.background.run(async () => {
      const failed = await this.outboxRelay.dispatchEvents([event]);
      if (failed.length === 0) this.markRelayed(event);
      else await this.moveToOutbox(event, failed);
    });
  }

  /**
   * Relayed events that are still in a cart, the oldest first and as many as one write can remove. The next write to the
   * cart removes them at no extra cost.
   */
  removableEventsOf(userId: UserId): readonly EventId[] {
    return this.relayedEventsOf(userId).slice(0, MAX_REMOVED_PER_WRITE);
  }

  /** Call it after relayed events were removed from a cart. */
  markRemoved(userId: UserId, eventIds: readonly EventId[]): void {
    const remaining = this.relayedEventsOf(userId).filter((eventId) => !eventIds.includes(eventId));
    if (remaining.length > 0) this.relayedEvents.set(userId, remaining);
    else this.relayedEvents.delete(userId);
  }

  private relayedEventsOf(userId: UserId): readonly EventId[] {
    return this.relayedEvents.get(userId) ?? [];
  }

  private markRelayed({ userId, eventId }: ItemAdded): void {
    this.relayedEvents.set(userId, [...this.relayedEventsOf(userId), eventId]);
    this.cleanupTimer ??= setTimeout(() => {
      this.removeRelayed().catch((error: unknown) =>
        this.logger.warn({ err: error }, 'Relayed cart events not removed'),
      );
    }, CLEANUP_DELAY_MILLISECONDS).unref();
  }

  private async removeRelayed(): Promise<void> {
    clearTimeout(this.cleanupTimer);
    this.cleanupTimer = undefined;
    const limit = pLimit(CLEANUP_CONCURRENCY);
    await limit.map([...this.relayedEvents.keys()], async (userId) => {
      for (let eventIds; (eventIds = this.removableEventsOf(userId)).length > 0;) {
        await this.repository.removeEvents(userId, eventIds);
        this.markRemoved(userId, eventIds);
      }
    });
  }

  /** Sweeps, unless another task has done so within a quarter of an hour, because it reads all carts. */
  async sweepInTurn(): Promise<void> {
    if (await this.turns.take('cart-events', SWEEP_TURN_MILLISECONDS)) await this.sweep();
  }

  /** Relays the events that a crashed process left in carts. */
  async sweep(): Promise<void> {
    for await (const events of this.unrelayedEvents()) {
      for (const event of events) {
        if (createdAtOf(event.eventId) + this.orphanedAfterMilliseconds > this.clock.realNow()) continue;
        await this.moveToOutbox(event).catch((error: unknown) =>
          this.logger.warn({ err: error, eventId: event.eventId }, 'Cart event not relayed'),
        );
      }
    }
  }

  private get orphanedAfterMilliseconds(): number {
    return this.config.outboxSweepAfterSeconds * 1_000;
  }

  private async moveToOutbox(event: ItemAdded, failed?: readonly SubscriberFailure[]): Promise<void> {
    const row = this.outbox.createRowOfPublished([event], failed);
    try {
      await this.transaction.commit([this.repository.removeEvent(event), this.outbox.insert(row)]);
      if (!failed) this.outboxRelay.dispatchRow(row);
    } catch (error) {
      if (!(error instanceof AlreadyRelayed)) throw error;
    }
  }

  /** Scans the carts until it finds an event. Only for `GET /admin/settled`, which does not exist in production. */
  private async isDrained(): Promise<boolean> {
    for await (const events of this.unrelayedEvents()) {
      if (events.some((event) => !this.relayedEventsOf(event.userId).includes(event.eventId))) return false;
    }
    return true;
  }

  private unrelayedEvents(): AsyncGenerator<readonly ItemAdded[]> {
    return iteratePages(PAGE_SIZE, (page) => this.repository.unrelayedEvents(page));
  }
}
