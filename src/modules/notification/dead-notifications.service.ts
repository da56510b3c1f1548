import { Inject, Injectable } from '@nestjs/common';
import type { EventId } from '../../kernel/ids';
import { iteratePages, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import type { Queue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import { Transaction } from '../../platform/transaction/transaction';
import type { DeadNotification } from './domain/dead-notification';
import type { Notification } from './domain/notification';
import { NotificationRepository } from './notification.repository';
import { ROUTINE_QUEUE } from './notification.settings';

const PAGE_SIZE = 100;
const MAX_RETRIED = 1_000;

/** What a retry has put back on the queue. */
export interface RetriedNotifications {
  readonly retried: number;
  /** More are left, beyond the limit of one call. */
  readonly hasMore: boolean;
}

/** Lists notifications that could not be sent, and sends them again. */
@Injectable()
export class DeadNotifications {
  constructor(
    private readonly repository: NotificationRepository,
    private readonly publisher: Publisher,
    private readonly transaction: Transaction,
    @Inject(ROUTINE_QUEUE) private readonly queue: Queue,
  ) {}

  /** Those whose every attempt has failed, oldest first. */
  async list(page: PageRequest): Promise<Page<DeadNotification>> {
    return this.repository.listDead(page);
  }

  /** For each event, what the log says about its messages, such as `EMAIL FAILED Throttled`. */
  async logOf(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, readonly string[]>> {
    return this.repository.statusesOf(eventIds);
  }

  /**
   * Puts dead notifications back on the queue, oldest first, at most about a thousand. The worker takes them at the rate of
   * the provider. One that fails again is dead again. Emits `notification.retried`.
   */
  async retry(): Promise<RetriedNotifications> {
    let retried = 0;
    let hasMore = false;
    for await (const page of iteratePages(PAGE_SIZE, (request) => this.repository.listDead(request))) {
      if (retried >= MAX_RETRIED) {
        hasMore = page.length > 0;
        break;
      }
      await Promise.all(page.map((dead) => this.retryOne(dead)));
      retried += page.length;
    }
    await this.transaction.commit([], [{ type: 'notification.retried', messages: retried }]);
    return { retried, hasMore };
  }

  /** After a crash in between it is sent twice to the queue, and the log prevents a second message. */
  private async retryOne(dead: DeadNotification): Promise<void> {
    await this.publisher.sendToQueue(this.queue.url, notificationOf(dead));
    await this.repository.markRetried(dead);
  }
}

function notificationOf({ userId, type, message, eventId, requestId, data }: DeadNotification): Notification {
  return { userId, type, message, eventId, requestId, data };
}
