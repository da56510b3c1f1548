import { Inject, Injectable } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { CONFIG, type Config } from '../../../platform/config/config';
import { iteratePages } from '../../../platform/dynamo/cursor';
import { InvalidRequest } from '../../../platform/errors';
import { WebhookRefused } from '../payment.errors';
import { type Booked, type Charge, type Notice, PaymentGateway, type Sought, type Verdict } from '../payment.gateway';
import { type SandboxCharge, SandboxRepository } from './sandbox.repository';
import { isGenuine } from './sandbox.signature';
import { SandboxWebhooks } from './sandbox.webhooks';

const DECIDES_LATER_MILLISECONDS = 1_000;
const SLOW_MILLISECONDS = 3_000;
const CHARGES_A_PAGE = 100;

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

/** A gateway that moves no money: what it does is decided by the token. */
@Injectable()
export class SandboxGateway extends PaymentGateway {
  constructor(
    private readonly repository: SandboxRepository,
    private readonly webhooks: SandboxWebhooks,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  override check(token = 'tok_ok'): void {
    if (Object.hasOwn(TOKENS, token)) return;
    const message = `paymentToken must be one of ${Object.keys(TOKENS).join(', ')}`;
    throw new InvalidRequest([{ field: 'paymentToken', message }]);
  }

  override async charge({ paymentId, amount, token = 'tok_ok' }: Charge): Promise<Verdict> {
    const { outcome, later = false, slow = false, timesOut = false } = TOKENS[token] ?? {};
    if (slow) await sleep(SLOW_MILLISECONDS);
    const decidesIn = later ? DECIDES_LATER_MILLISECONDS : 0;
    const decidedAt = this.clock.realNow() + decidesIn;
    const booked = outcome && (await this.repository.book({ paymentId, amount, outcome, decidedAt, refunded: false }));
    const isTold = later || this.config.sandboxWebhooks.has('every');
    if (booked && isTold) this.webhooks.announce(paymentId, decidesIn);
    if (timesOut || !booked) throw new SandboxTimeout('The sandbox does not answer in time');
    return this.verdictOf(booked);
  }

  override async conclude({ paymentId, amount }: Sought): Promise<Verdict> {
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

  override async refund({ paymentId }: Sought): Promise<void> {
    await this.repository.refund(paymentId);
  }

  override read(rawBody: Buffer, { 'x-milkround-signature': signature }: IncomingHttpHeaders): Notice {
    const now = Math.floor(this.clock.realNow() / 1000);
    if (!isGenuine(rawBody, String(signature), this.config.sandboxSecret, now)) throw new WebhookRefused();
    const { id, paymentId } = (JSON.parse(rawBody.toString()) ?? {}) as { id?: unknown; paymentId?: unknown };
    if (isId(id) && isId(paymentId)) return { noticeId: id, paymentId };
    throw new InvalidRequest([{ field: 'body', message: 'a webhook has an id and a paymentId' }]);
  }

  override async *charges(): AsyncGenerator<Booked> {
    for await (const charges of iteratePages(CHARGES_A_PAGE, (page) => this.repository.page(page))) {
      yield* charges.flatMap((charge) => this.bookedOf(charge) ?? []);
    }
  }

  override async chargeOf({ paymentId }: Sought): Promise<Booked | undefined> {
    const charge = await this.repository.find(paymentId);
    return charge && this.bookedOf(charge);
  }

  private verdictOf({ outcome, reason = 'DECLINED', decidedAt }: SandboxCharge): Verdict {
    if (this.clock.realNow() < decidedAt) return { status: 'PENDING' };
    return outcome === 'SUCCESS' ? { status: 'SUCCESS' } : { status: 'FAILED', reason };
  }

  private bookedOf(charge: SandboxCharge): Booked | undefined {
    if (this.verdictOf(charge).status !== 'SUCCESS') return undefined;
    const { paymentId, amount, refunded } = charge;
    return { paymentId, amount, refunded: refunded ? amount : 0 };
  }
}
