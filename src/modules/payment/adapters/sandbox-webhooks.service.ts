import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { AddressInfo, Server } from 'node:net';
import { newEventId, type PaymentId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { PAYMENT_SETTINGS, type PaymentSettings } from '../payment.settings';
import { sign } from './sandbox-signature';

const EXTRA_DELAY_MILLISECONDS = 2_000;
/** How long webhooks are collected before they are sent in reverse order. */
const SHUFFLE_WINDOW_MILLISECONDS = 300;
const TIMEOUT_MILLISECONDS = 5_000;

export type SandboxEvent = 'payment.decided' | 'refund.failed' | 'dispute.opened';

/** Sends signed webhooks over HTTP to the program's own address: late, twice or reordered if SANDBOX_WEBHOOKS says so. */
@Injectable()
export class SandboxWebhooks implements OnApplicationShutdown {
  private readonly logger = new Logger(SandboxWebhooks.name);
  private readonly timers = new Set<NodeJS.Timeout>();
  private heldBack: string[] = [];
  private sending = 0;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly clock: Clock,
    @Inject(PLATFORM_SETTINGS) private readonly config: PlatformSettings,
    @Inject(PAYMENT_SETTINGS) private readonly settings: PaymentSettings,
  ) {}

  onApplicationShutdown(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
  }

  /** True if no webhook is waiting or being sent. */
  get isIdle(): boolean {
    return this.timers.size === 0 && this.sending === 0;
  }

  /** Sends a webhook about a charge after a delay. */
  scheduleWebhook(paymentId: PaymentId, delayMilliseconds: number, type: SandboxEvent = 'payment.decided'): void {
    const modes = this.settings.sandboxWebhooks;
    const body = JSON.stringify({ id: newEventId(), type, paymentId });
    const bodies = modes.has('twice') ? [body, body] : [body];
    this.schedule(delayMilliseconds + (modes.has('late') ? EXTRA_DELAY_MILLISECONDS : 0), () =>
      modes.has('shuffled') ? this.sendShuffled(bodies) : this.send(bodies),
    );
  }

  /** Collects webhooks for a moment and sends the latest first. */
  private sendShuffled(bodies: readonly string[]): void {
    if (this.heldBack.length === 0) {
      this.schedule(SHUFFLE_WINDOW_MILLISECONDS, () => {
        const bodiesToSend = this.heldBack.reverse();
        this.heldBack = [];
        this.send(bodiesToSend);
      });
    }
    this.heldBack.push(...bodies);
  }

  private schedule(milliseconds: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, milliseconds);
    this.timers.add(timer);
  }

  /** Sends webhooks one after the other. */
  private send(bodies: readonly string[]): void {
    this.sending++;
    bodies
      .reduce((before, body) => before.then(() => this.post(body)), Promise.resolve())
      .catch((error: unknown) => this.logger.warn({ err: error }, 'Sandbox webhook not delivered'))
      .finally(() => this.sending--);
  }

  private async post(body: string): Promise<void> {
    const address = (this.host.httpAdapter.getHttpServer() as Server).address() as AddressInfo | null;
    const response = await fetch(`http://127.0.0.1:${address?.port ?? this.config.port}/payment/webhook`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Milkround-Signature': sign(body, this.settings.sandboxSecret, Math.floor(this.clock.realNow() / 1000)),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (!response.ok) throw new Error(`The webhook got the status ${response.status}`);
  }
}
