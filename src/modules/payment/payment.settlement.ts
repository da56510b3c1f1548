import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { addMinutes } from '../../kernel/calendar';
import type { OrderId, PaymentId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import { Metrics } from '../../platform/telemetry/metrics';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { OrderChanges } from '../order';
import { WalletMovements } from '../wallet';
import {
  factsOf,
  isByGateway,
  type OrderPayment,
  type Payment,
  type PaymentStatus,
  summaryOf,
  type TopUp,
  walletRefundOf,
  walletTopUpOf,
} from './payment';
import { PaymentGateway, type Verdict } from './payment.gateway';
import { PaymentChanged, PaymentRepository, PENDING_SHARDS } from './payment.repository';

/** The gateway is asked about what it has not told of after so many minutes. */
const ASKED_AFTER_MINUTES = 2;
const PAYMENTS_A_PAGE = 50;
const ASKED_AT_ONCE = 8;

/** The order no longer waits for this payment. */
class OrderMovedOn extends Error {}

/**
 * How payments end. The answer of the call, the webhook and the reconciliation may each settle one, in any order and
 * any number of times: the condition of the write lets only the first through.
 */
@Injectable()
export class PaymentSettlement {
  private readonly logger = new Logger(PaymentSettlement.name);

  constructor(
    private readonly repository: PaymentRepository,
    private readonly orders: OrderChanges,
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
  async settle(asked: Payment, verdict: Verdict, once?: IdempotentRequest): Promise<Payment> {
    const { status, reason, reference = asked.reference } = verdict;
    const payment = { ...asked, reference };
    try {
      if (status === 'FAILED') return await this.fail(payment, reason, once);
      if (status === 'PENDING') return await this.leaveOpen(asked, verdict, once);
      return await (payment.purpose === 'TOP_UP' ? this.topUp(payment, once) : this.succeed(payment, once));
    } catch (error) {
      if (!(error instanceof PaymentChanged) || !error.now) throw error;
      return this.finished(error.now, once);
    }
  }

  /** Only what the gateway calls the payment is new. */
  private async leaveOpen(
    payment: Payment,
    { reference, clientSecret }: Verdict,
    once?: IdempotentRequest,
  ): Promise<Payment> {
    if (!reference) return this.finished(payment, once);
    const open: Payment = { ...payment, reference, clientSecret };
    if (reference === payment.reference) return this.finished(open, once);
    await this.transaction.commit([
      this.repository.refer(payment.paymentId, reference),
      this.idempotency.completeClaim(once, open),
    ]);
    return open;
  }

  /** Gives the request its answer, when nothing else is to be written. */
  private async finished(payment: Payment, once: IdempotentRequest | undefined): Promise<Payment> {
    const finished = this.idempotency.completeClaim(once, payment);
    if (finished) await this.transaction.commit([finished]);
    return payment;
  }

  /** Asks the gateway about payments it has left open; several tasks may do it at once. */
  async reconcile(): Promise<void> {
    const before = addMinutes(this.clock.now(), -ASKED_AFTER_MINUTES);
    const limit = pLimit(ASKED_AT_ONCE);
    for (let shard = 0; shard < PENDING_SHARDS; shard++) {
      const undecided = iteratePages(PAYMENTS_A_PAGE, (page) => this.repository.undecided(shard, before, page));
      for await (const payments of undecided) await limit.map(payments, ({ paymentId }) => this.ask(paymentId));
    }
  }

  /** Settles a payment as the gateway knows it. */
  async ask(paymentId: PaymentId): Promise<void> {
    try {
      const payment = await this.repository.find(paymentId);
      if (!payment || !isByGateway(payment)) return;
      const isOpen = payment.status === 'PENDING' || payment.status === 'FAILED';
      if (isOpen) await this.settle(payment, await this.gateway.conclude(payment));
    } catch (error) {
      this.logger.warn({ err: error, paymentId }, 'A payment stays undecided for now');
      this.metrics.record('PaymentUndecided', 1, { paymentId });
    }
  }

  /** Cash has changed hands at the door, or will not. Emits `payment.succeeded` or `payment.failed`. */
  async settleCash(payment: OrderPayment, status: 'SUCCESS' | 'FAILED', reason?: string): Promise<void> {
    const event =
      status === 'SUCCESS'
        ? ({ type: 'payment.succeeded', ...factsOf(payment) } as const)
        : ({ type: 'payment.failed', ...factsOf(payment), reason: reason ?? 'NOT_COLLECTED' } as const);
    await this.unlessDone(() =>
      this.transaction.commit(
        [this.repository.move(payment, ['PENDING'], status, reason), this.noted(payment, status)],
        [event],
      ),
    );
  }

  /** Gives a successful payment back to where it came from, once; emits `payment.refunded`. */
  async refund(payment: OrderPayment): Promise<void> {
    if (payment.status !== 'SUCCESS') return;
    if (isByGateway(payment)) await this.gateway.refund(payment);
    const isOfWallet = payment.method === 'WALLET';
    const refunded = [
      this.repository.move(payment, ['SUCCESS'], 'REFUNDED'),
      ...(isOfWallet ? this.wallets.writesOf(payment.userId, [walletRefundOf(payment)]).writes : []),
    ];
    const event = { type: 'payment.refunded', ...factsOf(payment) } as const;
    await this.unlessDone(async () => {
      try {
        await this.transaction.commit([...refunded, this.noted(payment, 'REFUNDED')], [event]);
      } catch (error) {
        // The order has been paid by another payment since: its summary is not ours to write.
        if (!(error instanceof OrderMovedOn)) throw error;
        await this.transaction.commit(refunded, [event]);
      }
    });
  }

  private async succeed(payment: OrderPayment, once: IdempotentRequest | undefined): Promise<Payment> {
    const { orderId, userId, amount } = payment;
    const settled = successful(payment);
    try {
      await this.transaction.commit(
        [
          this.repository.move(payment, ['PENDING'], 'SUCCESS'),
          this.orders.confirmPaid(orderId, summaryOf(payment, 'SUCCESS'), () => new OrderMovedOn()),
          this.idempotency.completeClaim(once, settled),
        ],
        [
          { type: 'payment.succeeded', ...factsOf(payment) },
          { type: 'order.confirmed', orderId, userId, amount },
        ],
      );
      return settled;
    } catch (error) {
      const hasFailed = error instanceof PaymentChanged && error.now?.status === 'FAILED';
      if (!hasFailed && !(error instanceof OrderMovedOn)) throw error;
      return this.succeedTooLate(payment, once);
    }
  }

  /** It is never too late for a wallet. */
  private async topUp(payment: TopUp, once: IdempotentRequest | undefined): Promise<Payment> {
    const { paymentId, userId, amount } = payment;
    const settled = successful(payment);
    await this.transaction.commit(
      [
        this.repository.move(payment, ['PENDING', 'FAILED'], 'SUCCESS'),
        ...this.wallets.writesOf(userId, [walletTopUpOf(payment)]).writes,
        this.idempotency.completeClaim(once, settled),
      ],
      [{ type: 'wallet.topped_up', userId, paymentId, amount }],
    );
    return settled;
  }

  private async fail(
    payment: Payment,
    reason: string | undefined,
    once: IdempotentRequest | undefined,
  ): Promise<Payment> {
    const why = reason ?? 'DECLINED';
    const settled: Payment = { ...payment, status: 'FAILED', reason: why, version: payment.version + 1 };
    await this.transaction.commit(
      [
        this.repository.move(payment, ['PENDING'], 'FAILED', why),
        payment.purpose === 'TOP_UP' ? undefined : this.noted(payment, 'FAILED'),
        this.idempotency.completeClaim(once, settled),
      ],
      [{ type: 'payment.failed', ...factsOf(payment), reason: why }],
    );
    return settled;
  }

  /** The money came, but the order is gone: `payment.succeeded` says so, and its subscriber gives the money back. */
  private async succeedTooLate(payment: OrderPayment, once: IdempotentRequest | undefined): Promise<Payment> {
    const settled = successful(payment);
    await this.unlessDone(() =>
      this.transaction.commit(
        [
          this.repository.move(payment, ['PENDING', 'FAILED'], 'SUCCESS'),
          this.idempotency.completeClaim(once, settled),
        ],
        [{ type: 'payment.succeeded', ...factsOf(payment), tooLate: true }],
      ),
    );
    return (await this.repository.find(payment.paymentId)) ?? settled;
  }

  private noted({ orderId, paymentId }: { orderId: OrderId; paymentId: PaymentId }, status: PaymentStatus) {
    return this.orders.notePayment(orderId, paymentId, status, () => new OrderMovedOn());
  }

  private async unlessDone(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PaymentChanged)) throw error;
    }
  }
}

function successful(payment: Payment): Payment {
  return { ...payment, status: 'SUCCESS', reason: undefined, version: payment.version + 1 };
}
