import { Inject, Injectable, Logger } from '@nestjs/common';
import { type DeliveryId, newEventId, type UserId } from '../../kernel/ids';
import { Database } from '../../platform/dynamo/database';
import { runInContext } from '../../platform/request-context';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { DeliveryRepository } from './delivery.repository';
import { DELIVERY_SETTINGS, type DeliverySettings } from './delivery.settings';
import { PollsBusy, TooManyPolls } from './domain/delivery.errors';

/** A request that waits until a delivery passes a version. */
export interface Wait {
  readonly userId: UserId;
  readonly deliveryId: DeliveryId;
  /** The version that the client has. */
  readonly since: number;
  readonly milliseconds: number;
  /** Aborts when the client has closed the connection. */
  readonly disconnected: AbortSignal;
}

interface Waiter {
  readonly since: number;
  readonly end: () => void;
}

const READ_INTERVAL_MILLISECONDS = 1_000;
/** Of one user at one task: several screens, and connections that were lost without a sign. */
const WAITS_PER_USER = 5;
const RETRY_AFTER_SECONDS = 5;

/**
 * Waits for deliveries to change. However many clients wait, this task reads each awaited delivery once a second, 100 in
 * a round trip, and reads nothing while no client waits. A change that this task commits ends the wait at once.
 */
@Injectable()
export class DeliveryWatch {
  private readonly logger = new Logger(DeliveryWatch.name);
  private readonly waiters = new Map<DeliveryId, Set<Waiter>>();
  private readonly waitsOfUser = new Map<UserId, number>();
  private waiterCount = 0;
  private isReading = false;
  private isFailing = false;

  constructor(
    private readonly database: Database,
    private readonly repository: DeliveryRepository,
    private readonly shutdown: ShutdownSignal,
    @Inject(DELIVERY_SETTINGS) private readonly settings: DeliverySettings,
  ) {
    shutdown.onStart(() => this.endAll());
  }

  /** The number of requests that wait at this task. */
  get size(): number {
    return this.waiterCount;
  }

  /**
   * Resolves once the delivery has passed version `since`, the time is over, the client has gone, or this task shuts
   * down. `delivery.too_many_polls` if the user waits too often, `delivery.polls_busy` if too many clients wait.
   */
  async waitForChange(wait: Wait): Promise<void> {
    if (wait.disconnected.aborted || this.shutdown.hasStarted) return;
    this.assertCapacity(wait.userId);
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        wait.disconnected.removeEventListener('abort', end);
        this.remove(wait, waiter);
        resolve();
      };
      const waiter: Waiter = { since: wait.since, end };
      const timer = setTimeout(end, wait.milliseconds);
      wait.disconnected.addEventListener('abort', end);
      this.add(wait, waiter);
    });
  }

  /** Reads a delivery at once, if a client waits for it. Never throws: the next read of all deliveries finds it too. */
  async refresh(deliveryId: DeliveryId): Promise<void> {
    if (this.waiters.has(deliveryId)) await this.read([deliveryId], { consistent: true });
  }

  private assertCapacity(userId: UserId): void {
    if ((this.waitsOfUser.get(userId) ?? 0) >= WAITS_PER_USER) {
      throw new TooManyPolls(WAITS_PER_USER, RETRY_AFTER_SECONDS);
    }
    if (this.waiterCount >= this.settings.pollMaxWaiters) throw new PollsBusy();
  }

  private add({ userId, deliveryId }: Wait, waiter: Waiter): void {
    const waiters = this.waiters.get(deliveryId) ?? new Set();
    this.waiters.set(deliveryId, waiters.add(waiter));
    this.waitsOfUser.set(userId, (this.waitsOfUser.get(userId) ?? 0) + 1);
    this.waiterCount++;
    if (!this.isReading) this.readLater();
  }

  private remove({ userId, deliveryId }: Wait, waiter: Waiter): void {
    const waiters = this.waiters.get(deliveryId);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.waiters.delete(deliveryId);
    const others = (this.waitsOfUser.get(userId) ?? 1) - 1;
    if (others > 0) this.waitsOfUser.set(userId, others);
    else this.waitsOfUser.delete(userId);
    this.waiterCount--;
  }

  /** The interval begins after a read, so that slow reads do not overlap. The timer does not delay the exit. */
  private readLater(): void {
    this.isReading = true;
    setTimeout(() => void this.readAll(), READ_INTERVAL_MILLISECONDS).unref();
  }

  private async readAll(): Promise<void> {
    // Otherwise the reads would belong to the request that happened to wait first.
    const context = { requestId: newEventId(), background: true };
    await runInContext(context, () => this.read([...this.waiters.keys()], { consistent: false }));
    if (this.waiters.size > 0) this.readLater();
    else this.isReading = false;
  }

  private async read(deliveryIds: readonly DeliveryId[], options: { readonly consistent: boolean }): Promise<void> {
    try {
      const reads = deliveryIds.map((deliveryId) => this.repository.readOf(deliveryId));
      const deliveries = await this.database.batchGet(reads, options);
      this.isFailing = false;
      deliveryIds.forEach((deliveryId, index) => this.endBefore(deliveryId, deliveries[index]?.version));
    } catch (error) {
      if (!this.isFailing) this.logger.warn({ err: error }, 'Awaited deliveries not read, retrying');
      this.isFailing = true;
    }
  }

  /** Ends the waits for a version that has passed. */
  private endBefore(deliveryId: DeliveryId, version: number | undefined): void {
    if (version === undefined) return;
    for (const { since, end } of this.waiters.get(deliveryId) ?? []) if (version > since) end();
  }

  private endAll(): void {
    for (const waiters of this.waiters.values()) for (const { end } of waiters) end();
  }
}
