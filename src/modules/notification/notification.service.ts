import { Inject, Injectable, Logger } from '@nestjs/common';
import { orderNumberOf } from '../../kernel/ids';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import type { TopicQueue } from '../../platform/queue/declare-queue';
import { Publisher } from '../../platform/queue/publisher';
import { Metrics, declareMetric } from '../../platform/telemetry/metrics';
import { type Contact, type ContactField, type RefusalReason, UserService } from '../user';
import { EmailSender } from './adapters/email-sender';
import { SmsSender } from './adapters/sms-sender';
import { formatMoney } from './domain/format-money';
import { type Channel, channelsFor, type Notification } from './domain/notification';
import { AlreadyHandled, RecipientRefused, SendFailed } from './domain/notification.errors';
import { renderEmail } from './email-templates';
import { type Claim, NotificationRepository } from './notification.repository';
import { NOTIFICATION_QUEUE, NOTIFICATION_SETTINGS, type NotificationSettings } from './notification.settings';

/** Recipients that a provider refused for good. Later messages, which are not attempted, do not count. */
const RECIPIENT_REFUSED = declareMetric('RecipientRefused', { unit: 'Count', kind: 'count' });

const CONTACT_FIELDS: Readonly<Record<Channel, ContactField>> = { EMAIL: 'email', SMS: 'phone' };

/** Sends notifications by mail and SMS, as the recipient prefers, once per channel. */
@Injectable()
export class NotificationService {
  private readonly logger = new Logger(NotificationService.name);

  constructor(
    private readonly repository: NotificationRepository,
    private readonly users: UserService,
    private readonly email: EmailSender,
    private readonly sms: SmsSender,
    private readonly publisher: Publisher,
    private readonly metrics: Metrics,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
    @Inject(NOTIFICATION_SETTINGS) private readonly settings: NotificationSettings,
    @Inject(NOTIFICATION_QUEUE) private readonly queue: TopicQueue,
  ) {}

  /** Currency of the amounts in messages. */
  get currency(): string {
    return this.config.currency;
  }

  /** Resolves when the notification topic has accepted it. */
  async publish(notification: Notification): Promise<void> {
    await this.publisher.publishToTopic(this.queue.topicArn, notification);
  }

  /** The name of a user; undefined if the user does not exist. */
  async nameOf(userId: string): Promise<string | undefined> {
    return (await this.users.contactOf(userId))?.name;
  }

  /**
   * Sends a notification over each channel of its type that the recipient accepts, once per channel even if it is called
   * again. Throws if a channel failed; the next call does not repeat the other. If a provider refuses the recipient for
   * good, that is recorded, and nothing is sent to that e-mail or phone until it changes.
   */
  async send(notification: Notification): Promise<void> {
    const contact = await this.users.contactOf(notification.userId);
    if (!contact) {
      this.logger.warn({ userId: notification.userId, type: notification.type }, 'No recipient for notification');
      return;
    }
    const outcomes = await Promise.allSettled(
      channelsFor(notification.type, contact).map((channel) => this.sendVia(channel, notification, contact)),
    );
    const failed = outcomes.find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
  }

  private async sendVia(channel: Channel, notification: Notification, contact: Contact): Promise<void> {
    try {
      const refusal = contact.refusals[CONTACT_FIELDS[channel]];
      if (refusal) return await this.repository.recordRefused(notification, channel, refusal.reason);
      await this.deliver(await this.repository.claim(notification, channel), channel, notification, contact);
    } catch (error) {
      if (!(error instanceof AlreadyHandled)) throw error;
    }
  }

  private async deliver(claim: Claim, channel: Channel, notification: Notification, contact: Contact): Promise<void> {
    let providerId: string;
    try {
      providerId = await this.callProvider(channel, notification, contact);
    } catch (error) {
      if (error instanceof RecipientRefused) return this.refuse(claim, channel, notification, contact, error.reason);
      const kind = error instanceof Error ? error.name : 'unknown';
      await this.repository.release(claim, kind);
      throw new SendFailed(channel, kind);
    }
    await this.repository.markSent(claim, providerId);
  }

  private async callProvider(channel: Channel, notification: Notification, contact: Contact): Promise<string> {
    return channel === 'SMS'
      ? this.sms.sendSMS(contact.phone ?? '', notification.message)
      : this.email.sendEmail({ to: contact.email, ...this.emailOf(notification, contact) });
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
    await this.users.recordRefusal(userId, field, contact[field] ?? '', reason);
    await this.repository.markRefused(claim, notification, reason);
    this.metrics.record(RECIPIENT_REFUSED, 1, { channel, reason });
    this.logger.warn({ userId, type, channel, reason }, 'Recipient refused, not retried');
  }

  private emailOf({ type, message, data }: Notification, { name }: Contact) {
    const { amount, orderId, resetId } = data;
    const token = typeof resetId === 'string' ? this.users.resetTokenOf(resetId) : undefined;
    return renderEmail(type, message, {
      ...data,
      name,
      api: this.config.publicUrl,
      ...(typeof orderId === 'string' && { orderNumber: orderNumberOf(orderId) }),
      ...(typeof amount === 'number' && { amount: formatMoney(amount, this.config.currency) }),
      ...(token !== undefined && { token, link: this.resetLink(token) }),
    });
  }

  /** Link to the page that takes a token, if `PASSWORD_RESET_URL` is set. */
  private resetLink(token: string): string | undefined {
    if (this.settings.passwordResetUrl === undefined) return undefined;
    const address = new URL(this.settings.passwordResetUrl);
    address.searchParams.set('token', token);
    return address.href;
  }
}
