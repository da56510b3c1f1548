import { Injectable } from '@nestjs/common';
import type { Instant } from '../../kernel/calendar';
import { type Page, pageAcrossPartitions, type PageRequest } from '../../platform/dynamo/cursor';
import { Database } from '../../platform/dynamo/database';
import { update, type Write } from '../../platform/dynamo/write';
import type { DisputedPayment, DisputeState, GatewayDispute } from './domain/dispute';
import type { Payment } from './domain/payment';
import { disputeTable } from './payment.schema';

/** The list of disputes. They are written together with their payment, whose version guards against an older state. */
@Injectable()
export class DisputeRepository {
  private readonly table: string;

  constructor(private readonly database: Database) {
    this.table = database.tableName(disputeTable);
  }

  /** Stores a dispute as the gateway reports it. The first closing time is kept. */
  save({ paymentId, userId, orderId }: Payment, { disputeId, status, ...fields }: GatewayDispute, now: Instant): Write {
    const isOpen = status === 'OPEN';
    const state: DisputeState = isOpen ? 'OPEN' : 'CLOSED';
    return update(
      this.table,
      { disputeId },
      {
        set: { ...fields, '#status': status, '#state': state, paymentId, userId, orderId },
        defaults: isOpen ? {} : { closedAt: now },
        remove: isOpen ? ['closedAt'] : [],
      },
      { names: { status: 'status', state: 'state' } },
    );
  }

  /** Disputes in some states, one state after the other, and newest first in each. */
  async list(states: readonly DisputeState[], page: PageRequest): Promise<Page<DisputedPayment>> {
    return pageAcrossPartitions(states, page, (state, rest) =>
      this.database.queryPage<DisputedPayment>(
        {
          TableName: this.table,
          IndexName: 'byState',
          KeyConditionExpression: '#state = :state',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': state },
          ScanIndexForward: false,
        },
        rest,
      ),
    );
  }
}
