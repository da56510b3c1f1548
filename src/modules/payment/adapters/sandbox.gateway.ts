import { Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { addMinutes, instantOf } from '../../../kernel/calendar';
import { isId, type PaymentId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { InvalidRequest } from '../../../platform/errors';
import { WebhookRefused } from '../domain/payment.errors';
import type { RefundStatus } from '../domain/refund';
import {
  type CapturedCharge,
  ChargeDisputed,
  type ChargeFollowUp,
  type ChargeRef,
  type ChargeRequest,
  type ChargeResult,
  PaymentGateway,
  type WebhookEvent,
} from '../payment.gateway';
import { PAYMENT_SETTINGS, type PaymentSettings } from '../payment.settings';
import { isValidSignature } from './sandbox-signature';
import { SandboxWebhooks } from './sandbox-webhooks.service';
import { type SandboxCharge, SandboxRepository } from './sandbox.repository';

const DECISION_DELAY_MILLISECONDS = 1_000;
const FOLLOW_UP_DELAY_MILLISECONDS = 1_000;
/** How long the dairy may take to answer a dispute. */
const EVIDENCE_DAYS = 9;
const SLOW_CALL_MILLISECONDS = 3_000;
const PAGE_SIZE = 100;

interface TokenBehaviour {
  /** Outcome of the charge. If absent, no charge is recorded. */
  readonly outcome?: 'SUCCESS' | 'FAILED';
  /** The decision comes later, by webhook. */
  readonly isDelayed?: boolean;
  readonly isSlow?: boolean;
  /** The call fails, whether or not a charge is recorded. */
  readonly timesOut?: boolean;
  /** A refund of the charge is accepted and fails later. */
  readonly refundFails?: true;
  /** The cardholder disputes the charge later. */
  readonly isDisputed?: true;
}

const TOKEN_BEHAVIOURS: Readonly<Record<string, TokenBehaviour>> = {
  tok_ok: { outcome: 'SUCCESS' },
  tok_declined: { outcome: 'FAILED' },
  tok_pending_then_ok: { outcome: 'SUCCESS', isDelayed: true },
  tok_pending_then_fail: { outcome: 'FAILED', isDelayed: true },
  tok_timeout_but_charged: { outcome: 'SUCCESS', timesOut: true },
  tok_timeout_not_charged: { timesOut: true },
  tok_slow: { outcome: 'SUCCESS', isSlow: true },
  tok_refund_fails: { outcome: 'SUCCESS', refundFails: true },
  tok_disputed: { outcome: 'SUCCESS', isDisputed: true },
};

/** Webhooks that report a refund or a dispute. All others report the decision on a charge. */
const FOLLOW_UP_EVENTS = ['refund.failed', 'dispute.opened'];

class SandboxTimeout extends Error {}

/** A gateway that moves no money. The token determines the outcome. */
@Injectable()
export class SandboxGateway extends PaymentGateway {
  constructor(
    private readonly repository: SandboxRepository,
    private readonly webhooks: SandboxWebhooks,
    private readonly clock: Clock,
    @Inject(PAYMENT_SETTINGS) private readonly settings: PaymentSettings,
  ) {
    super();
  }

  override assertChargeable(token = 'tok_ok'): void {
    if (Object.hasOwn(TOKEN_BEHAVIOURS, token)) return;
    const message = `paymentToken must be one of ${Object.keys(TOKEN_BEHAVIOURS).join(', ')}`;
    throw new InvalidRequest([{ field: 'paymentToken', message }]);
  }

  override async charge({ paymentId, amount, token = 'tok_ok' }: ChargeRequest): Promise<ChargeResult> {
    const behaviour = TOKEN_BEHAVIOURS[token] ?? {};
    const { outcome, isDelayed = false, isSlow = false, timesOut = false, refundFails, isDisputed } = behaviour;
    if (isSlow) await sleep(SLOW_CALL_MILLISECONDS);
    const decisionDelay = isDelayed ? DECISION_DELAY_MILLISECONDS : 0;
    const decidedAt = this.clock.realNow() + decisionDelay;
    const disputedAt = isDisputed && decidedAt + FOLLOW_UP_DELAY_MILLISECONDS;
    const charge = outcome && { paymentId, amount, outcome, decidedAt, refunded: false, refundFails, disputedAt };
    const recorded = charge && (await this.repository.record(charge));
    const sendsWebhook = isDelayed || this.settings.sandboxWebhooks.has('every');
    if (recorded && sendsWebhook) this.webhooks.scheduleWebhook(paymentId, decisionDelay);
    if (recorded?.disputedAt !== undefined)
      this.webhooks.scheduleWebhook(paymentId, FOLLOW_UP_DELAY_MILLISECONDS, 'dispute.opened');
    if (timesOut || !recorded) throw new SandboxTimeout('The sandbox timed out');
    return this.resultOf(recorded);
  }

  override async resolve({ paymentId, amount }: ChargeRef): Promise<ChargeResult> {
    const closed = {
      paymentId,
      amount,
      outcome: 'FAILED',
      reason: 'NOT_CHARGED',
      decidedAt: 0,
      refunded: false,
    } as const;
    return this.resultOf(await this.repository.record(closed));
  }

  override async refund({ paymentId }: ChargeRef): Promise<RefundStatus> {
    const charge = await this.repository.find(paymentId);
    if (charge && this.isDisputed(charge)) throw new ChargeDisputed(`${paymentId} is disputed`);
    if (!charge?.refundFails) {
      await this.repository.refund(paymentId);
      return 'SUCCEEDED';
    }
    await this.repository.refund(paymentId, this.clock.realNow() + FOLLOW_UP_DELAY_MILLISECONDS);
    this.webhooks.scheduleWebhook(paymentId, FOLLOW_UP_DELAY_MILLISECONDS, 'refund.failed');
    return 'PENDING';
  }

  override async followUp({ paymentId }: ChargeRef): Promise<ChargeFollowUp> {
    const charge = await this.repository.find(paymentId);
    if (!charge) return { refunds: [], disputes: [] };
    const { amount, refunded, disputedAt = 0 } = charge;
    const dispute = {
      disputeId: `dp_${paymentId}`,
      status: 'OPEN',
      amount,
      withdrawn: amount,
      reason: 'fraudulent',
      openedAt: instantOf(disputedAt),
      respondBy: addMinutes(instantOf(disputedAt), EVIDENCE_DAYS * 24 * 60),
    } as const;
    return {
      refunds: refunded ? [{ amount, status: this.refundStatusOf(charge) }] : [],
      disputes: this.isDisputed(charge) ? [dispute] : [],
    };
  }

  override paymentIdOf(reference: string): Promise<PaymentId | undefined> {
    return Promise.resolve(reference);
  }

  override verifyWebhook(rawBody: Buffer, { 'x-milkround-signature': signature }: IncomingHttpHeaders): WebhookEvent {
    const now = Math.floor(this.clock.realNow() / 1000);
    if (!isValidSignature(rawBody, String(signature), this.settings.sandboxSecret, now)) throw new WebhookRefused();
    const { id, paymentId, type } = (JSON.parse(rawBody.toString()) ?? {}) as Record<string, unknown>;
    const isFollowUp = FOLLOW_UP_EVENTS.some((event) => event === type);
    const name = typeof type === 'string' ? type : undefined;
    if (isId(id) && isId(paymentId)) return { noticeId: id, type: name, paymentId, isFollowUp };
    throw new InvalidRequest([{ field: 'body', message: 'body must have an id and a paymentId' }]);
  }

  override async *capturedCharges(): AsyncGenerator<CapturedCharge> {
    for await (const charges of iteratePages(PAGE_SIZE, (page) => this.repository.scan(page))) {
      yield* charges.flatMap((charge) => this.toCapturedCharge(charge) ?? []);
    }
  }

  override async capturedChargeOf({ paymentId }: ChargeRef): Promise<CapturedCharge | undefined> {
    const charge = await this.repository.find(paymentId);
    return charge && this.toCapturedCharge(charge);
  }

  private resultOf({ outcome, reason = 'DECLINED', decidedAt }: SandboxCharge): ChargeResult {
    if (this.clock.realNow() < decidedAt) return { status: 'PENDING' };
    return outcome === 'SUCCESS' ? { status: 'SUCCESS' } : { status: 'FAILED', reason };
  }

  private toCapturedCharge(charge: SandboxCharge): CapturedCharge | undefined {
    if (this.resultOf(charge).status !== 'SUCCESS') return undefined;
    const { paymentId, amount, refunded } = charge;
    const isRefunded = refunded && this.refundStatusOf(charge) !== 'FAILED';
    return { paymentId, amount, refunded: isRefunded ? amount : 0, isDisputed: this.isDisputed(charge) };
  }

  private refundStatusOf({ refundFailsAt }: SandboxCharge): RefundStatus {
    if (refundFailsAt === undefined) return 'SUCCEEDED';
    return this.clock.realNow() < refundFailsAt ? 'PENDING' : 'FAILED';
  }

  private isDisputed({ disputedAt = Infinity }: SandboxCharge): boolean {
    return disputedAt <= this.clock.realNow();
  }
}
