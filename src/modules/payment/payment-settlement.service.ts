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
import {
  eventFieldsOf,
  isGatewayPayment,
  type OrderPayment,
  type Payment,
  type PaymentStatus,
  summaryOf,
  type TopUp,
  walletRefundOf,
  walletTopUpOf,
} from './domain/payment';
import { type ChargeResult, PaymentGateway } from './payment.gateway';
import { PaymentChanged, PaymentRepository, PENDING_SHARDS } from './payment.repository';

/** The gateway is asked about what it has not told of after so many minutes. */
const RECONCILE_AFTER_MINUTES = 2;
const PAGE_SIZE = 50;
const CONCURRENCY = 8;

/** The order no longer waits for this payment. */
class OrderNotAwaitingPayment extends Error {}

/** Payments about which the gateway could not be asked. */
const PAYMENT_UNDECIDED = declareMetric('PaymentUndecided', { unit: 'Count', kind: 'count' });

/**
 * How payments end. The answer of the call, the webhook and the reconciliation may each settle one, in any order and
 * any number of times: the condition of the write lets only the first through.
 */
@Injectable()
export class PaymentSettlement {
  private readonly logger = new Logger(PaymentSettlement.name);

  constructor(
    private readonly repository: PaymentRepository,
    private readonly orders: OrderTransitions,
    private readonly wallets: WalletMovements,
    private readonly gateway: PaymentGateway,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Settles a gateway payment as the gateway has decided: the order is confirmed with it, or the wallet topped up. A
   * success that comes too late for its order is kept as such, and given back. Emits `payment.succeeded` and
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

  /** Only what the gateway calls the payment is new. */
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

  /** Gives the request its answer, when nothing else is to be written. */
  private async completeRequest(payment: Payment, idempotencyKey: IdempotentRequest | undefined): Promise<Payment> {
    const completion = this.idempotency.completeClaim(idempotencyKey, payment);
    if (completion) await this.transaction.commit([completion]);
    return payment;
  }

  /** Asks the gateway about payments it has left open; several tasks may do it at once. */
  async reconcile(): Promise<void> {
    const before = addMinutes(this.clock.now(), -RECONCILE_AFTER_MINUTES);
    const limit = pLimit(CONCURRENCY);
    for (let shard = 0; shard < PENDING_SHARDS; shard++) {
      const undecided = iteratePages(PAGE_SIZE, (page) => this.repository.findUndecided(shard, before, page));
      for await (const payments of undecided)
        await limit.map(payments, ({ paymentId }) => this.settleFromGateway(paymentId));
    }
  }

  /** Settles a payment as the gateway knows it. */
  async settleFromGateway(paymentId: PaymentId): Promise<void> {
    try {
      const payment = await this.repository.find(paymentId);
      if (!payment || !isGatewayPayment(payment)) return;
      const isOpen = payment.status === 'PENDING' || payment.status === 'FAILED';
      if (isOpen) await this.settle(payment, await this.gateway.resolve(payment));
    } catch (error) {
      this.logger.warn({ err: error, paymentId }, 'A payment stays undecided for now');
      this.metrics.record(PAYMENT_UNDECIDED, 1, { paymentId });
    }
  }

  /** Cash has changed hands at the door, or will not. Emits `payment.succeeded` or `payment.failed`. */
  async settleCash(payment: OrderPayment, status: 'SUCCESS' | 'FAILED', reason?: string): Promise<void> {
    const event =
      status === 'SUCCESS'
        ? ({ type: 'payment.succeeded', ...eventFieldsOf(payment) } as const)
        : ({ type: 'payment.failed', ...eventFieldsOf(payment), reason: reason ?? 'NOT_COLLECTED' } as const);
    await this.ignoreIfChanged(() =>
      this.transaction.commit(
        [this.repository.changeStatus(payment, ['PENDING'], status, reason), this.orderStatusWrite(payment, status)],
        [event],
      ),
    );
  }

  /** Gives a successful payment back to where it came from, once; emits `payment.refunded`. */
  async refund(payment: OrderPayment): Promise<void> {
    if (payment.status !== 'SUCCESS') return;
    if (isGatewayPayment(payment)) await this.gateway.refund(payment);
    const isWalletPayment = payment.method === 'WALLET';
    const refundWrites = [
      this.repository.changeStatus(payment, ['SUCCESS'], 'REFUNDED'),
      ...(isWalletPayment ? this.wallets.postingOf(payment.userId, [walletRefundOf(payment)]).writes : []),
    ];
    const event = { type: 'payment.refunded', ...eventFieldsOf(payment) } as const;
    await this.ignoreIfChanged(async () => {
      try {
        await this.transaction.commit([...refundWrites, this.orderStatusWrite(payment, 'REFUNDED')], [event]);
      } catch (error) {
        // The order has been paid by another payment since: its summary is not ours to write.
        if (!(error instanceof OrderNotAwaitingPayment)) throw error;
        await this.transaction.commit(refundWrites, [event]);
      }
    });
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

  /** It is never too late for a wallet. */
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
        this.repository.changeStatus(payment, ['PENDING'], 'FAILED', failureReason),
        payment.purpose === 'TOP_UP' ? undefined : this.orderStatusWrite(payment, 'FAILED'),
        this.idempotency.completeClaim(idempotencyKey, settled),
      ],
      [{ type: 'payment.failed', ...eventFieldsOf(payment), reason: failureReason }],
    );
    return settled;
  }

  /** The money came, but the order is gone: `payment.succeeded` says so, and its subscriber gives the money back. */
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
