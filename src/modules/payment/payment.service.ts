import { Injectable, Logger } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import type { OrderId, PaymentId, UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import type { Caller } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { type Order, OrderChanges, OrderNotFound, OrderService, type Paying } from '../order';
import { WalletMovements } from '../wallet';
import {
  dailyPaymentOf,
  factsOf,
  type GatewayMethod,
  newPayment,
  newTopUp,
  type OrderPayment,
  type Payment,
  type PaymentMethod,
  summaryOf,
  walletDebitOf,
} from './payment';
import { AlreadyPaid, AmountMismatch, OrderNotPayable, PaymentInProgress, PaymentNotFound } from './payment.errors';
import { type Charge, PaymentGateway, type Verdict } from './payment.gateway';
import { PaymentExists, PaymentRepository } from './payment.repository';
import { PaymentSettlement } from './payment.settlement';

export interface Pay {
  readonly orderId: OrderId;
  readonly amount: MinorUnits;
  readonly paymentMethod: PaymentMethod;
  readonly paymentToken?: string;
}

export interface WantedTopUp {
  readonly amount: MinorUnits;
  readonly paymentMethod: GatewayMethod;
  readonly paymentToken?: string;
}

/** How long a customer waits for the gateway; what it decides later, webhook and reconciliation bring. */
const DEADLINE_MILLISECONDS = 10_000;

/** Paying for orders, and into wallets. Amounts in minor units. */
@Injectable()
export class PaymentService {
  private readonly logger = new Logger(PaymentService.name);

  constructor(
    private readonly repository: PaymentRepository,
    private readonly settlement: PaymentSettlement,
    private readonly gateway: PaymentGateway,
    private readonly orders: OrderService,
    private readonly changes: OrderChanges,
    private readonly wallets: WalletMovements,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly relay: OutboxRelay,
    private readonly clock: Clock,
  ) {}

  /**
   * Pays for an order, whole: by the gateway, from the wallet, or on delivery. A decline is a FAILED payment, no error;
   * a gateway that does not decide in time leaves it PENDING. `order.not_found`, `payment.amount_mismatch`,
   * `payment.already_paid`, `payment.in_progress`, `payment.order_not_payable`, `payment.token_required`,
   * `wallet.insufficient_balance`. Emits `order.confirmed`, `payment.succeeded`, `payment.failed`, `wallet.balance_low`.
   */
  async pay(caller: Caller, wanted: Pay, once?: IdempotentRequest): Promise<Payment> {
    return this.idempotency.run(
      once,
      () => this.payFor(caller, wanted, once),
      (paymentId) => this.get(paymentId),
    );
  }

  /**
   * Tops up a user's wallet through the gateway; what the answer may be is as in `pay`. Emits `wallet.topped_up`, or
   * `payment.failed`.
   */
  async topUp(
    userId: UserId,
    { amount, paymentMethod, paymentToken }: WantedTopUp,
    once?: IdempotentRequest,
  ): Promise<Payment> {
    return this.idempotency.run(
      once,
      async () => {
        this.gateway.check(paymentToken, paymentMethod);
        const payment = newTopUp({ userId, amount, method: paymentMethod }, this.clock.now());
        const { paymentId, method } = payment;
        await this.transaction.commit([this.idempotency.claim(once, paymentId), this.repository.create(payment)]);
        const verdict = await this.charge({ paymentId, amount, method, token: paymentToken });
        return this.settlement.settle(payment, verdict, once);
      },
      (paymentId) => this.get(paymentId),
    );
  }

  /** A payment of the caller's own, or any for an admin; else `payment.not_found`. */
  async view(paymentId: PaymentId, { userId, role }: Caller): Promise<Payment> {
    const payment = await this.get(paymentId);
    if (payment.userId !== userId && role !== 'ADMIN') throw new PaymentNotFound(paymentId);
    return payment;
  }

  /** `payment.not_found` when there is none. */
  async get(paymentId: PaymentId): Promise<Payment> {
    const payment = await this.repository.find(paymentId);
    if (!payment) throw new PaymentNotFound(paymentId);
    return payment;
  }

  /** A payment for an order; `payment.not_found` when there is none. */
  async ofOrder(paymentId: PaymentId): Promise<OrderPayment> {
    const payment = await this.get(paymentId);
    if (payment.purpose === 'TOP_UP') throw new PaymentNotFound(paymentId);
    return payment;
  }

  /** Keeps the payment that a subscription's order has brought with it; a second time is the same. */
  async keepDaily(orderId: OrderId): Promise<void> {
    const payment = dailyPaymentOf(await this.orders.get(orderId));
    if (!payment) return;
    try {
      await this.transaction.commit([this.repository.create(payment)]);
    } catch (error) {
      if (!(error instanceof PaymentExists)) throw error;
    }
  }

  /**
   * Takes a webhook: verifies it, keeps it, answers, and only then asks the gateway how the payment stands. What it
   * says itself is not believed, so duplicates, strangers and any order of arrival are harmless.
   * `payment.webhook_refused` when it is not the gateway's own, or too old.
   */
  async takeWebhook(rawBody: Buffer, headers: IncomingHttpHeaders): Promise<void> {
    const notice = this.gateway.read(rawBody, headers);
    await this.repository.keepWebhook(notice, rawBody.toString());
    const { paymentId } = notice;
    if (paymentId !== undefined) this.relay.runInBackground(() => this.settlement.ask(paymentId));
  }

  private async payFor(
    caller: Caller,
    { orderId, amount, paymentMethod, paymentToken }: Pay,
    once?: IdempotentRequest,
  ) {
    // Only an admin, who pays for somebody else, has to look who that is.
    const isAdmin = caller.role === 'ADMIN';
    const userId = isAdmin ? (await this.orders.get(orderId)).userId : caller.userId;
    const payment = newPayment({ orderId, userId, amount, method: paymentMethod }, this.clock.now());
    const paying = { orderId, amount, payer: isAdmin ? undefined : userId };
    const { paymentId, method } = payment;
    if (method === 'COD') return this.payOnDelivery(payment, paying, once);
    if (method === 'WALLET') return this.payFromWallet({ ...payment, status: 'SUCCESS' }, paying, once);
    this.gateway.check(paymentToken, method);
    await this.claim(payment, paying, once);
    return this.settlement.settle(payment, await this.charge({ paymentId, amount, method, token: paymentToken }), once);
  }

  /** One transaction, without a read before it; a second when the debit takes the balance below the threshold. */
  private async payFromWallet(
    payment: OrderPayment,
    paying: Paying,
    once: IdempotentRequest | undefined,
  ): Promise<Payment> {
    const { orderId, userId, amount } = payment;
    await this.wallets.move(userId, [walletDebitOf(payment)], ({ writes, events }) =>
      this.transaction.commit(
        [
          this.idempotency.recordResponse(once, payment),
          this.repository.create(payment),
          this.changes.payAndConfirm(paying, summaryOf(payment, 'SUCCESS'), (order) => whyNot(paying, order)),
          ...writes,
        ],
        [
          { type: 'payment.succeeded', ...factsOf(payment) },
          { type: 'order.confirmed', orderId, userId, amount },
          ...events,
        ],
      ),
    );
    return payment;
  }

  private async payOnDelivery(
    payment: OrderPayment,
    paying: Paying,
    once: IdempotentRequest | undefined,
  ): Promise<Payment> {
    const { orderId, userId, amount } = payment;
    await this.transaction.commit(
      [
        this.idempotency.recordResponse(once, payment),
        this.repository.create(payment),
        this.changes.payAndConfirm(paying, summaryOf(payment, 'PENDING'), (order) => whyNot(paying, order)),
      ],
      [{ type: 'order.confirmed', orderId, userId, amount }],
    );
    return payment;
  }

  private async claim(payment: OrderPayment, paying: Paying, once: IdempotentRequest | undefined): Promise<void> {
    await this.transaction.commit([
      this.idempotency.claim(once, payment.paymentId),
      this.repository.create(payment),
      this.changes.claimPayment(paying, summaryOf(payment, 'PENDING'), (order) => whyNot(paying, order)),
    ]);
  }

  /** A call that fails or takes too long may have charged all the same: the payment stays PENDING. */
  private async charge(charge: Charge): Promise<Verdict> {
    const signal = AbortSignal.timeout(DEADLINE_MILLISECONDS);
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    try {
      return await Promise.race([this.gateway.charge(charge), late]);
    } catch (error) {
      this.logger.warn({ err: error, paymentId: charge.paymentId }, 'The gateway has not decided');
      return { status: 'PENDING' };
    }
  }
}

/** Why an order could not be claimed for a payment. */
function whyNot({ orderId, payer, amount }: Paying, order: Order | undefined): Error {
  if (!order || (payer !== undefined && order.userId !== payer)) return new OrderNotFound(orderId);
  if (order.status === 'CANCELLED') return new OrderNotPayable(orderId);
  if (order.status !== 'CREATED') return new AlreadyPaid(orderId);
  if (order.amount !== amount) return new AmountMismatch(amount, order.amount);
  if (order.payment?.status === 'PENDING') return new PaymentInProgress(orderId, order.payment.paymentId);
  return new AlreadyPaid(orderId);
}
