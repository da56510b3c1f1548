import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { PaymentId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../../platform/config/platform.settings';
import { createDocumentClient, createDynamoClient } from '../../../platform/dynamo/client';
import type { Page, PageRequest } from '../../../platform/dynamo/cursor';
import { Database } from '../../../platform/dynamo/database';
import { readItem } from '../../../platform/dynamo/read';
import { put, update } from '../../../platform/dynamo/write';
import { sandboxTable } from './sandbox.schema';

export interface SandboxCharge {
  readonly paymentId: PaymentId;
  readonly amount: MinorUnits;
  readonly outcome: 'SUCCESS' | 'FAILED';
  readonly reason?: string;
  /** When the outcome becomes known, in epoch milliseconds of real time. */
  readonly decidedAt: number;
  readonly refunded: boolean;
  /** A refund is accepted and fails later. */
  readonly refundFails?: true;
  /** When the refund fails, in epoch milliseconds of real time. */
  readonly refundFailsAt?: number;
  /** When the cardholder disputes the charge, in epoch milliseconds of real time. */
  readonly disputedAt?: number;
}

/** The charges of the sandbox. It plays an external company, so it has a database connection of its own. */
@Injectable()
export class SandboxRepository implements OnApplicationShutdown {
  private readonly client: ReturnType<typeof createDynamoClient>;
  private readonly database: Database;
  private readonly table: string;

  constructor(@Inject(PLATFORM_SETTINGS) config: PlatformSettings) {
    this.client = createDynamoClient(config);
    this.database = new Database(createDocumentClient(this.client), config.tablePrefix);
    this.table = this.database.tableName(sandboxTable);
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }

  /** Records a charge. If the payment already has one, returns that unchanged. */
  async record(charge: SandboxCharge): Promise<SandboxCharge> {
    const existing = new AlreadyRecorded();
    try {
      await this.database.write(
        put(this.table, charge, { condition: 'attribute_not_exists(paymentId)' }, (old) =>
          Object.assign(existing, { charge: old as SandboxCharge | undefined }),
        ),
      );
      return charge;
    } catch (error) {
      if (error === existing && existing.charge) return existing.charge;
      throw error;
    }
  }

  async find(paymentId: PaymentId): Promise<SandboxCharge | undefined> {
    return this.database.get(readItem<SandboxCharge>(this.table, { paymentId }));
  }

  /** A page of the whole table: for the reconciliation only. */
  async scan(page: PageRequest): Promise<Page<SandboxCharge>> {
    return this.database.scanPage<SandboxCharge>(this.table, page);
  }

  /** Refunds a charge. The refund fails at `failsAt`, if given; a repetition does not change that. */
  async refund(paymentId: PaymentId, failsAt?: number): Promise<void> {
    await this.database.write(
      update(
        this.table,
        { paymentId },
        { set: { refunded: true }, defaults: failsAt === undefined ? {} : { refundFailsAt: failsAt } },
        { condition: 'outcome = :success', values: { success: 'SUCCESS' } },
        () => new Error(`The sandbox has no charge ${paymentId} to refund`),
      ),
    );
  }
}

class AlreadyRecorded extends Error {
  charge?: SandboxCharge;
}
