import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { CartItemAdded } from '../../events/cart.events';
import type { Emitted } from '../../events/event-map';
import { Clock } from '../../platform/clock';
import { CONFIG, type Config } from '../../platform/config';
import { Transaction } from '../../platform/dynamo/transaction';
import { Database } from '../../platform/dynamo/database';
import { type Failure, Outbox } from '../../platform/events/outbox';
import { Relay } from '../../platform/events/relay';
import { Idleness } from '../../platform/idleness';
import { madeAt } from '../../platform/ids';
import { CartRepository, RelayedBefore } from './cart.repository';

type Added = Emitted<CartItemAdded>;

const SWEEP_EVERY_MILLISECONDS = 60_000;

/** Carries `cart.item_added` from the carts to the subscribers; what it cannot hand over goes to the outbox. */
@Injectable()
export class CartRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(CartRelay.name);
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly repository: CartRepository,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly outbox: Outbox,
    private readonly relay: Relay,
    private readonly clock: Clock,
    idleness: Idleness,
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

  onApplicationShutdown(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  /** Relays the event of an addition in the background; what it cannot take, the sweep will. */
  deliver(event: Added): void {
    if (!this.relay.hasRoom) return;
    this.relay.background(async () => {
      const failed = await this.relay.offer([event]);
      if (failed.length === 0) await this.database.write(this.repository.forget(event));
      else await this.handOver(event, failed);
    });
  }

  /** Finds the events that a dead process left in their carts. */
  async sweep(): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await this.repository.unsent(cursor);
      for (const event of page.items) {
        if (madeAt(event.eventId) + this.leftBehindAfter > this.clock.real()) continue;
        await this.handOver(event).catch((error: unknown) =>
          this.logger.warn({ err: error, eventId: event.eventId }, 'An event stays in its cart'),
        );
      }
      cursor = page.next;
    } while (cursor);
  }

  private get leftBehindAfter(): number {
    return this.config.outboxSweepAfterSeconds * 1_000;
  }

  private async handOver(event: Added, failed?: readonly Failure[]): Promise<void> {
    const row = this.outbox.rowOfEmitted([event], failed);
    try {
      await this.transaction.commit([this.repository.forget(event), this.outbox.write(row)]);
      if (!failed) this.relay.deliver(row);
    } catch (error) {
      if (!(error instanceof RelayedBefore)) throw error;
    }
  }

  /** Reads the carts until it finds an event: for `GET /admin/settled` only, which production does not have. */
  private async isDrained(): Promise<boolean> {
    let cursor: string | undefined;
    do {
      const page = await this.repository.unsent(cursor);
      if (page.items.length > 0) return false;
      cursor = page.next;
    } while (cursor);
    return true;
  }
}
