import { Injectable } from '@nestjs/common';
import { addMinutes } from '../../kernel/calendar';
import type { PaymentId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { initialPaymentOf, orderIdOfSubscriptionPayment, OrderQueryService } from '../order';
import { type Movement, orderDebitOf } from '../wallet';
import { isGatewayPayment, type Payment, subscriptionPaymentOf, walletRefundOf, walletTopUpOf } from './domain/payment';
import { type CapturedCharge, PaymentGateway } from './payment.gateway';
import { PaymentRepository } from './payment.repository';

/** The longest that an event may be on its way without anybody having to be told. */
const MAX_EVENT_DELAY_MINUTES = 6 * 60;

/** Payments as the dairy has them, and charges as the gateway has them, for who compares the two. Changes nothing. */
@Injectable()
export class PaymentAudit {
  constructor(
    private readonly repository: PaymentRepository,
    private readonly gateway: PaymentGateway,
    private readonly orders: OrderQueryService,
    private readonly clock: Clock,
  ) {}

  /** For the books alone, which walk everything: all payments, in no order. */
  async scan(page: PageRequest): Promise<Page<Payment>> {
    return this.repository.scan(page);
  }

  /** All money that the gateway has taken. */
  capturedCharges(): AsyncIterable<CapturedCharge> {
    return this.gateway.capturedCharges();
  }

  /**
   * Payments by their ids, in the order asked; undefined where there is none. That of a daily order comes by an event
   * of the order, on a large evening only after a while: until then it is known from the order.
   */
  async findByIds(paymentIds: readonly PaymentId[]): Promise<(Payment | undefined)[]> {
    const found = await this.repository.findAll(paymentIds);
    const missing = paymentIds.filter((_, index) => found[index] === undefined);
    const orders = await this.orders.findByIds(missing.map(orderIdOfSubscriptionPayment));
    const recentlyCreatedAfter = addMinutes(this.clock.now(), -MAX_EVENT_DELAY_MINUTES);
    const expectedPayments = new Map<PaymentId, Payment>();
    for (const order of orders) {
      if (order === undefined || order.createdAt <= recentlyCreatedAfter) continue;
      const initial = initialPaymentOf(order);
      if (initial) expectedPayments.set(initial.paymentId, subscriptionPaymentOf(order, initial));
    }
    return paymentIds.map((paymentId, index) => found[index] ?? expectedPayments.get(paymentId));
  }

  /** What the gateway has taken for a payment; undefined when that is nothing. */
  async capturedChargeOf(payment: Payment): Promise<CapturedCharge | undefined> {
    return isGatewayPayment(payment) ? this.gateway.capturedChargeOf(payment) : undefined;
  }
}

/** All that a payment has moved in its customer's wallet by now. */
export function walletMovementsOf(payment: Payment): readonly Movement[] {
  const hasSucceeded = payment.status === 'SUCCESS' || payment.status === 'REFUNDED';
  if (!hasSucceeded) return [];
  if (payment.purpose === 'TOP_UP') return [walletTopUpOf(payment)];
  if (payment.method !== 'WALLET') return [];
  const debit = orderDebitOf(payment);
  return payment.status === 'REFUNDED' ? [debit, walletRefundOf(payment)] : [debit];
}
