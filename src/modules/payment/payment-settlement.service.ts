import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { addMinutes } from '../../kernel/calendar';
import type { OrderId, PaymentId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import { declareMetric, Metrics } from '../../platform/telemetry/metrics';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { OrderTransitions } from '../order';
import { WalletMovements } from '../wallet';
import { CashOnDeliveryRepository } from './cash-on-delivery.repository';
import { DeclineLimit } from './decline-limit.service';
import {
  eventFieldsOf,
  isGatewayPayment,
  type OrderPayment,
  type Payment,
  type PaymentStatus,
  summaryOf,
  type TopUp,
  walletTopUpOf,
} from './domain/payment';
import { type ChargeResult, PaymentGateway } from './payment.gateway';
import { PaymentChanged, PaymentRepository, PAYMENT_SHARDS } from './payment.repository';

/** Age at which a pending payment is looked up at the gateway. */
const RECONCILE_AFTER_MINUTES = 2;
const PAGE_SIZE = 50;
const CONCURRENCY = 8;

/** The order is not waiting for this payment. */
class OrderNotAwaitingPayment extends Error {}

/** Payments that could not be settled or followed up with their state at the gateway. */
export const PAYMENT_UNDECIDED = declareMetric('PaymentUndecided', { unit: 'Count', kind: 'count' });

/**
 * Settles payments. The response of the gateway, its webhook and the reconciliation may each settle a payment, in any
 * order and any number of times. The condition of the write lets only the first succeed.
 */
@Injectable()
export class PaymentSettlement {
  private readonly logger = new Logger(PaymentSettlement.name);

  constructor(
    private readonly repository: PaymentRepository,
    private readonly orders: OrderTransitions,
    private readonly wallets: WalletMovements,
    private readonly gateway: PaymentGateway,
    private readonly declines: DeclineLimit,
    private readonly cashAccounts: CashOnDeliveryRepository,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Settles a gateway payment as the gateway has decided. A success confirms the order, or tops up the wallet. A success
   * that comes too late for its order is recorded, and refunded by a subscriber. Emits `payment.succeeded` and
   * `order.confirmed`, or `wallet.topped_up`, or `payment.failed`.
   */
  async settle(original: Payment, result: ChargeResult, idempotencyKey?: IdempotentRequest): Promise<Payment> {
    const { status, reason, reference = original.reference } = result;
    const payment = { ...original, reference };
    try {
      if (status === 'FAILED') return await this.fail(payment, reason, idempotencyKey);
      if (status === 'PENDING') return await this.keepPending(original, result, idempotencyKey);
      return await (payment.purpose === 'TOP_UP'
        ? this.topUp(payment, idempotencyKey)
        : this.succeed(payment, idempotencyKey));
    } catch (error) {
      if (!(error instanceof PaymentChanged) || !error.current) throw error;
      return this.completeRequest(error.current, idempotencyKey);
    }
  }

  /** Stores the gateway's id of the payment, if it is new. */
  private async keepPending(
    payment: Payment,
    { reference, clientSecret }: ChargeResult,
    idempotencyKey?: IdempotentRequest,
  ): Promise<Payment> {
    if (!reference) return this.completeRequest(payment, idempotencyKey);
    const open: Payment = { ...payment, reference, clientSecret };
    if (reference === payment.reference) return this.completeRequest(open, idempotencyKey);
    await this.transaction.commit([
      this.repository.saveReference(payment.paymentId, reference),
      this.idempotency.completeClaim(idempotencyKey, open),
    ]);
    return open;
  }

  /** Stores the response for the idempotency key if nothing else has to be written. */
  private async completeRequest(payment: Payment, idempotencyKey: IdempotentRequest | undefined): Promise<Payment> {
    const completion = this.idempotency.completeClaim(idempotencyKey, payment);
    if (completion) await this.transaction.commit([completion]);
    return payment;
  }

  /** Settles pending payments with their status at the gateway. Several tasks may run it at once. */
  async reconcile(): Promise<void> {
    const before = addMinutes(this.clock.now(), -RECONCILE_AFTER_MINUTES);
    const limit = pLimit(CONCURRENCY);
    for (let shard = 0; shard < PAYMENT_SHARDS; shard++) {
      const undecided = iteratePages(PAGE_SIZE, (page) => this.repository.findUndecided(shard, before, page));
      for await (const payments of undecided)
        await limit.map(payments, ({ paymentId }) => this.settleFromGateway(paymentId));
    }
  }

  /** Settles a payment with its status at the gateway. Only logs an error: `reconcile` tries pending payments again. */
  async settleFromGateway(paymentId: PaymentId): Promise<void> {
    try {
      const payment = await this.repository.find(paymentId);
      if (!payment || !isGatewayPayment(payment)) return;
      const isOpen = payment.status === 'PENDING' || payment.status === 'FAILED';
      if (isOpen) await this.settle(payment, await this.gateway.resolve(payment));
    } catch (error) {
      this.logger.warn({ err: error, paymentId }, 'Payment not settled from gateway');
      this.metrics.record(PAYMENT_UNDECIDED, 1, { paymentId });
    }
  }

  /** Records that cash was collected on delivery, or will not be. Emits `payment.succeeded` or `payment.failed`. */
  async settleCash(payment: OrderPayment, status: 'SUCCESS' | 'FAILED', reason?: string): Promise<void> {
    const event =
      status === 'SUCCESS'
        ? ({ type: 'payment.succeeded', ...eventFieldsOf(payment) } as const)
        : ({ type: 'payment.failed', ...eventFieldsOf(payment), reason: reason ?? 'NOT_COLLECTED' } as const);
    await this.ignoreIfChanged(() =>
      this.transaction.commit(
        [
          this.repository.changeStatus(payment, ['PENDING'], status, { reason }),
          this.orderStatusWrite(payment, status),
          payment.cashCounted && this.cashAccounts.remove(payment, status === 'SUCCESS'),
        ],
        [event],
      ),
    );
  }

  private async succeed(payment: OrderPayment, idempotencyKey: IdempotentRequest | undefined): Promise<Payment> {
    const { orderId, userId, amount } = payment;
    const settled = succeeded(payment);
    try {
      await this.transaction.commit(
        [
          this.repository.changeStatus(payment, ['PENDING'], 'SUCCESS'),
          this.orders.confirmPaid(orderId, summaryOf(payment, 'SUCCESS'), () => new OrderNotAwaitingPayment()),
          this.idempotency.completeClaim(idempotencyKey, settled),
        ],
        [
          { type: 'payment.succeeded', ...eventFieldsOf(payment) },
          { type: 'order.confirmed', orderId, userId, amount },
        ],
      );
      return settled;
    } catch (error) {
      const hasFailed = error instanceof PaymentChanged && error.current?.status === 'FAILED';
      if (!hasFailed && !(error instanceof OrderNotAwaitingPayment)) throw error;
      return this.succeedLate(payment, idempotencyKey);
    }
  }

  /** A top-up is accepted even after it was recorded as FAILED. */
  private async topUp(payment: TopUp, idempotencyKey: IdempotentRequest | undefined): Promise<Payment> {
    const { paymentId, userId, amount } = payment;
    const settled = succeeded(payment);
    await this.transaction.commit(
      [
        this.repository.changeStatus(payment, ['PENDING', 'FAILED'], 'SUCCESS'),
        ...this.wallets.postingOf(userId, [walletTopUpOf(payment)]).writes,
        this.idempotency.completeClaim(idempotencyKey, settled),
      ],
      [{ type: 'wallet.topped_up', userId, paymentId, amount }],
    );
    return settled;
  }

  private async fail(
    payment: Payment,
    reason: string | undefined,
    idempotencyKey: IdempotentRequest | undefined,
  ): Promise<Payment> {
    const failureReason = reason ?? 'DECLINED';
    const settled: Payment = { ...payment, status: 'FAILED', reason: failureReason, version: payment.version + 1 };
    await this.transaction.commit(
      [
        this.repository.changeStatus(payment, ['PENDING'], 'FAILED', { reason: failureReason }),
        payment.purpose === 'TOP_UP' ? undefined : this.orderStatusWrite(payment, 'FAILED'),
        this.idempotency.completeClaim(idempotencyKey, settled),
      ],
      [{ type: 'payment.failed', ...eventFieldsOf(payment), reason: failureReason }],
    );
    await this.declines.recordFailure(settled);
    return settled;
  }

  /** The charge succeeded, but too late for its order. `payment.succeeded` says so, and its subscriber refunds it. */
  private async succeedLate(payment: OrderPayment, idempotencyKey: IdempotentRequest | undefined): Promise<Payment> {
    const settled = succeeded(payment);
    await this.ignoreIfChanged(() =>
      this.transaction.commit(
        [
          this.repository.changeStatus(payment, ['PENDING', 'FAILED'], 'SUCCESS'),
          this.idempotency.completeClaim(idempotencyKey, settled),
        ],
        [{ type: 'payment.succeeded', ...eventFieldsOf(payment), tooLate: true }],
      ),
    );
    return (await this.repository.find(payment.paymentId)) ?? settled;
  }

  private orderStatusWrite({ orderId, paymentId }: { orderId: OrderId; paymentId: PaymentId }, status: PaymentStatus) {
    return this.orders.recordPaymentStatus(orderId, paymentId, status, () => new OrderNotAwaitingPayment());
  }

  private async ignoreIfChanged(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PaymentChanged)) throw error;
    }
  }
}

function succeeded(payment: Payment): Payment {
  return { ...payment, status: 'SUCCESS', reason: undefined, version: payment.version + 1 };
}
