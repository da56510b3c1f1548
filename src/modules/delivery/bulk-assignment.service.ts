import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import type { OrderId } from '../../kernel/ids';
import { DomainError, Unavailable } from '../../platform/errors';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { type ChosenAssignment, DeliveryAssignment } from './delivery-assignment.service';
import type { Delivery } from './domain/delivery';

/** The result for one of several orders: its delivery, or why it was refused. Survives JSON. */
export type AssignmentResult = { readonly orderId: OrderId } & (
  { readonly delivery: Delivery } | { readonly refusal: { readonly code: string; readonly detail: string } }
);

const CONCURRENCY = 10;

/** Assigns the deliveries of several orders, for example the rest of a courier's round. */
@Injectable()
export class BulkAssignment {
  private readonly logger = new Logger(BulkAssignment.name);

  constructor(
    private readonly assignment: DeliveryAssignment,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * Assigns several orders independently of each other, as `DeliveryAssignment.assign` does. Repeated ids count once.
   * The results are in the order of the ids. `delivery.courier_not_found` if the courier is not active, and with
   * `idempotencyKey` the errors of the idempotency key. An abandoned request is completed when it is repeated.
   */
  async assign(
    orderIds: readonly OrderId[],
    chosen: Pick<ChosenAssignment, 'courierId' | 'permanent'>,
    idempotencyKey?: IdempotentRequest,
  ): Promise<AssignmentResult[]> {
    const assignAll = async () => {
      const results = await this.assignEach(orderIds, chosen);
      if (idempotencyKey) await this.transaction.commit([this.idempotency.completeClaim(idempotencyKey, results)]);
      return results;
    };
    const claimAndAssign = async () => {
      await this.assignment.assertActive(chosen.courierId);
      if (idempotencyKey) await this.transaction.commit([this.idempotency.claim(idempotencyKey, 'assignment')]);
      return assignAll();
    };
    return this.idempotency.run(idempotencyKey, claimAndAssign, assignAll);
  }

  private async assignEach(orderIds: readonly OrderId[], chosen: ChosenAssignment): Promise<AssignmentResult[]> {
    const limit = pLimit(CONCURRENCY);
    return Promise.all([...new Set(orderIds)].map((orderId) => limit(() => this.tryAssign(orderId, chosen))));
  }

  private async tryAssign(orderId: OrderId, chosen: ChosenAssignment): Promise<AssignmentResult> {
    try {
      return { orderId, delivery: await this.assignment.assignChecked(orderId, chosen) };
    } catch (error) {
      if (!(error instanceof DomainError))
        this.logger.error({ err: error, orderId }, 'Order in bulk assignment failed');
      const { code, message } = error instanceof DomainError ? error : new Unavailable();
      return { orderId, refusal: { code, detail: message } };
    }
  }
}
