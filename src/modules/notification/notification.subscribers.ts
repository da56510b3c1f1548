import { Injectable } from '@nestjs/common';
import type { DeliveryUpdated } from '../../events/delivery.events';
import type { PublishedEvent } from '../../events/event-map';
import type { OrderCancelled, OrderConfirmed, OrderLinesAdded } from '../../events/order.events';
import type { CreditNoteReady, InvoiceReady } from '../../events/invoice.events';
import type { PaymentFailed, PaymentRefundFailed } from '../../events/payment.events';
import type {
  SubscriptionCreated,
  SubscriptionDayDecided,
  SubscriptionOccurrenceSkipped,
  SubscriptionPaused,
} from '../../events/subscription.events';
import type {
  EmailVerificationRequested,
  PasswordChanged,
  PasswordResetRequested,
  SecondFactorActivated,
  SecondFactorRemoved,
  UserInvited,
  UserRegistered,
} from '../../events/user.events';
import type { WalletBalanceLow } from '../../events/wallet.events';
import { Subscribe } from '../../platform/events/subscribe';
import { OrderQueryService, OrderService } from '../order';
import {
  dayDecided,
  deliverySkipped,
  deliveryUpdate,
  emailVerification,
  invitation,
  creditNoteReady,
  invoiceReady,
  isNews,
  lowBalance,
  orderCancelled,
  orderConfirmed,
  orderLinesAdded,
  passwordChanged,
  passwordReset,
  paymentFailed,
  refundFailed,
  secondFactorChanged,
  subscriptionCreated,
  subscriptionPaused,
  welcome,
} from './domain/event-notifications';
import { nameInMailTo } from './domain/name-in-mail';
import type { Draft } from './domain/notification';
import { NotificationService } from './notification.service';

@Injectable()
export class NotificationSubscribers {
  constructor(
    private readonly notifications: NotificationService,
    private readonly orders: OrderService,
    private readonly orderQueries: OrderQueryService,
  ) {}

  @Subscribe('user.registered', { as: 'notification.send_welcome', aliases: ['NotificationSubscribers.welcome'] })
  async welcome(event: PublishedEvent<UserRegistered>): Promise<void> {
    const contact = await this.notifications.contactOf(event.userId);
    if (contact) await this.notifications.publish(welcome(event), nameInMailTo(contact));
  }

  @Subscribe('user.email_verification_requested', { as: 'notification.send_email_verification' })
  async emailVerification(event: PublishedEvent<EmailVerificationRequested>): Promise<void> {
    await this.publish(emailVerification(event));
  }

  @Subscribe('user.invited', { as: 'notification.send_invitation' })
  async invitation(event: PublishedEvent<UserInvited>): Promise<void> {
    await this.publish(invitation(event));
  }

  @Subscribe('user.password_reset_requested', {
    as: 'notification.send_password_reset',
    aliases: ['NotificationSubscribers.passwordReset'],
  })
  async passwordReset(event: PublishedEvent<PasswordResetRequested>): Promise<void> {
    await this.publish(passwordReset(event));
  }

  @Subscribe('user.password_changed', { as: 'notification.send_password_changed' })
  async passwordChanged(event: PublishedEvent<PasswordChanged>): Promise<void> {
    await this.publish(passwordChanged(event));
  }

  @Subscribe('user.second_factor_activated', { as: 'notification.send_second_factor_activated' })
  async secondFactorActivated(event: PublishedEvent<SecondFactorActivated>): Promise<void> {
    await this.publish(secondFactorChanged(event));
  }

  @Subscribe('user.second_factor_removed', { as: 'notification.send_second_factor_removed' })
  async secondFactorRemoved(event: PublishedEvent<SecondFactorRemoved>): Promise<void> {
    await this.publish(secondFactorChanged(event));
  }

  @Subscribe('order.confirmed', {
    as: 'notification.send_order_confirmed',
    aliases: ['NotificationSubscribers.orderConfirmed'],
  })
  async orderConfirmed(event: PublishedEvent<OrderConfirmed>): Promise<void> {
    if (event.isAnnounced) return;
    // An order from a subscription has them in its event.
    const details = event.deliverySlot ? undefined : (await this.orders.findAll([event.orderId])).get(event.orderId);
    await this.publish(orderConfirmed(event, details));
  }

  @Subscribe('order.lines_added', { as: 'notification.send_order_lines_added' })
  async orderLinesAdded(event: PublishedEvent<OrderLinesAdded>): Promise<void> {
    if (!event.isAnnounced) await this.publish(orderLinesAdded(event));
  }

  @Subscribe('order.cancelled', {
    as: 'notification.send_order_cancelled',
    aliases: ['NotificationSubscribers.orderCancelled'],
  })
  async orderCancelled(event: PublishedEvent<OrderCancelled>): Promise<void> {
    await this.publish(orderCancelled(event));
  }

  @Subscribe('payment.failed', {
    as: 'notification.send_payment_failed',
    aliases: ['NotificationSubscribers.paymentFailed'],
  })
  async paymentFailed(event: PublishedEvent<PaymentFailed>): Promise<void> {
    await this.publish(paymentFailed(event));
  }

  @Subscribe('payment.refund_failed', { as: 'notification.send_refund_failed' })
  async refundFailed(event: PublishedEvent<PaymentRefundFailed>): Promise<void> {
    await this.publish(refundFailed(event));
  }

  @Subscribe('invoice.ready', { as: 'notification.send_invoice_ready' })
  async invoiceReady(event: PublishedEvent<InvoiceReady>): Promise<void> {
    await this.publish(invoiceReady(event));
  }

  @Subscribe('credit_note.ready', { as: 'notification.send_credit_note' })
  async creditNoteReady(event: PublishedEvent<CreditNoteReady>): Promise<void> {
    await this.publish(creditNoteReady(event));
  }

  @Subscribe('wallet.balance_low', {
    as: 'notification.send_low_balance',
    aliases: ['NotificationSubscribers.lowBalance'],
  })
  async lowBalance(event: PublishedEvent<WalletBalanceLow>): Promise<void> {
    await this.publish(lowBalance(event));
  }

  @Subscribe('subscription.occurrence_skipped', {
    as: 'notification.send_delivery_skipped',
    aliases: ['NotificationSubscribers.deliverySkipped'],
  })
  async deliverySkipped(event: PublishedEvent<SubscriptionOccurrenceSkipped>): Promise<void> {
    if (!event.isAnnounced) await this.publish(deliverySkipped(event));
  }

  @Subscribe('subscription.day_decided', { as: 'notification.send_day_decided' })
  async dayDecided(event: PublishedEvent<SubscriptionDayDecided>): Promise<void> {
    await this.publish(dayDecided(event));
  }

  @Subscribe('delivery.updated', {
    as: 'notification.send_delivery_update',
    aliases: ['NotificationSubscribers.deliveryUpdate'],
  })
  async deliveryUpdate(event: PublishedEvent<DeliveryUpdated>): Promise<void> {
    if (!isNews(event)) return;
    const orders = await this.orderQueries.findAtSlot(event.userId, event.deliverySlot);
    await this.publish(deliveryUpdate(event, orders));
  }

  @Subscribe('subscription.created', {
    as: 'notification.send_subscription_created',
    aliases: ['NotificationSubscribers.subscriptionCreated'],
  })
  async subscriptionCreated(event: PublishedEvent<SubscriptionCreated>): Promise<void> {
    await this.publish(subscriptionCreated(event));
  }

  @Subscribe('subscription.paused', {
    as: 'notification.send_subscription_paused',
    aliases: ['NotificationSubscribers.subscriptionPaused'],
  })
  async subscriptionPaused(event: PublishedEvent<SubscriptionPaused>): Promise<void> {
    await this.publish(subscriptionPaused(event));
  }

  private async publish(draft: Draft | undefined): Promise<void> {
    if (draft) await this.notifications.publish(draft);
  }
}
