import { Injectable, Logger } from '@nestjs/common';
import type { Instant } from '../../kernel/calendar';
import { toMajorUnits } from '../../kernel/money';
import { declareMetric, Metrics } from '../../platform/telemetry/metrics';
import { AuditRepository } from './audit.repository';
import type { AuditEntry } from './domain/audit-entry';

/** Users who became admins. */
const ADMIN_ADDED = declareMetric('AdminAdded', { unit: 'Count', kind: 'count' });
/** Access tokens of admins that the operator issued on the command line. */
const ADMIN_TOKEN_ISSUED = declareMetric('AdminTokenIssued', { unit: 'Count', kind: 'count' });
/** Adjustments of wallets by admins. */
const WALLET_ADJUSTED = declareMetric('WalletAdjusted', { unit: 'Count', kind: 'count' });
/** What admins moved to or from wallets, in major units. */
const WALLET_ADJUSTED_AMOUNT = declareMetric('WalletAdjustedAmount', { unit: 'Count', kind: 'count' });

/** The log phrases of security events. */
const PHRASES: Readonly<Record<string, string>> = {
  'user.logged_in': 'Signed in',
  'user.password_changed': 'Password changed',
  'user.password_reset_requested': 'Password reset requested',
  'user.role_changed': 'Role changed',
  'user.sessions_ended': 'Sessions ended',
  'user.second_factor_activated': 'Second factor activated',
  'user.second_factor_removed': 'Second factor removed',
  'user.email_verified': 'E-mail verified',
  'user.admin_token_issued': 'Admin token issued',
  'user.blocked': 'User blocked',
  'user.unblocked': 'User unblocked',
  'wallet.adjusted': 'Wallet adjusted',
};

/** Adds entries to the audit log, and reports them in the log and in metrics. */
@Injectable()
export class AuditLog {
  private readonly logger = new Logger(AuditLog.name);

  constructor(
    private readonly repository: AuditRepository,
    private readonly metrics: Metrics,
  ) {}

  /**
   * Adds an entry. Does nothing if one with the same id and time is already there. Entries are listed by `sortedAt`,
   * which must be the same every time.
   */
  async record(entry: AuditEntry, sortedAt: Instant = entry.at): Promise<void> {
    if (!(await this.repository.add(entry, sortedAt))) return;
    const { action, by, byRole, subject, details } = entry;
    const { reason } = details;
    this.logger.log({ action, by, byRole, subject, reason }, PHRASES[action] ?? 'Audit entry added');
    if (action === 'user.role_changed' && details.role === 'ADMIN') this.metrics.record(ADMIN_ADDED, 1, { subject });
    if (action === 'user.admin_token_issued') this.metrics.record(ADMIN_TOKEN_ISSUED, 1, { subject });
    if (action === 'wallet.adjusted') {
      this.metrics.record(WALLET_ADJUSTED, 1);
      this.metrics.record(WALLET_ADJUSTED_AMOUNT, toMajorUnits(Math.abs(Number(details.amount))));
    }
  }
}
