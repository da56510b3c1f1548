import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { jitter } from '../../kernel/ids';
import { backoff } from '../../platform/aws-errors';
import { Clock } from '../../platform/clock';
import { OutboxRelay } from '../../platform/events/outbox-relay';
import { Metrics } from '../../platform/telemetry/metrics';
import { Transaction } from '../../platform/transaction/transaction';
import { PasswordResets } from './password.reset';
import { Throttle } from './throttle.service';
import { TooManyAttempts } from './user.errors';
import { type Account, UserRepository } from './user.repository';

const AT_ONCE = 4;
const WAITING_AT_MOST = 200;
/** How often a step is tried while the database does not answer, and until when after the question. */
const ATTEMPTS = 5;
const PATIENCE_MILLISECONDS = 15_000;
const RETRY = { base: 100, ceiling: 2_000 };

/** Has reset links sent, after the answer that says nothing: so many at once, so many waiting. */
@Injectable()
export class ForgottenPasswords {
  private readonly logger = new Logger(ForgottenPasswords.name);
  private readonly limit = pLimit(AT_ONCE);

  constructor(
    private readonly users: UserRepository,
    private readonly resets: PasswordResets,
    private readonly throttle: Throttle,
    private readonly transaction: Transaction,
    private readonly relay: OutboxRelay,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Has a link sent in the background, if the e-mail has an account. Emits `user.password_reset_requested`. */
  ask(email: string): void {
    const until = this.clock.realNow() + PATIENCE_MILLISECONDS;
    this.relay.runInBackground(() => this.queue(email, until));
  }

  private async queue(email: string, until: number): Promise<void> {
    if (this.limit.pendingCount >= WAITING_AT_MOST) {
      this.logger.warn('A reset link is not sent: too many are waiting');
      this.metrics.record('ResetLinkLost', 1);
      return;
    }
    await this.limit(() => this.send(email, until)).catch((error: unknown) => {
      this.logger.error({ err: error }, 'A reset link could not be sent');
      this.metrics.record('ResetLinkLost', 1);
    });
  }

  private async send(email: string, until: number): Promise<void> {
    const account = await this.patiently(until, () => this.users.findAccount(email));
    if (!account || account.blocked) return;
    if (!(await this.patiently(until, () => this.isMailWelcome(account)))) return;
    const { userId } = account;
    const reset = this.resets.begin(userId);
    await this.patiently(until, () =>
      this.transaction.commit(
        [this.users.beginReset(userId, reset)],
        [{ type: 'user.password_reset_requested', userId, resetId: reset.resetId }],
      ),
    );
  }

  private async isMailWelcome({ email, userId }: Account): Promise<boolean> {
    try {
      await this.throttle.countMail(email);
      return true;
    } catch (error) {
      if (!(error instanceof TooManyAttempts)) throw error;
      this.logger.warn({ userId }, 'Too many reset mails were asked for');
      return false;
    }
  }

  /** Tries a step again for a while: nobody would ask for it again who has been told that all is well. */
  private async patiently<T>(until: number, step: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await step();
      } catch (error) {
        if (attempt === ATTEMPTS || this.clock.realNow() >= until) throw error;
        await sleep(backoff(attempt, jitter(), RETRY));
      }
    }
  }
}
