import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Clock } from '../../../platform/clock';
import { CONFIG, type Config } from '../../../platform/config';
import { InvalidRequest } from '../../../platform/errors';
import { ID_PATTERN, newEventId, type PaymentId } from '../../../platform/ids';
import { WebhookRefused } from '../payment.errors';
import { type Charge, type Notice, PaymentGateway, type Verdict } from '../payment.gateway';
import { type SandboxCharge, SandboxRepository } from './sandbox.repository';
import { isGenuine, sign } from './sandbox.signature';

const DECIDES_LATER_MILLISECONDS = 1_000;
const SLOW_MILLISECONDS = 3_000;
const WEBHOOK_DEADLINE_MILLISECONDS = 5_000;

interface Behaviour {
  /** What becomes of the charge; undefined: it is never booked. */
  readonly outcome?: 'SUCCESS' | 'FAILED';
  /** The decision comes by webhook. */
  readonly later?: boolean;
  readonly slow?: boolean;
  /** The call fails, whatever was booked. */
  readonly timesOut?: boolean;
}

const TOKENS: Readonly<Record<string, Behaviour>> = {
  tok_ok: { outcome: 'SUCCESS' },
  tok_declined: { outcome: 'FAILED' },
  tok_pending_then_ok: { outcome: 'SUCCESS', later: true },
  tok_pending_then_fail: { outcome: 'FAILED', later: true },
  tok_timeout_but_charged: { outcome: 'SUCCESS', timesOut: true },
  tok_timeout_not_charged: { timesOut: true },
  tok_slow: { outcome: 'SUCCESS', slow: true },
};

class SandboxTimeout extends Error {}

/** A gateway that moves no money: what it does is decided by the token. It signs its webhooks and sends them over HTTP. */
@Injectable()
export class SandboxGateway extends PaymentGateway implements OnApplicationShutdown {
  private readonly logger = new Logger(SandboxGateway.name);
  private readonly timers = new Set<NodeJS.Timeout>();
  private sending = 0;

  constructor(
    private readonly repository: SandboxRepository,
    private readonly host: HttpAdapterHost,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  onApplicationShutdown(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  /** True when no webhook is still to be sent. */
  get isIdle(): boolean {
    return this.timers.size === 0 && this.sending === 0;
  }

  override check(token = 'tok_ok'): void {
    if (Object.hasOwn(TOKENS, token)) return;
    const message = `paymentToken must be one of ${Object.keys(TOKENS).join(', ')}`;
    throw new InvalidRequest([{ field: 'paymentToken', message }]);
  }

  override async charge({ paymentId, amount, token = 'tok_ok' }: Charge): Promise<Verdict> {
    const { outcome, later = false, slow = false, timesOut = false } = TOKENS[token] ?? {};
    if (slow) await sleep(SLOW_MILLISECONDS);
    const decidedAt = this.clock.real() + (later ? DECIDES_LATER_MILLISECONDS : 0);
    const booked = outcome && (await this.repository.book({ paymentId, amount, outcome, decidedAt, refunded: false }));
    if (later) this.announce(paymentId);
    if (timesOut || !booked) throw new SandboxTimeout('The sandbox does not answer in time');
    return this.verdictOf(booked);
  }

  override async conclude({ paymentId, amount }: Pick<Charge, 'paymentId' | 'amount'>): Promise<Verdict> {
    const closed = {
      paymentId,
      amount,
      outcome: 'FAILED',
      reason: 'NOT_CHARGED',
      decidedAt: 0,
      refunded: false,
    } as const;
    return this.verdictOf(await this.repository.book(closed));
  }

  override async refund(paymentId: PaymentId): Promise<void> {
    await this.repository.refund(paymentId);
  }

  override read(rawBody: Buffer, signature: string | undefined): Notice {
    const now = Math.floor(this.clock.real() / 1000);
    if (!isGenuine(rawBody, signature, this.config.sandboxSecret, now)) throw new WebhookRefused();
    const { id, paymentId } = (JSON.parse(rawBody.toString()) ?? {}) as { id?: unknown; paymentId?: unknown };
    if (isId(id) && isId(paymentId)) return { noticeId: id, paymentId };
    throw new InvalidRequest([{ field: 'body', message: 'a webhook has an id and a paymentId' }]);
  }

  private verdictOf({ outcome, reason = 'DECLINED', decidedAt }: SandboxCharge): Verdict {
    if (this.clock.real() < decidedAt) return { status: 'PENDING' };
    return outcome === 'SUCCESS' ? { status: 'SUCCESS' } : { status: 'FAILED', reason };
  }

  private announce(paymentId: PaymentId): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.sending++;
      this.send(paymentId)
        .catch((error: unknown) => this.logger.warn({ err: error, paymentId }, 'A sandbox webhook was not taken'))
        .finally(() => this.sending--);
    }, DECIDES_LATER_MILLISECONDS);
    this.timers.add(timer);
  }

  private async send(paymentId: PaymentId): Promise<void> {
    const address = (this.host.httpAdapter.getHttpServer() as Server).address() as AddressInfo | null;
    const body = JSON.stringify({ id: newEventId(), type: 'payment.decided', paymentId });
    const response = await fetch(`http://127.0.0.1:${address?.port ?? this.config.port}/payment/webhook`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Milkround-Signature': sign(body, this.config.sandboxSecret, Math.floor(this.clock.real() / 1000)),
      },
      body,
      signal: AbortSignal.timeout(WEBHOOK_DEADLINE_MILLISECONDS),
    });
    if (!response.ok) throw new Error(`The webhook was answered with ${response.status}`);
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ID_PATTERN.test(value);
}
