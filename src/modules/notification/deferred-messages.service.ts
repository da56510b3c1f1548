import { Inject, Injectable, Logger } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import type { Queue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import { ShutdownSignal } from '../../platform/shutdown/shutdown-signal';
import { type DeferredMessage, DeferredMessageRepository, SHARDS } from './deferred-message.repository';
import type { Notification } from './domain/notification';
import { quietUntil, waitsInQuietHours } from './domain/quiet-hours';
import { NOTIFICATION_SETTINGS, type NotificationSettings, ROUTINE_QUEUE } from './notification.settings';

const PAGE_SIZE = 50;

/**
 * Keeps SMS that can wait in a table during the quiet hours. A queue would hold a message for at most 15 minutes, and the
 * dairy would never be idle at night.
 */
@Injectable()
export class DeferredMessages {
  private readonly logger = new Logger(DeferredMessages.name);

  constructor(
    private readonly repository: DeferredMessageRepository,
    private readonly publisher: Publisher,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    private readonly shutdown: ShutdownSignal,
    @Inject(ROUTINE_QUEUE) private readonly queue: Queue,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
  ) {}

  /** Stores an SMS until the quiet hours are over. False if it can be sent now. Idempotent. */
  async deferSms(notification: Notification): Promise<boolean> {
    const { smsQuietHours } = this.settings;
    if (smsQuietHours === undefined || !waitsInQuietHours(notification.type)) return false;
    const dueAt = quietUntil(this.clock.now(), smsQuietHours, this.calendar);
    if (dueAt === undefined) return false;
    await this.repository.add({ ...notification, channel: 'SMS' }, dueAt);
    return true;
  }

  /** Puts the messages that are due back on the queue. The worker decides then whether and where to send them. */
  async sendDue(): Promise<void> {
    const outcomes = await Promise.allSettled(SHARDS.map((shard) => this.sendDueOf(shard)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  private async sendDueOf(shard: string): Promise<void> {
    const now = this.clock.now();
    for await (const page of iteratePages(PAGE_SIZE, (request) => this.repository.listDue(shard, now, request))) {
      if (this.shutdown.hasStarted) return;
      await Promise.all(page.map((message) => this.sendOne(message)));
      if (page.length > 0) this.logger.log({ messages: page.length }, 'Deferred messages queued');
    }
  }

  /** After a crash in between, the queue gets it twice, and the log of notifications prevents a second SMS. */
  private async sendOne(message: DeferredMessage): Promise<void> {
    await this.publisher.sendToQueue(this.queue.url, message.notification);
    await this.repository.delete(message);
  }
}
