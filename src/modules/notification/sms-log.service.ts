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

/** Records what became of SMS. */
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
   * Records a report. If the number can never be reached, nothing is sent to it any more, unless the user has another one
   * by now. Idempotent, in any order.
   */
  async record(report: SmsReport): Promise<void> {
    const { userId, status, reason, refused } = report;
    // First, so that it is not lost if the worker crashes in between.
    const isMarked = refused && (await this.users.recordRefusal(userId, 'phone', refused.to, refused.reason));
    if (!(await this.repository.record(report)) || status !== 'FAILED') return;
    this.metrics.record(SMS_FAILED, 1, { userId });
    this.logger.warn({ userId, reason }, 'SMS failed');
    if (isMarked) this.metrics.record(RECIPIENT_REFUSED, 1, { channel: 'SMS', reason: refused.reason });
  }

  /** The SMS that the provider accepted on a date, by default today, oldest first. */
  async listOf(date: LocalDate | undefined, page: PageRequest): Promise<Page<SmsRecord>> {
    return this.repository.listOf(date ?? this.calendar.dateOf(this.clock.now()), page);
  }
}
