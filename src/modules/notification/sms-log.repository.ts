import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../kernel/calendar';
import type { EventId } from '../../kernel/ids';
import { mapPage, type Page, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { update } from '../../platform/dynamo/write';
import { type SmsRecord, smsListingOf } from './domain/sms-record';
import { SMS_STATUSES, type SmsReport } from './domain/sms-report';
import { notificationLogTable } from './notification.schema';

/** What became of SMS, in the log of notifications. */
@Injectable()
export class SmsLogRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(notificationLogTable);
  }

  /**
   * Records a report, and returns whether it says more than what is recorded. Reports may come twice and in any order, even
   * before the SMS is recorded as sent. One of an unknown or expired SMS changes nothing.
   */
  async record({ notificationId: id, status, at, reason, parts, price }: SmsReport): Promise<boolean> {
    const surpassed = new Error('A stronger status is recorded');
    const weaker = SMS_STATUSES.slice(0, SMS_STATUSES.indexOf(status));
    const change = {
      set: { smsStatus: status, smsReportedAt: at, smsReason: reason, smsParts: parts, smsPrice: price },
    };
    const alternatives = weaker.map((_, index) => `smsStatus = :weaker${index}`);
    const isStronger = {
      condition: `channel = :sms AND (${['attribute_not_exists(smsStatus)', ...alternatives].join(' OR ')})`,
      values: { sms: 'SMS', ...Object.fromEntries(weaker.map((value, index) => [`weaker${index}`, value])) },
    };
    try {
      await this.database.write(update(this.table, { id }, change, isStronger, () => surpassed));
      return true;
    } catch (error) {
      if (error === surpassed) return false;
      throw error;
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
