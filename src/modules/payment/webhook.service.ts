import { Inject, Injectable, Logger } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import type { PaymentId } from '../../kernel/ids';
import { BackgroundTasks } from '../../platform/background-tasks';
import { Clock } from '../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { DomainError, Unavailable } from '../../platform/errors';
import { MinuteCounter } from '../../platform/http/minute-counter';
import { Transaction } from '../../platform/transaction/transaction';
import { WebhookRefused } from './domain/payment.errors';
import { PaymentFollowUp } from './payment-follow-up.service';
import { PaymentSettlement } from './payment-settlement.service';
import { PaymentGateway, type WebhookEvent } from './payment.gateway';
import { PaymentChanged, PaymentRepository } from './payment.repository';

const REFUSED_PER_MINUTE = 60;

/** Receives the webhooks of the gateway. */
@Injectable()
export class WebhookService {
  private readonly logger = new Logger(WebhookService.name);
  /** By client address. Every task counts on its own. */
  private readonly refused: MinuteCounter;

  constructor(
    private readonly repository: PaymentRepository,
    private readonly settlement: PaymentSettlement,
    private readonly followUps: PaymentFollowUp,
    private readonly gateway: PaymentGateway,
    private readonly transaction: Transaction,
    private readonly background: BackgroundTasks,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
    clock: Clock,
  ) {
    this.refused = new MinuteCounter(clock);
  }

  /**
   * Verifies and stores a webhook, and asks the gateway for the state of the payment in the background. The state in
   * the webhook itself is not trusted, so duplicates, unknown payments and any order of arrival are harmless. A payment
   * with a refund or a dispute is marked first, so that a crash does not lose it. `payment.webhook_refused` if it is not
   * from the gateway, or too old; `request.too_many` after 60 such webhooks in a minute from one address. `service.unavailable` if the gateway cannot say which payment it is about; the gateway
   * then sends it again.
   */
  async receive(rawBody: Buffer, headers: IncomingHttpHeaders, address: string): Promise<void> {
    const event = this.verify(rawBody, headers, address);
    await this.repository.saveWebhook(event);
    const paymentId = await this.paymentIdOf(event);
    if (paymentId === undefined) return;
    if (!event.isFollowUp) return this.background.run(() => this.settlement.settleFromGateway(paymentId));
    if (await this.requestFollowUp(paymentId)) this.background.run(() => this.followUps.followUp(paymentId));
  }

  /** Counts only what is not from the gateway, so that the gateway itself is never limited. */
  private verify(rawBody: Buffer, headers: IncomingHttpHeaders, address: string): WebhookEvent {
    try {
      return this.gateway.verifyWebhook(rawBody, headers);
    } catch (error) {
      if (error instanceof WebhookRefused && this.config.rateLimits) this.refused.add(address, REFUSED_PER_MINUTE);
      throw error;
    }
  }

  private async paymentIdOf({ paymentId, reference }: WebhookEvent): Promise<PaymentId | undefined> {
    if (paymentId !== undefined || reference === undefined) return paymentId;
    try {
      return await this.gateway.paymentIdOf(reference);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      this.logger.warn({ err: error, reference }, 'Payment of webhook not identified');
      throw new Unavailable();
    }
  }

  /** False if there is no such payment by card or UPI. */
  private async requestFollowUp(paymentId: PaymentId): Promise<boolean> {
    try {
      await this.transaction.commit([this.repository.requestFollowUp(paymentId)]);
      return true;
    } catch (error) {
      if (error instanceof PaymentChanged) return false;
      throw error;
    }
  }
}
