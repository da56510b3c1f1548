import { Injectable, Logger } from '@nestjs/common';
import { instantOf, millisecondsOf } from '../../../kernel/calendar';
import { hexDigestOf, type UserId } from '../../../kernel/ids';
import { BackgroundTasks } from '../../../platform/background-tasks';
import { Clock } from '../../../platform/clock';
import { currentContext, type RequestContext } from '../../../platform/request-context';
import { declareMetric, Metrics } from '../../../platform/telemetry/metrics';
import { AuditLog } from '../../audit';
import { InvalidCode } from '../domain/second-factor.errors';
import { InvalidCredentials, TooManyAttempts, UserBlocked } from '../domain/user.errors';
import { UserRepository } from '../user.repository';

/** Wrong passwords and attempts that the throttle refused. */
const SIGN_IN_FAILED = declareMetric('SignInFailed', { unit: 'Count', kind: 'count' });

type FailureReason = 'WRONG_PASSWORD' | 'WRONG_CODE' | 'ACCOUNT_BLOCKED' | 'TOO_MANY_ATTEMPTS';

const PHRASES: Record<FailureReason, string> = {
  WRONG_PASSWORD: 'Sign-in failed',
  WRONG_CODE: 'Sign-in failed, wrong code',
  ACCOUNT_BLOCKED: 'Sign-in refused, account blocked',
  TOO_MANY_ATTEMPTS: 'Sign-in blocked, too many attempts',
};

/** One audit entry per account, reason and window, so that an attacker cannot fill the audit log. */
const WINDOW_MILLISECONDS = 15 * 60_000;
const ENTRY_ID_LENGTH = 26;

/** Reports failed sign-ins in the log, in a metric and, if the account exists, in the audit log. */
@Injectable()
export class SignInFailures {
  private readonly logger = new Logger(SignInFailures.name);

  constructor(
    private readonly users: UserRepository,
    private readonly auditLog: AuditLog,
    private readonly background: BackgroundTasks,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /**
   * Reports an error if it means that a person could not sign in. Looks up the account after the response, so that the
   * time of the response does not tell whether it exists.
   */
  report(error: unknown, email: string): void {
    const reason = reasonOf(error);
    if (reason === undefined) return;
    this.metrics.record(SIGN_IN_FAILED, 1);
    const context = currentContext();
    const address = context?.addressHash;
    if (!this.background.hasCapacity) {
      this.logger.warn({ address }, PHRASES[reason]);
      return;
    }
    this.background.run(async () => {
      const account = await this.users.findAccount(email).catch(() => undefined);
      this.logger.warn({ address, userId: account?.userId }, PHRASES[reason]);
      if (account) await this.addEntry(account.userId, reason, context);
    });
  }

  /** Adds an entry for the first failure of its kind in the window. */
  private async addEntry(userId: UserId, reason: FailureReason, context: RequestContext | undefined): Promise<void> {
    const at = this.clock.now();
    const windowStart = instantOf(Math.floor(millisecondsOf(at) / WINDOW_MILLISECONDS) * WINDOW_MILLISECONDS);
    const entryId = hexDigestOf(JSON.stringify([userId, reason, windowStart]), ENTRY_ID_LENGTH);
    const { requestId = entryId, addressHash: address } = context ?? {};
    const details = { reason, ...(address && { address }) };
    const entry = { entryId, at, action: 'user.sign_in_failed', subject: userId, requestId, details };
    await this.auditLog.record(entry, windowStart);
  }
}

function reasonOf(error: unknown): FailureReason | undefined {
  if (error instanceof InvalidCredentials) return 'WRONG_PASSWORD';
  if (error instanceof InvalidCode) return 'WRONG_CODE';
  if (error instanceof UserBlocked) return 'ACCOUNT_BLOCKED';
  return error instanceof TooManyAttempts ? 'TOO_MANY_ATTEMPTS' : undefined;
}
