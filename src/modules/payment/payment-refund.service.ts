import { Injectable, Logger } from '@nestjs/common';
import type { DomainEvent } from '../../events/event-map';
import { Clock } from '../../platform/clock';
import type { Write } from '../../platform/dynamo/write';
import { Transaction } from '../../platform/transaction/transaction';
import { OrderTransitions } from '../order';
import { WalletMovements } from '../wallet';
import {
  type GatewayPayment,
  isGatewayPayment,
  type OrderPayment,
  refundedEventOf,
  walletRefundOf,
} from './domain/payment';
import type { Refund } from './domain/refund';
import { ChargeDisputed, PaymentGateway } from './payment.gateway';
import { PaymentChanged, PaymentRepository } from './payment.repository';

/** Refunds the payments of orders. */
@Injectable()
export class PaymentRefund {
  private readonly logger = new Logger(PaymentRefund.name);

  constructor(
    private readonly repository: PaymentRepository,
    private readonly orders: OrderTransitions,
    private readonly wallets: WalletMovements,
    private readonly gateway: PaymentGateway,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  /**
   * Refunds a successful payment to its source, once. A disputed charge cannot be refunded: the bank decides, and the
   * payment stays SUCCESS. Emits `payment.refunded`.
   */
  async refund(payment: OrderPayment): Promise<void> {
    if (payment.status !== 'SUCCESS') return;
    let refund: Refund | undefined;
    try {
      if (isGatewayPayment(payment)) refund = await this.refundAtGateway(payment);
    } catch (error) {
      if (!(error instanceof ChargeDisputed)) throw error;
      this.logger.warn({ paymentId: payment.paymentId }, 'Charge is disputed, not refunded');
      await this.transaction.commit([this.repository.requestFollowUp(payment.paymentId)]);
      return;
    }
    const isWalletPayment = payment.method === 'WALLET';
    const refundWrites = [
      this.repository.recordRefunded(payment, refund),
      ...(isWalletPayment ? this.wallets.postingOf(payment.userId, [walletRefundOf(payment)]).writes : []),
    ];
    const event = refundedEventOf(payment, payment.refundReported ?? 0, payment.amount);
    try {
      await this.commitRefunded(payment, refundWrites, [event]);
    } catch (error) {
      // The follow-up of a webhook was faster, and may have recorded only a part.
      if (!(error instanceof PaymentChanged)) throw error;
      if (error.current?.status === 'SUCCESS') return this.refund(error.current as OrderPayment);
    }
  }

  /** Commits writes together with the new status in the order, unless another payment has paid the order since. */
  async commitRefunded(
    { orderId, paymentId }: OrderPayment,
    writes: readonly Write[],
    events: readonly DomainEvent[],
  ): Promise<void> {
    const notItsPayment = new Error('The order names another payment');
    try {
      const statusWrite = this.orders.recordPaymentStatus(orderId, paymentId, 'REFUNDED', () => notItsPayment);
      await this.transaction.commit([...writes, statusWrite], events);
    } catch (error) {
      if (error !== notItsPayment) throw error;
      await this.transaction.commit(writes, events);
    }
  }

  private async refundAtGateway(payment: GatewayPayment): Promise<Refund> {
    const status = await this.gateway.refund(payment);
    // A refund that has already failed is credited by the follow-up.
    const openStatus = status === 'FAILED' ? 'PENDING' : status;
    return { status: openStatus, to: 'SOURCE', amount: payment.amount, at: this.clock.now() };
  }
}
