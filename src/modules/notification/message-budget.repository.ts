import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { EventId } from '../../kernel/ids';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { EXPIRES_AT } from '../../platform/dynamo/table';
import type { MessageLimit } from './domain/message-limits';
import { messageBudgetsTable } from './notification.schema';

/** Longer than the longest window of a limit. */
const RETENTION_SECONDS = 2 * 86_400;

/**
 * Counts messages per limit, exactly, however many workers count at the same time. A row holds the ids of the messages
 * instead of their number, so that a message which is delivered twice counts once.
 */
@Injectable()
export class MessageBudgetRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(messageBudgetsTable);
  }

  /** Counts a message, and returns whether it is within the limit. */
  async reserve({ key, max }: MessageLimit, message: EventId): Promise<boolean> {
    const exhausted = new Error('The budget is exhausted');
    try {
      await this.database.write({
        action: {
          Update: {
            TableName: this.table,
            Key: { id: idOf(key) },
            UpdateExpression: `SET ${EXPIRES_AT} = :expiresAt ADD messages :added`,
            ConditionExpression:
              'attribute_not_exists(messages) OR contains(messages, :message) OR size(messages) < :max',
            ExpressionAttributeValues: {
              ':added': new Set([message]),
              ':message': message,
              ':max': max,
              ':expiresAt': Math.ceil(this.clock.realNow() / 1_000) + RETENTION_SECONDS,
            },
          },
        },
        onConditionFailed: () => exhausted,
      });
      return true;
    } catch (error) {
      if (error === exhausted) return false;
      throw error;
    }
  }
}

/** Without the address or number in readable form. */
function idOf(key: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(key)).digest('base64url');
}
