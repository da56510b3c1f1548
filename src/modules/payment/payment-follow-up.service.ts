import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import type { DomainEvent } from '../../events/event-map';
import type { PaymentId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { iteratePages } from '../../platform/dynamo/cursor';
import { retryOnConflict } from '../../platform/dynamo/retry-on-conflict';
import type { Write } from '../../platform/dynamo/write';
import { declareMetric, Metrics } from '../../platform/telemetry/metrics';
import { Transaction } from '../../platform/transaction/transaction';
import { WalletMovements } from '../wallet';
import { DisputeRepository } from './dispute.repository';
import { currentDispute, type GatewayDispute } from './domain/dispute';
import {
  eventFieldsOf,
  failedRefundCreditOf,
  type GatewayPayment,
  isGatewayPayment,
  refundedEventOf,
} from './domain/payment';
import { isRefundedInFull, refundOf, refundReportedWith } from './domain/refund';
import { PaymentRefund } from './payment-refund.service';
import { PAYMENT_UNDECIDED, PaymentSettlement } from './payment-settlement.service';
import { type ChargeFollowUp, PaymentGateway } from './payment.gateway';
import { PAYMENT_SHARDS, PaymentChanged, PaymentRepository } from './payment.repository';

const PAGE_SIZE = 50;
const CONCURRENCY = 8;

/** Disputes seen for the first time. */
const PAYMENT_DISPUTED = declareMetric('PaymentDisputed', { unit: 'Count', kind: 'count' });

/**
 * Follows a charge after it succeeded: refunds that fail, refunds made by hand at the gateway, and disputes. The state
 * is always read from the gateway, so webhooks may be repeated, late, lost or out of order.
 */
@Injectable()
export class PaymentFollowUp {
  private readonly logger = new Logger(PaymentFollowUp.name);

  constructor(
    private readonly repository: PaymentRepository,
    private readonly disputes: DisputeRepository,
    private readonly settlement: PaymentSettlement,
    private readonly refunds: PaymentRefund,
    private readonly wallets: WalletMovements,
    private readonly gateway: PaymentGateway,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Follows up payments that are due: requested by a webhook, or with an open refund or dispute. Safe to run twice. */
  async runDue(): Promise<void> {
    const limit = pLimit(CONCURRENCY);
    for (let shard = 0; shard < PAYMENT_SHARDS; shard++) {
      const due = iteratePages(PAGE_SIZE, (page) => this.repository.findDueFollowUps(shard, page));
      for await (const payments of due) await limit.map(payments, ({ paymentId }) => this.followUp(paymentId));
    }
  }

  /**
   * Records what has become of a successful charge. A failed refund is credited to the wallet, once. Only logs an error:
   * the payment stays due, so `runDue` tries again. Emits `payment.refund_failed` and `payment.refunded`.
   */
  async followUp(paymentId: PaymentId): Promise<void> {
    try {
      // The webhook about a refund may overtake the one about the charge.
      await this.settlement.settleFromGateway(paymentId);
      await retryOnConflict(PaymentChanged, () => this.recordState(paymentId));
    } catch (error) {
      this.logger.warn({ err: error, paymentId }, 'Payment not followed up');
      this.metrics.record(PAYMENT_UNDECIDED, 1, { paymentId });
    }
  }

  private async recordState(paymentId: PaymentId): Promise<void> {
    const payment = await this.repository.find(paymentId);
    // A pending payment stays due until the gateway has decided.
    if (!payment || !isGatewayPayment(payment) || payment.status === 'PENDING') return;
    const hasFailed = payment.status === 'FAILED';
    await this.record(payment, hasFailed ? { refunds: [], disputes: [] } : await this.gateway.followUp(payment));
  }

  private async record(payment: GatewayPayment, { refunds, disputes }: ChargeFollowUp): Promise<void> {
    const now = this.clock.now();
    const refund = refundOf(payment, refunds, now) ?? payment.refund;
    const dispute = currentDispute(payment.dispute, disputes, now);
    const isRefunded = payment.status === 'SUCCESS' && refund !== undefined && isRefundedInFull(payment, refund);
    const reported = refundReportedWith(payment, undefined);
    const refundedTotal = refundReportedWith(payment, refund);
    const followed: GatewayPayment = {
      ...payment,
      ...{ refund, dispute, status: isRefunded ? 'REFUNDED' : payment.status },
      ...(refundedTotal > 0 && { refundReported: refundedTotal }),
    };
    const writes: Write[] = [
      this.repository.recordFollowUp(followed),
      ...disputes.map((one) => this.disputes.save(payment, one, now)),
    ];
    const events: DomainEvent[] = [];
    if (refund?.to === 'WALLET' && payment.refund?.to !== 'WALLET') {
      writes.push(...this.wallets.postingOf(payment.userId, [failedRefundCreditOf(payment, refund)]).writes);
      events.push({ type: 'payment.refund_failed', ...eventFieldsOf(payment), credited: refund.amount });
    }
    if (payment.purpose !== 'TOP_UP' && refundedTotal > reported) {
      events.unshift(refundedEventOf(payment, reported, refundedTotal));
    }
    if (isRefunded && payment.purpose !== 'TOP_UP') {
      await this.refunds.commitRefunded(payment, writes, events);
    } else {
      await this.transaction.commit(writes, events);
    }
    this.reportNewDisputes(payment, disputes);
  }

  private reportNewDisputes({ paymentId, dispute: known }: GatewayPayment, disputes: readonly GatewayDispute[]): void {
    for (const { disputeId, amount, reason, openedAt } of disputes) {
      if (known && (disputeId === known.disputeId || openedAt < known.openedAt)) continue;
      this.logger.warn({ paymentId, disputeId, amount, reason }, 'Payment disputed');
      this.metrics.record(PAYMENT_DISPUTED, 1, { paymentId, disputeId });
    }
  }
}
