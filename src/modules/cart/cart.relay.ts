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
import { Clock } from '../../platform/clock';
import { CONFIG, type Config } from '../../platform/config/config';
import { iteratePages } from '../../platform/dynamo/cursor';
import { Outbox, type SubscriberFailure } from '../../platform/events/outbox';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { IdleMonitor } from '../../platform/idle-monitor';
import { Transaction } from '../../platform/transaction/transaction';
import { CartRepository, RelayedBefore } from './cart.repository';

type Added = PublishedEvent<CartItemAdded>;

const CARTS_A_PAGE = 500;
const SWEEP_EVERY_MILLISECONDS = 60_000;
/** Long enough for most carts to be written again, well below what makes the sweep think that somebody has died. */
const FORGET_AFTER_MILLISECONDS = 5_000;
const FORGET_AT_ONCE = 10;

/** Carries `cart.item_added` from the carts to the subscribers; what it cannot hand over goes to the outbox. */
@Injectable()
export class CartRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(CartRelay.name);
  private readonly relayed = new Map<UserId, readonly EventId[]>();
  private forgetting?: NodeJS.Timeout;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly repository: CartRepository,
    private readonly transaction: Transaction,
    private readonly outbox: Outbox,
    private readonly relay: OutboxRelay,
    private readonly clock: Clock,
    idleness: IdleMonitor,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    idleness.register('events in carts', () => this.isDrained());
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('scheduler')) return;
    const sweep = () => {
      this.sweep().catch((error: unknown) => this.logger.warn({ err: error }, 'Carts were not swept'));
    };
    this.timers = [setTimeout(sweep, this.leftBehindAfter + 1_000), setInterval(sweep, SWEEP_EVERY_MILLISECONDS)];
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.timers.forEach((timer) => clearTimeout(timer));
    await this.relay.waitUntilIdle();
    await this.forgetRelayed();
  }

  /** Relays the event of an addition in the background; what it cannot take, the sweep will. */
  deliver(event: Added): void {
    if (!this.relay.hasCapacity) return;
    this.relay.runInBackground(async () => {
      const failed = await this.relay.dispatchEvents([event]);
      if (failed.length === 0) this.note(event);
      else await this.handOver(event, failed);
    });
  }

  /** The relayed events that are still in somebody's cart: whoever writes the cart next takes them out for nothing. */
  relayedOf(userId: UserId): readonly EventId[] {
    return this.relayed.get(userId) ?? [];
  }

  /** Some of them have been taken out. */
  takenOut(userId: UserId, eventIds: readonly EventId[]): void {
    const left = this.relayedOf(userId).filter((eventId) => !eventIds.includes(eventId));
    if (left.length > 0) this.relayed.set(userId, left);
    else this.relayed.delete(userId);
  }

  private note({ userId, eventId }: Added): void {
    this.relayed.set(userId, [...this.relayedOf(userId), eventId]);
    this.forgetting ??= setTimeout(() => {
      this.forgetRelayed().catch((error: unknown) => this.logger.warn({ err: error }, 'Relayed events stay in carts'));
    }, FORGET_AFTER_MILLISECONDS).unref();
  }

  private async forgetRelayed(): Promise<void> {
    clearTimeout(this.forgetting);
    this.forgetting = undefined;
    const limit = pLimit(FORGET_AT_ONCE);
    await limit.map([...this.relayed], async ([userId, eventIds]) => {
      await this.repository.forget(userId, eventIds);
      this.takenOut(userId, eventIds);
    });
  }

  /** Finds the events that a dead process left in their carts. */
  async sweep(): Promise<void> {
    for await (const events of this.unsent()) {
      for (const event of events) {
        if (createdAtOf(event.eventId) + this.leftBehindAfter > this.clock.realNow()) continue;
        await this.handOver(event).catch((error: unknown) =>
          this.logger.warn({ err: error, eventId: event.eventId }, 'An event stays in its cart'),
        );
      }
    }
  }

  private get leftBehindAfter(): number {
    return this.config.outboxSweepAfterSeconds * 1_000;
  }

  private async handOver(event: Added, failed?: readonly SubscriberFailure[]): Promise<void> {
    const row = this.outbox.createRowOfPublished([event], failed);
    try {
      await this.transaction.commit([this.repository.take(event), this.outbox.insert(row)]);
      if (!failed) this.relay.dispatchRow(row);
    } catch (error) {
      if (!(error instanceof RelayedBefore)) throw error;
    }
  }

  /** Reads the carts until it finds an event: for `GET /admin/settled` only, which production does not have. */
  private async isDrained(): Promise<boolean> {
    for await (const events of this.unsent()) {
      if (events.some((event) => !this.relayedOf(event.userId).includes(event.eventId))) return false;
    }
    return true;
  }

  private unsent(): AsyncGenerator<readonly Added[]> {
    return iteratePages(CARTS_A_PAGE, (page) => this.repository.unsent(page));
  }
}
