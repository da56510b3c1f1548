import { Injectable, Logger } from '@nestjs/common';
import type { OrderId, PaymentId, UserId } from '../../kernel/ids';
import type { MinorUnits } from '../../kernel/money';
import { type Caller, isOwnerOrAdmin } from '../../platform/auth/caller';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { type Order, OrderNotFound, OrderService, OrderTransitions, type PaymentClaim } from '../order';
import { orderDebitOf, WalletMovements } from '../wallet';
import { CashOnDelivery } from './cash-on-delivery.service';
import { DeclineLimit } from './decline-limit.service';
import { DisputeRepository } from './dispute.repository';
import { DISPUTE_STATES, type DisputedPayment, type DisputeState } from './domain/dispute';
import {
  eventFieldsOf,
  type GatewayMethod,
  newPayment,
  newTopUp,
  type OrderPayment,
  type Payment,
  type PaymentMethod,
  summaryOf,
} from './domain/payment';
import {
  AlreadyPaid,
  AmountMismatch,
  OrderNotPayable,
  PaymentInProgress,
  PaymentNotFound,
} from './domain/payment.errors';
import { PaymentSettlement } from './payment-settlement.service';
import { type ChargeRequest, type ChargeResult, PaymentGateway } from './payment.gateway';
import { PaymentRepository } from './payment.repository';

export interface PayOrder {
  readonly orderId: OrderId;
  readonly amount: MinorUnits;
  readonly paymentMethod: PaymentMethod;
  readonly paymentToken?: string;
  readonly clientAddress: string;
}

export interface TopUpWallet {
  readonly amount: MinorUnits;
  readonly paymentMethod: GatewayMethod;
  readonly paymentToken?: string;
  readonly clientAddress: string;
}

/** How long a request waits for the gateway. A later decision arrives by webhook or reconciliation. */
const DEADLINE_MILLISECONDS = 10_000;

/** Pays orders and tops up wallets. Amounts in minor units. */
@Injectable()
export class PaymentService {
  private readonly logger = new Logger(PaymentService.name);

  constructor(
    private readonly repository: PaymentRepository,
    private readonly disputes: DisputeRepository,
    private readonly settlement: PaymentSettlement,
    private readonly gateway: PaymentGateway,
    private readonly declines: DeclineLimit,
    private readonly cash: CashOnDelivery,
    private readonly orders: OrderService,
    private readonly transitions: OrderTransitions,
    private readonly wallets: WalletMovements,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /**
   * Pays an order in full: by the gateway, from the wallet, or on delivery. A decline is a FAILED payment, not an error.
   * If the gateway does not decide in time, the payment stays PENDING. An order of 0 is paid at once, whatever the
   * method. `order.not_found`, `payment.amount_mismatch`, `payment.already_paid`, `payment.in_progress`,
   * `payment.order_not_payable`, `payment.token_required`, `payment.too_many_failures`, `payment.cod_limit`,
   * `wallet.insufficient_balance`.
   * Emits `order.confirmed`, `payment.succeeded`, `payment.failed`, `wallet.balance_low`.
   */
  async pay(caller: Caller, request: PayOrder, idempotencyKey?: IdempotentRequest): Promise<Payment> {
    return this.idempotency.run(
      idempotencyKey,
      () => this.payFor(caller, request, idempotencyKey),
      (paymentId) => this.get(paymentId),
    );
  }

  /**
   * Tops up a user's wallet through the gateway. The payment may be FAILED or PENDING, as in `pay`.
   * `payment.token_required`, `payment.too_many_failures`. Emits `wallet.topped_up` or `payment.failed`.
   */
  async topUp(
    userId: UserId,
    { amount, paymentMethod, paymentToken, clientAddress }: TopUpWallet,
    idempotencyKey?: IdempotentRequest,
  ): Promise<Payment> {
    return this.idempotency.run(
      idempotencyKey,
      async () => {
        this.gateway.assertChargeable(paymentToken, paymentMethod);
        const payment = newTopUp({ userId, amount, method: paymentMethod }, this.clock.now());
        const { paymentId, method } = payment;
        return this.declines.limit(userId, clientAddress, async () => {
          await this.transaction.commit([
            this.idempotency.claim(idempotencyKey, paymentId),
            this.repository.create(payment),
          ]);
          const result = await this.charge({ paymentId, amount, method, token: paymentToken });
          return this.settlement.settle(payment, result, idempotencyKey);
        });
      },
      (paymentId) => this.get(paymentId),
    );
  }

  /** A payment of the caller, or any payment for an admin; else `payment.not_found`. */
  async view(paymentId: PaymentId, caller: Caller): Promise<Payment> {
    const payment = await this.get(paymentId);
    if (!isOwnerOrAdmin(caller, payment.userId)) throw new PaymentNotFound(paymentId);
    return payment;
  }

  /** `payment.not_found` if there is none. */
  async get(paymentId: PaymentId): Promise<Payment> {
    const payment = await this.repository.find(paymentId);
    if (!payment) throw new PaymentNotFound(paymentId);
    return payment;
  }

  /** A payment for an order; `payment.not_found` if there is none. */
  async getOrderPayment(paymentId: PaymentId): Promise<OrderPayment> {
    const payment = await this.get(paymentId);
    if (payment.purpose === 'TOP_UP') throw new PaymentNotFound(paymentId);
    return payment;
  }

  /** Disputes in a state, or all of them with the open ones first. Newest first. */
  async listDisputes(state: DisputeState | undefined, page: PageRequest): Promise<Page<DisputedPayment>> {
    return this.disputes.list(state === undefined ? DISPUTE_STATES : [state], page);
  }

  private async payFor(
    caller: Caller,
    { orderId, amount, paymentMethod, paymentToken, clientAddress }: PayOrder,
    idempotencyKey?: IdempotentRequest,
  ) {
    // An admin pays for the customer of the order. Customers can pay only their own orders, which the claim checks.
    const isAdmin = caller.role === 'ADMIN';
    const userId = isAdmin ? (await this.orders.get(orderId)).userId : caller.userId;
    const payment = newPayment({ orderId, userId, amount, method: paymentMethod }, this.clock.now());
    const claim = { orderId, amount, payer: isAdmin ? undefined : userId };
    const { paymentId, method } = payment;
    const isSettledAtOnce = method === 'WALLET' || amount === 0;
    if (isSettledAtOnce) return this.payAtOnce({ ...payment, status: 'SUCCESS' }, claim, idempotencyKey);
    if (method === 'COD') return this.payOnDelivery(payment, claim, idempotencyKey);
    this.gateway.assertChargeable(paymentToken, method);
    return this.declines.limit(userId, clientAddress, async () => {
      await this.claimOrder(payment, claim, idempotencyKey);
      const result = await this.charge({ paymentId, amount, method, token: paymentToken });
      return this.settlement.settle(payment, result, idempotencyKey);
    });
  }

  /**
   * Pays from the wallet. An order of 0 is paid in the same way, whatever the method: a movement of 0 writes nothing, so
   * it needs no balance, gateway or cash. One transaction without a read. If the debit crosses the low-balance
   * threshold, it is tried again with the wallet that the failed write returned.
   */
  private async payAtOnce(
    payment: OrderPayment,
    claim: PaymentClaim,
    idempotencyKey: IdempotentRequest | undefined,
  ): Promise<Payment> {
    const { orderId, userId, amount } = payment;
    await this.wallets.post(userId, [orderDebitOf(payment)], ({ writes, events }) =>
      this.transaction.commit(
        [
          this.idempotency.recordResponse(idempotencyKey, payment),
          this.repository.create(payment),
          this.transitions.payAndConfirm(claim, summaryOf(payment, 'SUCCESS'), (order) => refusalOf(claim, order)),
          ...writes,
        ],
        [
          { type: 'payment.succeeded', ...eventFieldsOf(payment) },
          { type: 'order.confirmed', orderId, userId, amount },
          ...events,
        ],
      ),
    );
    return payment;
  }

  private async payOnDelivery(
    payment: OrderPayment,
    claim: PaymentClaim,
    idempotencyKey: IdempotentRequest | undefined,
  ): Promise<Payment> {
    const { orderId, userId, amount } = payment;
    const counted: OrderPayment = { ...payment, cashCounted: true };
    await this.cash.commitWithinLimit(counted, (countWrite) =>
      this.transaction.commit(
        [
          this.idempotency.recordResponse(idempotencyKey, payment),
          this.repository.create(counted),
          this.transitions.payAndConfirm(claim, summaryOf(payment, 'PENDING'), (order) => refusalOf(claim, order)),
          countWrite,
        ],
        [{ type: 'order.confirmed', orderId, userId, amount }],
      ),
    );
    return payment;
  }

  private async claimOrder(
    payment: OrderPayment,
    claim: PaymentClaim,
    idempotencyKey: IdempotentRequest | undefined,
  ): Promise<void> {
    await this.transaction.commit([
      this.idempotency.claim(idempotencyKey, payment.paymentId),
      this.repository.create(payment),
      this.transitions.claimPayment(claim, summaryOf(payment, 'PENDING'), (order) => refusalOf(claim, order)),
    ]);
  }

  /** A call that fails or times out may still have charged the customer, so the payment stays PENDING. */
  private async charge(request: ChargeRequest): Promise<ChargeResult> {
    const signal = AbortSignal.timeout(DEADLINE_MILLISECONDS);
    const timeout = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    try {
      return await Promise.race([this.gateway.charge(request), timeout]);
    } catch (error) {
      this.logger.warn({ err: error, paymentId: request.paymentId }, 'No decision from gateway, payment pending');
      return { status: 'PENDING' };
    }
  }
}

/** Why an order could not be claimed for a payment. */
function refusalOf({ orderId, payer, amount }: PaymentClaim, order: Order | undefined): Error {
  if (!order || (payer !== undefined && order.userId !== payer)) return new OrderNotFound(orderId);
  if (order.status === 'CANCELLED') return new OrderNotPayable(orderId);
  if (order.status !== 'CREATED') return new AlreadyPaid(orderId);
  if (order.amount !== amount) return new AmountMismatch(amount, order.amount);
  if (order.payment?.status === 'PENDING') return new PaymentInProgress(orderId, order.payment.paymentId);
  return new AlreadyPaid(orderId);
}
