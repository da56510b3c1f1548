import { Inject, Injectable } from '@nestjs/common';
import { Calendar } from '../../kernel/calendar';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import type { Contact } from '../user';
import { limitsOf, repetitionLimitOf, type SuppressionReason } from './domain/message-limits';
import type { Channel, Notification } from './domain/notification';
import { MessageBudgetRepository } from './message-budget.repository';
import type { Claim } from './notification.repository';
import { NOTIFICATION_SETTINGS, type NotificationSettings } from './notification.settings';

/** Limits the messages that a recipient gets. */
@Injectable()
export class MessageLimits {
  constructor(
    private readonly budgets: MessageBudgetRepository,
    private readonly calendar: Calendar,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
  ) {}

  /**
   * Counts a message that is about to be sent. Returns why it must not be; undefined if it may. A retry counts in the
   * hour of the first attempt, where it was counted already.
   */
  async exceededBy(
    notification: Notification,
    channel: Channel,
    contact: Contact,
    { claimedAt }: Claim,
  ): Promise<SuppressionReason | undefined> {
    const repetition = repetitionLimitOf(notification, channel, claimedAt, this.calendar.dateOf(claimedAt));
    const budgets = this.config.rateLimits ? limitsOf(notification, channel, contact, claimedAt, this.settings) : [];
    for (const limit of [...(repetition ? [repetition] : []), ...budgets]) {
      if (!(await this.budgets.reserve(limit, notification.eventId))) return limit.reason;
    }
    return undefined;
  }
}
