import { Inject, Injectable } from '@nestjs/common';
import { Calendar, type Instant } from '../../kernel/calendar';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import type { Contact } from '../user';
import { limitsOf, repetitionLimitOf, type SuppressionReason } from './domain/message-limits';
import type { Channel, Notification } from './domain/notification';
import { MessageBudgetRepository } from './message-budget.repository';
import type { Claim } from './notification.repository';
import { SendCountRepository } from './send-count.repository';
import { NOTIFICATION_SETTINGS, type NotificationSettings } from './notification.settings';

const SMS_RETENTION_SECONDS = 62 * 24 * 60 * 60;

/** Limits the messages that a recipient gets. */
@Injectable()
export class MessageLimits {
  constructor(
    private readonly budgets: MessageBudgetRepository,
    private readonly counts: SendCountRepository,
    private readonly calendar: Calendar,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
  ) {}

  /**
   * Counts a message that is about to be sent. Returns why it must not be; undefined if it may. A retry counts in the
   * hour of the first attempt, where it was counted already. An SMS counts in the month again only if the last attempt may have
   * been sent.
   */
  async exceededBy(
    notification: Notification,
    channel: Channel,
    contact: Contact,
    { claimedAt, isUnsent }: Claim,
  ): Promise<SuppressionReason | undefined> {
    const repetition = repetitionLimitOf(notification, channel, claimedAt, this.calendar.dateOf(claimedAt));
    const budgets = this.config.rateLimits ? limitsOf(notification, channel, contact, claimedAt, this.settings) : [];
    for (const limit of [...(repetition ? [repetition] : []), ...budgets]) {
      if (!(await this.budgets.reserve(limit, notification.eventId))) return limit.reason;
    }
    return channel === 'SMS' && !isUnsent ? this.exceededThisMonth(notification, claimedAt) : undefined;
  }

  /** A failed delivery is sent all the same, but counts. */
  private async exceededThisMonth(
    { type, data }: Notification,
    claimedAt: Instant,
  ): Promise<SuppressionReason | undefined> {
    const isFailure = type === 'DELIVERY_UPDATE' && data.status === 'FAILED';
    const month = this.calendar.dateOf(claimedAt).slice(0, 'YYYY-MM'.length);
    const limit = isFailure ? Number.MAX_SAFE_INTEGER : this.settings.smsPerMonth;
    const count = { id: `SMS ${month}`, limit, retentionSeconds: SMS_RETENTION_SECONDS };
    return (await this.counts.reserve(1, count)) ? undefined : 'MONTH_USED_UP';
  }
}
