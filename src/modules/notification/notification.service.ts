import { Inject, Injectable, Logger } from '@nestjs/common';
import { addMinutes, Calendar } from '../../kernel/calendar';
import type { UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import type { TopicQueue } from '../../platform/queue/declare-queue';
import { Postponed } from '../../platform/queue/postponed';
import { Publisher } from '../../platform/queue/publisher';
import { ShuttingDown } from '../../platform/shutdown/shutdown-signal';
import { Metrics, declareMetric } from '../../platform/telemetry/metrics';
import { type Contact, type ContactField, type RefusalReason, UserService } from '../user';
import { WalletService } from '../wallet';
import { DeferredMessages } from './deferred-messages.service';
import { EmailSender } from './adapters/email-sender';
import { SmsSender } from './adapters/sms-sender';
import { isSentUnverified, type SuppressionReason } from './domain/message-limits';
import { channelsFor } from './domain/message-kind';
import type { Channel, Draft, Notification } from './domain/notification';
import {
  AlreadyHandled,
  ProviderBusy,
  ProviderRejected,
  RecipientRefused,
  SendFailed,
} from './domain/notification.errors';
import type { ReturnedMail } from './domain/returned-mail';
import { isOutdated } from './domain/quiet-hours';
import { urgencyOf } from './domain/urgency';
import { MessageLimits } from './message-limits.service';
import { MessageWriter } from './message-writer.service';
import { RECIPIENT_REFUSED } from './notification.metrics';
import { type Claim, NotificationRepository } from './notification.repository';
import { NOTIFICATION_QUEUE, NOTIFICATION_SETTINGS, type NotificationSettings } from './notification.settings';
import { SendQuota } from './send-quota.service';

/** Messages whose every attempt failed. An admin can have them sent again. */
const NOTIFICATION_DEAD = declareMetric('NotificationDead', { unit: 'Count', kind: 'count' });

/** SMS that the provider has accepted. */
const SMS_SENT = declareMetric('SmsSent', { unit: 'Count', kind: 'count' });

/** An SMS that has waited for the provider this long is of no use any more. */
const LONGEST_SMS_WAIT_MINUTES = 24 * 60;

/** Messages that were not sent: repetitions, too many, or failed top-ups before the e-mail is verified. */
const MESSAGE_SUPPRESSED = declareMetric('MessageSuppressed', { unit: 'Count', kind: 'count' });

const CONTACT_FIELDS: Readonly<Record<Channel, ContactField>> = { EMAIL: 'email', SMS: 'phone' };

/** Sends notifications by mail and SMS, as the recipient prefers, once per channel. */
@Injectable()
export class NotificationService {
  private readonly logger = new Logger(NotificationService.name);

  constructor(
    private readonly repository: NotificationRepository,
    private readonly limits: MessageLimits,
    private readonly quota: SendQuota,
    private readonly users: UserService,
    private readonly writer: MessageWriter,
    private readonly email: EmailSender,
    private readonly sms: SmsSender,
    private readonly deferred: DeferredMessages,
    private readonly wallets: WalletService,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    private readonly publisher: Publisher,
    private readonly metrics: Metrics,
    @Inject(NOTIFICATION_QUEUE) private readonly queue: TopicQueue,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
  ) {}

  /**
   * Resolves when the notification topic has accepted it. `name` is that of the recipient, if its message may show it.
   */
  async publish(draft: Draft, name?: string): Promise<void> {
    const { userId, type, ...rest } = draft;
    const message = await this.writer.announcementOf(draft, name);
    const notification: Notification = { userId, type, message, ...rest };
    await this.publisher.publishToTopic(this.queue.topicArn, notification, { urgency: urgencyOf(type) });
  }

  /** How to reach a user; undefined if the user does not exist. */
  async contactOf(userId: UserId): Promise<Contact | undefined> {
    return this.users.contactOf(userId);
  }

  /**
   * Sends a notification over each channel of its type that the recipient accepts, in their language, once per channel
   * even if it is called again. Throws if a channel failed; the next call does not repeat the other. `Postponed` while
   * the rate or quota of a provider is used up. After the last chance, a failure is recorded for admins instead. If a
   * provider refuses the recipient for good, that is recorded, and nothing is sent to that e-mail or phone until it
   * changes. A message beyond the limits of its recipient is not sent, and recorded as suppressed. An SMS that
   * can wait is deferred during the quiet hours.
   */
  async send(notification: Notification, isLastChance = false): Promise<void> {
    const contact = await this.users.contactOf(notification.userId);
    if (!contact) {
      this.logger.warn({ userId: notification.userId, type: notification.type }, 'No recipient for notification');
      return;
    }
    const accepted = channelsFor(notification, contact, this.settings.smsTypes);
    const channels = accepted.filter((channel) => channel === (notification.channel ?? channel));
    const outcomes = await Promise.allSettled(
      channels.map((channel) =>
        this.sendVia(channel, notification, contact).catch((error: unknown) =>
          this.giveUpIfLast(isLastChance, channel, notification, error),
        ),
      ),
    );
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
    // A failure counts as an attempt, even if the other channel has to wait.
    const failure = failures.find((error) => !(error instanceof Postponed)) ?? failures[0];
    if (failure !== undefined) throw failure;
  }

  /** Keeps a notification whose last attempt failed where an admin can see it. Throws the error of any other attempt. */
  private async giveUpIfLast(
    isLastChance: boolean,
    channel: Channel,
    notification: Notification,
    error: unknown,
  ): Promise<void> {
    if (!isLastChance || !(error instanceof SendFailed)) throw error;
    await this.repository.markDead(notification, channel, error.kind);
    const { userId, type } = notification;
    this.metrics.record(NOTIFICATION_DEAD, 1, { userId, type, channel, kind: error.kind });
    this.logger.error({ userId, type, channel, kind: error.kind }, 'Notification not sent');
  }

  private async sendVia(channel: Channel, notification: Notification, contact: Contact): Promise<void> {
    try {
      if (channel === 'SMS' && (await this.deferred.deferSms(notification))) return;
      const refusal = contact.refusals[CONTACT_FIELDS[channel]];
      if (refusal) return await this.repository.recordRefused(notification, channel, refusal.reason);
      const suppression = await this.suppressionOf(channel, notification, contact);
      if (suppression) {
        await this.repository.recordSuppressed(notification, channel, suppression);
        return this.countSuppressed(notification, channel, suppression);
      }
      await this.deliver(await this.repository.claim(notification, channel), channel, notification, contact);
    } catch (error) {
      if (!(error instanceof AlreadyHandled)) throw error;
    }
  }

  /** Why a message is not sent, whatever the recipient got before. */
  private async suppressionOf(
    channel: Channel,
    notification: Notification,
    { emailVerified }: Contact,
  ): Promise<SuppressionReason | undefined> {
    if (!emailVerified && !isSentUnverified(notification)) return 'UNVERIFIED';
    // It may have waited for a night, or for an admin to send it again.
    if (channel === 'EMAIL' || notification.type !== 'LOW_BALANCE') return undefined;
    const { balance } = await this.wallets.view(notification.userId);
    return isOutdated(notification, this.calendar.dateOf(this.clock.now()), balance) ? 'OUTDATED' : undefined;
  }

  private async deliver(claim: Claim, channel: Channel, notification: Notification, contact: Contact): Promise<void> {
    let providerId: string;
    try {
      const exceeded = await this.limits.exceededBy(notification, channel, contact, claim);
      if (exceeded) {
        await this.repository.markSuppressed(claim, exceeded);
        return this.countSuppressed(notification, channel, exceeded);
      }
      // The lease is longer than this wait and the timeout of the provider.
      if (channel === 'EMAIL') await this.quota.take(urgencyOf(notification.type));
      providerId = await this.callProvider(claim, notification, contact);
    } catch (error) {
      if (error instanceof Postponed || error instanceof ShuttingDown) {
        await this.repository.release(claim, error.constructor.name);
        throw error;
      }
      if (error instanceof RecipientRefused) return this.refuse(claim, channel, notification, contact, error.reason);
      if (error instanceof ProviderBusy) {
        await this.repository.releaseUntilFree(claim);
        if (this.hasWaitedTooLong(claim)) throw new SendFailed(channel, ProviderBusy.name);
        throw new Postponed(error.seconds, `${channel} has no quota left`);
      }
      if (error instanceof ProviderRejected) {
        await this.repository.releaseUnsent(claim, error.kind);
        throw new SendFailed(channel, error.kind);
      }
      const kind = error instanceof Error ? error.name : 'unknown';
      await this.repository.release(claim, kind);
      throw new SendFailed(channel, kind);
    }
    await this.repository.markSent(claim, providerId);
    if (channel === 'SMS') this.metrics.record(SMS_SENT, 1, { type: notification.type });
  }

  private hasWaitedTooLong({ channel, waitingSince = this.clock.now() }: Claim): boolean {
    return channel === 'SMS' && addMinutes(waitingSince, LONGEST_SMS_WAIT_MINUTES) < this.clock.now();
  }

  private async callProvider({ id, channel }: Claim, notification: Notification, contact: Contact): Promise<string> {
    const { userId, type } = notification;
    return channel === 'SMS'
      ? this.sms.send({
          ...{ notificationId: id, userId, type, to: contact.phone ?? '' },
          text: await this.writer.smsTo(contact, notification),
        })
      : this.email.sendEmail({
          userId,
          to: contact.email,
          ...(await this.writer.emailTo(contact, notification)),
        });
  }

  /**
   * Stops mail to addresses whose mail came back for good, or whose owner reported it as spam. An address that the user no
   * longer has is not marked. Idempotent.
   */
  async recordReturned({ userId, addresses, reason }: ReturnedMail): Promise<void> {
    const marked = await Promise.all(
      addresses.map((address) => this.users.recordRefusal(userId, 'email', address, reason)),
    );
    if (!marked.includes(true)) return;
    this.metrics.record(RECIPIENT_REFUSED, 1, { channel: 'EMAIL', reason });
    this.logger.warn({ userId, reason }, 'Mail returned, recipient not mailed again');
  }

  /** Marks the recipient first. If the worker crashes in between, the next attempt finds the mark and ends here too. */
  private async refuse(
    claim: Claim,
    channel: Channel,
    notification: Notification,
    contact: Contact,
    reason: RefusalReason,
  ): Promise<void> {
    const { userId, type } = notification;
    const field = CONTACT_FIELDS[channel];
    const isNew = await this.users.recordRefusal(userId, field, contact[field] ?? '', reason);
    await this.repository.markRefused(claim, notification, reason);
    if (!isNew) return;
    this.metrics.record(RECIPIENT_REFUSED, 1, { channel, reason });
    this.logger.warn({ userId, type, channel, reason }, 'Recipient refused, not retried');
  }

  private countSuppressed({ userId, type }: Notification, channel: Channel, reason: SuppressionReason): void {
    this.metrics.record(MESSAGE_SUPPRESSED, 1, { userId, type, channel, reason });
  }
}
