import { Injectable } from '@nestjs/common';
import type { DeliveryUpdated } from '../../events/delivery.events';
import type { Emitted } from '../../events/event-map';
import type { OrderCancelled, OrderConfirmed } from '../../events/order.events';
import type { PaymentFailed } from '../../events/payment.events';
import type {
  SubscriptionCreated,
  SubscriptionOccurrenceSkipped,
  SubscriptionPaused,
} from '../../events/subscription.events';
import type { PasswordResetRequested, UserRegistered } from '../../events/user.events';
import type { WalletBalanceLow } from '../../events/wallet.events';
import { Subscribe } from '../../platform/events/subscribe';
import {
  deliverySkipped,
  deliveryUpdate,
  lowBalance,
  type Notification,
  orderCancelled,
  orderConfirmed,
  passwordReset,
  paymentFailed,
  subscriptionCreated,
  subscriptionPaused,
  welcome,
} from './notification';
import { NotificationService } from './notification.service';

@Injectable()
export class NotificationSubscribers {
  constructor(private readonly notifications: NotificationService) {}

  @Subscribe('user.registered')
  async welcome(event: Emitted<UserRegistered>): Promise<void> {
    const name = await this.notifications.nameOf(event.userId);
    await this.tell(name === undefined ? undefined : welcome(event, name));
  }

  @Subscribe('user.password_reset_requested')
  async passwordReset(event: Emitted<PasswordResetRequested>): Promise<void> {
    await this.tell(passwordReset(event));
  }

  @Subscribe('order.confirmed')
  async orderConfirmed(event: Emitted<OrderConfirmed>): Promise<void> {
    await this.tell(orderConfirmed(event));
  }

  @Subscribe('order.cancelled')
  async orderCancelled(event: Emitted<OrderCancelled>): Promise<void> {
    await this.tell(orderCancelled(event));
  }

  @Subscribe('payment.failed')
  async paymentFailed(event: Emitted<PaymentFailed>): Promise<void> {
    await this.tell(paymentFailed(event));
  }

  @Subscribe('wallet.balance_low')
  async lowBalance(event: Emitted<WalletBalanceLow>): Promise<void> {
    await this.tell(lowBalance(event, this.notifications.currency));
  }

  @Subscribe('subscription.occurrence_skipped')
  async deliverySkipped(event: Emitted<SubscriptionOccurrenceSkipped>): Promise<void> {
    await this.tell(deliverySkipped(event, this.notifications.retryUntil));
  }

  @Subscribe('delivery.updated')
  async deliveryUpdate(event: Emitted<DeliveryUpdated>): Promise<void> {
    await this.tell(deliveryUpdate(event));
  }

  @Subscribe('subscription.created')
  async subscriptionCreated(event: Emitted<SubscriptionCreated>): Promise<void> {
    await this.tell(subscriptionCreated(event));
  }

  @Subscribe('subscription.paused')
  async subscriptionPaused(event: Emitted<SubscriptionPaused>): Promise<void> {
    await this.tell(subscriptionPaused(event));
  }

  private async tell(notification: Notification | undefined): Promise<void> {
    if (notification) await this.notifications.publish(notification);
  }
}
