import { Injectable } from '@nestjs/common';
import type { PublishedEvent } from '../../events/event-map';
import type {
  CancellationReason,
  OrderCancelled,
  OrderConfirmed,
  OrderDelivered,
  OrderLinesAdded,
} from '../../events/order.events';
import type { PaymentSucceeded } from '../../events/payment.events';
import type { OrderId } from '../../kernel/ids';
import { Subscribe } from '../../platform/events/subscribe';
import { OrderService } from '../order';
import type { OrderPayment } from './domain/payment';
import { PaymentRefund } from './payment-refund.service';
import { PaymentSettlement } from './payment-settlement.service';
import { PaymentService } from './payment.service';
import { SubscriptionPayments } from './subscription-payments.service';

@Injectable()
export class PaymentSubscribers {
  constructor(
    private readonly payments: PaymentService,
    private readonly subscriptionPayments: SubscriptionPayments,
    private readonly settlement: PaymentSettlement,
    private readonly refunds: PaymentRefund,
    private readonly orders: OrderService,
  ) {}

  /** A subscription's order is created with a summary of its payment. The payment itself is recorded here. */
  @Subscribe('order.confirmed', {
    as: 'payment.record_subscription_payment',
    aliases: ['PaymentSubscribers.keepDaily'],
  })
  async recordSubscriptionPayment({ orderId, subscriptionId }: PublishedEvent<OrderConfirmed>): Promise<void> {
    if (subscriptionId !== undefined) await this.subscriptionPayments.record(orderId);
  }

  @Subscribe('order.lines_added', { as: 'payment.record_added_lines' })
  async recordAddedLines({ orderId }: PublishedEvent<OrderLinesAdded>): Promise<void> {
    await this.subscriptionPayments.record(orderId);
  }

  @Subscribe('order.delivered', { as: 'payment.collect_cash', aliases: ['PaymentSubscribers.collectCash'] })
  async collectCash({ orderId }: PublishedEvent<OrderDelivered>): Promise<void> {
    const payment = await this.paymentOf(orderId);
    if (payment?.method === 'COD') await this.settlement.settleCash(payment, 'SUCCESS');
  }

  @Subscribe('order.cancelled', { as: 'payment.refund', aliases: ['PaymentSubscribers.giveBack'] })
  async refundCancelledOrder({ orderId, moneyBack, reason }: PublishedEvent<OrderCancelled>): Promise<void> {
    const payment = await this.paymentOf(orderId);
    const hasCashToCollect = payment?.method === 'COD' && payment.status !== 'SUCCESS';
    if (hasCashToCollect) await this.settlement.settleCash(payment, 'FAILED', uncollectedReason(reason));
    else if (payment && moneyBack) await this.refunds.refund(payment);
  }

  @Subscribe('payment.succeeded', {
    as: 'payment.refund_late',
    aliases: ['PaymentSubscribers.giveBackWhatCameTooLate'],
  })
  async refundLatePayment({ paymentId, tooLate }: PublishedEvent<PaymentSucceeded>): Promise<void> {
    if (tooLate) await this.refunds.refund(await this.payments.getOrderPayment(paymentId));
  }

  private async paymentOf(orderId: OrderId): Promise<OrderPayment | undefined> {
    const { payment, subscriptionId } = await this.orders.get(orderId);
    // The subscriber of `order.confirmed` may not have run yet.
    if (subscriptionId !== undefined) await this.subscriptionPayments.record(orderId);
    return payment && this.payments.getOrderPayment(payment.paymentId);
  }
}

/** Why no cash was collected: the delivery failed, or the order was cancelled. */
function uncollectedReason(reason: CancellationReason): string {
  return reason === 'DELIVERY_FAILED' ? reason : 'ORDER_CANCELLED';
}
