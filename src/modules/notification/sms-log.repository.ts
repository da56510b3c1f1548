import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import type { EventId } from '../../kernel/ids';
import { mapPage, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { setOrRemoved, update } from '../../platform/dynamo/write';
import { type SmsRecord, smsListingOf } from './domain/sms-record';
import { isFinal, SMS_STATUSES, type SmsReport, type SmsStatus } from './domain/sms-report';
import { notificationLogTable } from './notification.schema';

/** What a report has changed. */
export interface RecordedReport {
  /** It says more than what was recorded. */
  readonly isStronger: boolean;
  /** It is the first that says whether the SMS arrived. */
  readonly isFirstFinal: boolean;
  /** What is recorded now. */
  readonly status?: SmsStatus;
}

interface LogRow {
  readonly smsStatus?: SmsStatus;
  readonly smsFinalReports?: number;
}

class NotStronger extends Error {
  constructor(readonly row: LogRow | undefined) {
    super('A status that is as strong is recorded');
  }
}

/** The delivery status of SMS, in the log of notifications. */
@Injectable()
export class SmsLogRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(notificationLogTable);
  }

  /**
   * Records a report, if it says more than what is recorded. Reports may come twice and in any order, even before the SMS
   * is recorded as sent. Undefined if the SMS is unknown or expired.
   */
  async record(report: SmsReport): Promise<RecordedReport | undefined> {
    const { notificationId: id, status, at, reason, parts, price } = report;
    const weaker = SMS_STATUSES.slice(0, SMS_STATUSES.indexOf(status));
    // What it lacks belongs to the weaker report.
    const change = setOrRemoved({
      ...{ smsStatus: status, smsReportedAt: at },
      ...{ smsReason: reason ?? null, smsParts: parts ?? null, smsPrice: price ?? null },
    });
    const add = isFinal(status) ? { smsFinalReports: 1 } : undefined;
    const alternatives = weaker.map((_, index) => `smsStatus = :weaker${index}`);
    const isStronger = {
      condition: `channel = :sms AND (${['attribute_not_exists(smsStatus)', ...alternatives].join(' OR ')})`,
      values: { sms: 'SMS', ...Object.fromEntries(weaker.map((value, index) => [`weaker${index}`, value])) },
    };
    try {
      const row = await this.database.write<LogRow>(
        update(this.table, { id }, { ...change, add }, isStronger, (old) => new NotStronger(old)),
      );
      return { isStronger: true, isFirstFinal: isFinal(status) && row?.smsFinalReports === 1, status };
    } catch (error) {
      if (!(error instanceof NotStronger)) throw error;
      return error.row && { isStronger: false, isFirstFinal: false, status: error.row.smsStatus };
    }
  }

  /** The SMS that the provider accepted on a date, oldest first. */
  async listOf(date: LocalDate, page: PageRequest): Promise<Page<SmsRecord>> {
    const found = await this.database.queryPage<Omit<SmsRecord, 'eventId'> & { id: string }>(
      {
        TableName: this.table,
        IndexName: 'byListing',
        KeyConditionExpression: 'listing = :listing',
        ExpressionAttributeValues: { ':listing': smsListingOf(date) },
      },
      page,
    );
    return mapPage(found, ({ id, ...row }) => ({ ...row, eventId: id.split('#')[0] as EventId }));
  }
}
