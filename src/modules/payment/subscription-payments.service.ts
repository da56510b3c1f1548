import { Injectable } from '@nestjs/common';
import type { OrderId } from '../../kernel/ids';
import type { Write } from '../../platform/dynamo/write';
import { Transaction } from '../../platform/transaction/transaction';
import { initialPaymentOf, OrderService } from '../order';
import { CashAccountRefused, CashOnDeliveryRepository } from './cash-on-delivery.repository';
import { type OrderPayment, subscriptionPaymentOf } from './domain/payment';
import { PaymentChanged, PaymentExists, PaymentRepository } from './payment.repository';

/** Records the payments that the orders of subscriptions were created with. */
@Injectable()
export class SubscriptionPayments {
  constructor(
    private readonly repository: PaymentRepository,
    private readonly cashAccounts: CashOnDeliveryRepository,
    private readonly orders: OrderService,
    private readonly transaction: Transaction,
  ) {}

  /** Records the payment of a subscription's order, including lines that were added to it. Safe to repeat. */
  async record(orderId: OrderId): Promise<void> {
    const order = await this.orders.get(orderId);
    const initial = initialPaymentOf(order);
    if (!initial) return;
    const payment = subscriptionPaymentOf(order, initial);
    try {
      await (payment.status === 'PENDING' ? this.createCash(payment) : this.create(payment));
    } catch (error) {
      if (!(error instanceof PaymentExists)) throw error;
      if (order.addedAmount !== undefined) await this.addLines(payment, error.existing);
    }
  }

  private async create(payment: OrderPayment, countWrite?: Write): Promise<void> {
    await this.transaction.commit([this.repository.create(payment), countWrite]);
  }

  /** The order exists, so its payment is counted whatever the limit, unless the account cannot name one more. */
  private async createCash(payment: OrderPayment): Promise<void> {
    try {
      await this.create({ ...payment, cashCounted: true }, this.cashAccounts.add(payment));
    } catch (error) {
      if (!(error instanceof CashAccountRefused)) throw error;
      await this.create(payment);
    }
  }

  private async addLines(payment: OrderPayment, existing: OrderPayment): Promise<void> {
    const { addedAmount = 0 } = payment;
    const raiseWrite = existing.cashCounted ? this.cashAccounts.raise(payment, addedAmount) : undefined;
    try {
      await this.transaction.commit([this.repository.addLines(payment), raiseWrite]);
    } catch (error) {
      if (!(error instanceof PaymentChanged)) throw error;
    }
  }
}
