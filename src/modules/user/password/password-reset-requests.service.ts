import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { BackgroundTasks } from '../../../platform/background-tasks';
import type { UserId } from '../../../kernel/ids';
import { Clock } from '../../../platform/clock';
import { retryOnConflict } from '../../../platform/dynamo/retry-on-conflict';
import { retry } from '../../../platform/retry';
import { declareMetric, Metrics } from '../../../platform/telemetry/metrics';
import { Transaction } from '../../../platform/transaction/transaction';
import { InvitationUsed, TooManyAttempts } from '../domain/user.errors';
import { ThrottleService } from '../throttle/throttle.service';
import { type Account, UserRepository } from '../user.repository';
import { PasswordResetTokens } from './password-reset-tokens.service';

const CONCURRENCY = 4;
const MAX_QUEUED = 200;
/** Limits on retrying a step while the database fails; the window starts with the request. */
const MAX_ATTEMPTS = 5;
const RETRY_WINDOW_MILLISECONDS = 15_000;
const BACKOFF = { base: 100, ceiling: 2_000 };

/** Reset links that could not be sent. */
const RESET_LINK_LOST = declareMetric('ResetLinkLost', { unit: 'Count', kind: 'count' });

/** Sends reset links after the response, which is always the same, with limited concurrency and a bounded queue. */
@Injectable()
export class PasswordResetRequests {
  private readonly logger = new Logger(PasswordResetRequests.name);
  private readonly limit = pLimit(CONCURRENCY);

  constructor(
    private readonly users: UserRepository,
    private readonly resetTokens: PasswordResetTokens,
    private readonly throttle: ThrottleService,
    private readonly transaction: Transaction,
    private readonly background: BackgroundTasks,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Sends a link in the background if the e-mail has an account. Emits `user.password_reset_requested`, or `user.invited`
   * for a user without a password.
   */
  request(email: string): void {
    const deadline = this.clock.realNow() + RETRY_WINDOW_MILLISECONDS;
    this.background.run(() => this.enqueue(email, deadline));
  }

  private async enqueue(email: string, deadline: number): Promise<void> {
    if (this.limit.pendingCount >= MAX_QUEUED) {
      this.logger.warn('Reset mail dropped, queue full');
      this.metrics.record(RESET_LINK_LOST, 1);
      return;
    }
    await this.limit(() => this.send(email, deadline)).catch((error: unknown) => {
      this.logger.error({ err: error }, 'Reset mail not sent');
      this.metrics.record(RESET_LINK_LOST, 1);
    });
  }

  private async send(email: string, deadline: number): Promise<void> {
    const account = await this.withRetry(deadline, () => this.users.findAccount(email));
    if (!account || account.blocked) return;
    if (!(await this.withRetry(deadline, () => this.isWithinMailLimit(account)))) return;
    await this.withRetry(deadline, () => retryOnConflict(InvitationUsed, () => this.start(account.userId)));
  }

  /** Starts a reset. An invited user without a password gets the invitation again, valid for as long as the first. */
  private async start(userId: UserId): Promise<void> {
    const user = await this.users.find(userId);
    if (user === undefined) return;
    const isInvited = user.passwordHash === undefined && user.issuer === undefined;
    if (!isInvited) {
      const resetId = this.resetTokens.newResetId(user);
      return this.transaction.commit([], [{ type: 'user.password_reset_requested', userId, resetId }]);
    }
    const invitation = this.resetTokens.newInvitation(userId, user.resetId);
    const { resetId } = invitation;
    await this.transaction.commit(
      [this.users.repeatInvitation(userId, invitation)],
      [{ type: 'user.invited', userId, resetId }],
    );
  }

  private async isWithinMailLimit({ email, userId }: Account): Promise<boolean> {
    try {
      await this.throttle.countResetMail(email);
      return true;
    } catch (error) {
      if (!(error instanceof TooManyAttempts)) throw error;
      this.logger.warn({ userId }, 'Too many reset mails requested');
      return false;
    }
  }

  /** Retries a step until the deadline. The response has already reported success, so the customer would not retry. */
  private withRetry<T>(deadline: number, step: () => Promise<T>): Promise<T> {
    const isRetryable = () => this.clock.realNow() < deadline;
    return retry(step, { maxAttempts: MAX_ATTEMPTS, isRetryable, backoff: BACKOFF });
  }
}
