import { Injectable } from '@nestjs/common';
import { addMinutes } from '../../kernel/calendar';
import type { PaymentId, UserId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { initialPaymentOf, orderIdOfSubscriptionPayment, OrderQueryService } from '../order';
import { addedLinesDebitOf, type Movement, orderDebitOf } from '../wallet';
import { CashOnDeliveryRepository } from './cash-on-delivery.repository';
import type { CashAccount } from './domain/cash-account';
import {
  failedRefundCreditOf,
  isGatewayPayment,
  type Payment,
  subscriptionPaymentOf,
  walletRefundOf,
  walletTopUpOf,
} from './domain/payment';
import { type CapturedCharge, PaymentGateway } from './payment.gateway';
import { PaymentRepository } from './payment.repository';

/** An event that is delayed for longer than this counts as lost. */
const MAX_EVENT_DELAY_MINUTES = 6 * 60;

/** Reads our payments and the charges of the gateway, for the reconciliation. Changes nothing. */
@Injectable()
export class PaymentAudit {
  constructor(
    private readonly repository: PaymentRepository,
    private readonly cashAccounts: CashOnDeliveryRepository,
    private readonly gateway: PaymentGateway,
    private readonly orders: OrderQueryService,
    private readonly clock: Clock,
  ) {}

  /** All payments, in no particular order. For the reconciliation only. */
  async scan(page: PageRequest): Promise<Page<Payment>> {
    return this.repository.scan(page);
  }

  /** All successful charges of the gateway. */
  capturedCharges(): AsyncIterable<CapturedCharge> {
    return this.gateway.capturedCharges();
  }

  /**
   * Payments by their ids, in the order of the ids; undefined where there is none. A subscriber records the payment of
   * a subscription's order, which can be late after a large run. In the first six hours, a missing one is derived from
   * the order.
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

  /** All accounts for cash on delivery, in no particular order. For the reconciliation only. */
  async scanCash(page: PageRequest): Promise<Page<CashAccount>> {
    return this.cashAccounts.scan(page);
  }

  /** The accounts for cash on delivery of some users, in their order; an empty one for a user without an account. */
  async cashOf(userIds: readonly UserId[]): Promise<CashAccount[]> {
    return this.cashAccounts.findAll(userIds);
  }

  /** The successful charge of a payment; undefined if there is none. */
  async capturedChargeOf(payment: Payment): Promise<CapturedCharge | undefined> {
    return isGatewayPayment(payment) ? this.gateway.capturedChargeOf(payment) : undefined;
  }
}

/** The movements that a payment has caused in its customer's wallet. A payment of 0 has caused none. */
export function walletMovementsOf(payment: Payment): readonly Movement[] {
  const hasSucceeded = payment.status === 'SUCCESS' || payment.status === 'REFUNDED';
  if (!hasSucceeded || payment.amount === 0) return [];
  if (payment.purpose === 'TOP_UP') return [walletTopUpOf(payment)];
  const { refund } = payment;
  if (refund?.to === 'WALLET') return [failedRefundCreditOf(payment, refund)];
  if (payment.method !== 'WALLET') return [];
  const { amount, addedAmount = 0 } = payment;
  const debits = [orderDebitOf({ ...payment, amount: amount - addedAmount })];
  if (addedAmount > 0) debits.push(addedLinesDebitOf({ ...payment, amount: addedAmount }));
  return payment.status === 'REFUNDED' ? [...debits, walletRefundOf(payment)] : debits;
}
