import { Injectable, Logger } from '@nestjs/common';
import { Calendar, type LocalDate } from '../../kernel/calendar';
import { Clock } from '../../platform/clock';
import type { Page, PageRequest } from '../../platform/dynamo/cursor';
import { declareMetric, Metrics } from '../../platform/telemetry/metrics';
import { UserService } from '../user';
import type { SmsRecord } from './domain/sms-record';
import type { SmsReport } from './domain/sms-report';
import { RECIPIENT_REFUSED } from './notification.metrics';
import { SmsLogRepository } from './sms-log.repository';

/** SMS that did not arrive, as the carrier reports. */
const SMS_FAILED = declareMetric('SmsFailed', { unit: 'Count', kind: 'count' });

/** SMS that arrived or did not, as the carrier reports. One that failed after the carrier had accepted it counts twice. */
const SMS_REPORTED = declareMetric('SmsReported', { unit: 'Count', kind: 'count' });

/** Records the delivery status of SMS. */
@Injectable()
export class SmsLog {
  private readonly logger = new Logger(SmsLog.name);

  constructor(
    private readonly repository: SmsLogRepository,
    private readonly users: UserService,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {}

  /**
   * Records a report. If the number can never be reached, nothing is sent to it any more, unless the SMS was delivered or
   * the user has another number by now. Idempotent, in any order.
   */
  async record(report: SmsReport): Promise<void> {
    const recorded = await this.repository.record(report);
    if (!recorded) return;
    // Also of a repeated report, in case the worker crashed before this.
    if (recorded.status !== 'DELIVERED') await this.refuse(report);
    if (recorded.isStronger) this.count(report, recorded.isFirstFinal);
  }

  private async refuse({ userId, refused }: SmsReport): Promise<void> {
    if (!refused) return;
    const { to, reason } = refused;
    if (!(await this.users.recordRefusal(userId, 'phone', to, reason))) return;
    this.metrics.record(RECIPIENT_REFUSED, 1, { channel: 'SMS', reason });
    this.logger.warn({ userId, channel: 'SMS', reason }, 'Recipient refused, not retried');
  }

  private count({ userId, status, reason }: SmsReport, isFirstFinal: boolean): void {
    const isFailure = status === 'FAILED';
    if (isFailure || isFirstFinal) this.metrics.record(SMS_REPORTED, 1, { userId });
    if (!isFailure) return;
    this.metrics.record(SMS_FAILED, 1, { userId });
    this.logger.warn({ userId, reason }, 'SMS failed');
  }

  /** The SMS that the provider accepted on a date, by default today, oldest first. */
  async listOf(date: LocalDate | undefined, page: PageRequest): Promise<Page<SmsRecord>> {
    return this.repository.listOf(date ?? this.calendar.dateOf(this.clock.now()), page);
  }
}
