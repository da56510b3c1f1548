import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/dynamo/database';
import { EXPIRES_AT } from '../../platform/dynamo/table';
import { messageBudgetsTable } from './notification.schema';

const RETENTION_SECONDS = 3_600;

/** Counts the mails that all tasks together send within a second of real time. */
@Injectable()
export class SendRateRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(messageBudgetsTable);
  }

  /** Reserves mails of a second, and returns whether it has that many left. */
  async reserve(second: number, count: number, limit: number): Promise<boolean> {
    if (count > limit) return false;
    const usedUp = new Error('The second is used up');
    try {
      await this.database.write({
        action: {
          Update: {
            TableName: this.table,
            Key: { id: `SES ${second}` },
            UpdateExpression: `SET ${EXPIRES_AT} = :expiresAt ADD reserved :count`,
            ConditionExpression: 'attribute_not_exists(reserved) OR reserved <= :left',
            ExpressionAttributeValues: {
              ':count': count,
              ':left': limit - count,
              ':expiresAt': second + RETENTION_SECONDS,
            },
          },
        },
        onConditionFailed: () => usedUp,
      });
      return true;
    } catch (error) {
      if (error === usedUp) return false;
      throw error;
    }
  }
}
