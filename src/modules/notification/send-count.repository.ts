import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/dynamo/database';
import { EXPIRES_AT } from '../../platform/dynamo/table';
import { update } from '../../platform/dynamo/write';
import { messageBudgetsTable } from './notification.schema';

/** How many messages all tasks together send in a second or a month. */
interface SendCount {
  /** Names what is counted, and the second or month. */
  readonly id: string;
  readonly limit: number;
  readonly retentionSeconds: number;
}

@Injectable()
export class SendCountRepository {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.table = database.tableName(messageBudgetsTable);
  }

  /** Reserves messages, and returns whether that many were left. */
  async reserve(messages: number, { id, limit, retentionSeconds }: SendCount): Promise<boolean> {
    if (messages > limit) return false;
    const usedUp = new Error('The limit is used up');
    try {
      const expiresAt = Math.ceil(this.clock.realNow() / 1_000) + retentionSeconds;
      const change = { set: { [EXPIRES_AT]: expiresAt }, add: { reserved: messages } };
      const hasEnough = {
        condition: 'attribute_not_exists(reserved) OR reserved <= :left',
        values: { left: limit - messages },
      };
      await this.database.write(update(this.table, { id }, change, hasEnough, () => usedUp));
      return true;
    } catch (error) {
      if (error === usedUp) return false;
      throw error;
    }
  }
}
