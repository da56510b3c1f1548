import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/calendar';
import { type PaymentId, shardOf } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { type Read, readItem } from '../../platform/dynamo/read';
import { type Item, put, update, type Write } from '../../platform/dynamo/write';
import { nextFollowUp } from './domain/follow-up';
import { isGatewayPayment, type OrderPayment, type Payment, type PaymentStatus } from './domain/payment';
import type { Refund } from './domain/refund';
import type { WebhookEvent } from './payment.gateway';
import { paymentTable, webhookTable } from './payment.schema';

export const PAYMENT_SHARDS = 4;
const WEBHOOKS_KEPT_SECONDS = 90 * 24 * 60 * 60;

/** The payment is not in the status that the write expected. */
export class PaymentChanged extends Error {
  constructor(readonly current: Payment | undefined) {
    super('The payment is in another status');
  }
}

export class PaymentExists extends Error {
  constructor(readonly existing: OrderPayment) {
    super(`Payment ${existing.paymentId} already exists`);
  }
}

/** Payments and received webhooks. */
@Injectable()
export class PaymentRepository {
  private readonly payments: string;
  private readonly webhooks: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.payments = database.tableName(paymentTable);
    this.webhooks = database.tableName(webhookTable);
  }

  async find(paymentId: PaymentId): Promise<Payment | undefined> {
    return this.database.get(this.readOf(paymentId));
  }

  /** Payments by their ids; undefined where there is none. */
  async findAll(paymentIds: readonly PaymentId[]): Promise<(Payment | undefined)[]> {
    return this.database.batchGet(paymentIds.map((paymentId) => this.readOf(paymentId)));
  }

  private readOf(paymentId: PaymentId): Read<Payment | undefined> {
    return readItem<Payment>(this.payments, { paymentId });
  }

  /** All payments, in no particular order. */
  async scan(page: PageRequest): Promise<Page<Payment>> {
    return this.database.scanPage<Payment>(this.payments, page);
  }

  create(payment: Payment): Write {
    const pending = isGatewayPayment(payment) ? String(shardOf(payment.paymentId, PAYMENT_SHARDS)) : undefined;
    return put(
      this.payments,
      { ...payment, pending },
      { condition: 'attribute_not_exists(paymentId)' },
      (old) => new PaymentExists((old ?? payment) as OrderPayment),
    );
  }

  /** Changes the status if it is one of `from`; else `PaymentChanged`. Also stores the reference, if known. */
  changeStatus(
    { paymentId, reference }: Payment,
    from: readonly PaymentStatus[],
    to: PaymentStatus,
    { reason }: { reason?: string } = {},
  ): Write {
    return update(
      this.payments,
      { paymentId },
      {
        set: { '#status': to, reason, reference },
        add: { version: 1 },
        remove: ['pending', ...(reason === undefined ? ['reason'] : [])],
      },
      {
        condition: `#status IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
        names: { status: 'status' },
        values: Object.fromEntries(from.map((status, index) => [`from${index}`, status])),
      },
      (old) => new PaymentChanged(old as Payment | undefined),
    );
  }

  /** Refunds a successful payment in full. `PaymentChanged` if it has changed, or a part was reported as refunded since. */
  recordRefunded(payment: Payment, refund: Refund | undefined): Write {
    const { paymentId, amount, refundReported: seen } = payment;
    const followUp = refund && this.followUpOf(paymentId, { refund });
    return update(
      this.payments,
      { paymentId },
      {
        set: { '#status': 'REFUNDED', refund, refundReported: amount, ...followUp },
        add: { version: 1 },
      },
      {
        condition: `#status = :from AND ${seen === undefined ? 'attribute_not_exists(refundReported)' : 'refundReported = :seen'}`,
        names: { status: 'status' },
        values: { from: 'SUCCESS', ...(seen !== undefined && { seen }) },
      },
      (old) => new PaymentChanged(old as Payment | undefined),
    );
  }

  /** Raises the amount of a payment that does not include the lines yet that were added to its order. */
  addLines({ paymentId, amount, addedAmount }: OrderPayment): Write {
    return update(
      this.payments,
      { paymentId },
      { set: { amount, addedAmount }, add: { version: 1 } },
      { condition: 'attribute_exists(paymentId) AND attribute_not_exists(addedAmount)' },
      (old) => new PaymentChanged(old as Payment | undefined),
    );
  }

  /** Stores the gateway's id of a payment. */
  saveReference(paymentId: PaymentId, reference: string): Write {
    return update(
      this.payments,
      { paymentId },
      { set: { reference } },
      { condition: 'attribute_exists(paymentId)' },
      () => new PaymentChanged(undefined),
    );
  }

  /** Has the gateway asked about the refunds and disputes of a gateway payment. `PaymentChanged` if it is not one. */
  requestFollowUp(paymentId: PaymentId): Write {
    return update(
      this.payments,
      { paymentId },
      { set: { followUp: followUpShardOf(paymentId), followUpAt: this.clock.now() }, add: { version: 1 } },
      {
        condition: '#method IN (:card, :upi) AND amount > :zero',
        names: { method: 'method' },
        values: { card: 'CARD', upi: 'UPI', zero: 0 },
      },
      (old) => new PaymentChanged(old as Payment | undefined),
    );
  }

  /** Stores the result of a follow-up; `PaymentChanged` if the payment has changed, or another one was requested. */
  recordFollowUp({ paymentId, version, status, refund, refundReported, dispute }: Payment): Write {
    const next = this.followUpOf(paymentId, { refund, dispute });
    return update(
      this.payments,
      { paymentId },
      {
        set: { '#status': status, refund, refundReported, dispute, ...next },
        add: { version: 1 },
        remove: next ? [] : ['followUp', 'followUpAt'],
      },
      { condition: 'version = :seen', names: { status: 'status' }, values: { seen: version } },
      (old) => new PaymentChanged(old as Payment | undefined),
    );
  }

  /** Payments of a shard whose follow-up is due. */
  async findDueFollowUps(shard: number, page: PageRequest): Promise<Page<Pick<Payment, 'paymentId'>>> {
    return this.database.queryPage(
      {
        TableName: this.payments,
        IndexName: 'byFollowUp',
        KeyConditionExpression: 'followUp = :shard AND followUpAt <= :now',
        ExpressionAttributeValues: { ':shard': String(shard), ':now': this.clock.now() },
      },
      page,
    );
  }

  private followUpOf(paymentId: PaymentId, state: Pick<Payment, 'refund' | 'dispute'>): Item | undefined {
    const followUpAt = nextFollowUp(state, this.clock.now());
    return followUpAt === undefined ? undefined : { followUp: followUpShardOf(paymentId), followUpAt };
  }

  /** Payments of a shard that were created before an instant and are still undecided. */
  async findUndecided(shard: number, before: Instant, page: PageRequest): Promise<Page<Pick<Payment, 'paymentId'>>> {
    return this.database.queryPage(
      {
        TableName: this.payments,
        IndexName: 'byPending',
        KeyConditionExpression: 'pending = :shard AND createdAt < :before',
        ExpressionAttributeValues: { ':shard': String(shard), ':before': before },
      },
      page,
    );
  }

  /**
   * Records a webhook. A duplicate does not replace the first. The body is not kept, because it may hold the name and
   * address of the customer. The gateway has it under the same id.
   */
  async saveWebhook({ noticeId, type, paymentId, reference }: WebhookEvent): Promise<void> {
    const expiresAt = Math.floor(this.clock.realNow() / 1000) + WEBHOOKS_KEPT_SECONDS;
    const row = { noticeId, type, paymentId, reference, receivedAt: this.clock.now(), expiresAt };
    const alreadySaved = new Error('The webhook is already stored');
    try {
      await this.database.write(
        put(this.webhooks, row, { condition: 'attribute_not_exists(noticeId)' }, () => alreadySaved),
      );
    } catch (error) {
      if (error !== alreadySaved) throw error;
    }
  }
}

function followUpShardOf(paymentId: PaymentId): string {
  return String(shardOf(paymentId, PAYMENT_SHARDS));
}
