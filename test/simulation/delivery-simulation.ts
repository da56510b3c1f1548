import type { SeededRandom } from '../support/seeded-random';
import { forEachConcurrently } from './concurrency';
import type { ModelOutcome, ModelSubscription, ReferenceModel } from './reference-model';
import { codeOf, type SimulationClient } from './simulation-client';
import { orderIdOf, type OrderView } from './simulation-invariants';

const DAIRY_FAULT_REASONS = ['DAMAGED', 'SPOILED', 'VEHICLE', 'OTHER'];
const CUSTOMER_FAULT_REASONS = ['CUSTOMER_UNAVAILABLE', 'ADDRESS_NOT_FOUND', 'REFUSED'];
const PACK_BATCH_SIZE = 100;

/** The courier's reports for an order; none when the dairy cancels it. */
interface DeliveryPlan {
  readonly subscription: ModelSubscription;
  readonly reports: readonly { readonly status: string; readonly reason?: string }[];
}

export interface DeliveryCounts {
  readonly delivered: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Packs and delivers the orders of a date: most are delivered, some fail, and a few are cancelled. */
export class DeliverySimulation {
  constructor(
    private readonly random: SeededRandom,
    private readonly model: ReferenceModel,
    private readonly client: SimulationClient,
  ) {}

  async run(date: string): Promise<DeliveryCounts> {
    const ordered = [...this.model.outcomesOn(date)].filter(([, { outcome }]) => outcome === 'ORDERED');
    const plans = ordered.map(([subscription, outcome]) => this.planFor(subscription, date, outcome));
    const cancelled = plans.filter(({ reports }) => reports.length === 0);
    const dispatched = plans.filter(({ reports }) => reports.length > 0);
    await forEachConcurrently(cancelled, ({ subscription }) => this.cancel(orderIdOf(subscription, date)));
    await this.pack(dispatched.map(({ subscription }) => orderIdOf(subscription, date)));
    const orders = await this.client.all<OrderView>(`/admin/orders?date=${date}`);
    const byId = new Map(orders.map((order) => [order.orderId, order]));
    await forEachConcurrently(dispatched, (plan) => this.deliver(byId.get(orderIdOf(plan.subscription, date)), plan));
    const failed = dispatched.filter(({ reports }) => reports.at(-1)?.status === 'FAILED').length;
    return { delivered: dispatched.length - failed, failed, cancelled: cancelled.length };
  }

  private planFor(subscription: ModelSubscription, date: string, outcome: ModelOutcome): DeliveryPlan {
    const { random, model } = this;
    if (random.chance(0.01)) {
      outcome.status = 'CANCELLED';
      model.restock(outcome.items);
      model.refund(subscription, date, outcome);
      return { subscription, reports: [] };
    }
    const steps = ['PICKED_UP', 'IN_TRANSIT'].slice(0, random.between(0, 9) === 0 ? random.between(0, 1) : 2);
    const reports = steps.map((status) => ({ status }));
    if (steps.length === 2 && random.chance(0.95)) {
      outcome.status = 'DELIVERED';
      subscription.customer.hasDelivery = true;
      return { subscription, reports: [...reports, { status: 'DELIVERED' }] };
    }
    const isDairyFault = random.chance(0.5);
    outcome.status = 'CANCELLED';
    if (isDairyFault) model.refund(subscription, date, outcome);
    // The order never left the dairy.
    if (steps.length === 0) model.restock(outcome.items);
    return {
      subscription,
      reports: [
        ...reports,
        { status: 'FAILED', reason: random.oneOf(isDairyFault ? DAIRY_FAULT_REASONS : CUSTOMER_FAULT_REASONS) },
      ],
    };
  }

  private async cancel(orderId: string): Promise<void> {
    await this.client.adminOrThrow('POST', '/order/cancel', { orderId });
  }

  private async pack(orderIds: readonly string[]): Promise<void> {
    for (let from = 0; from < orderIds.length; from += PACK_BATCH_SIZE) {
      const batch = orderIds.slice(from, from + PACK_BATCH_SIZE);
      await this.packBatch(batch);
    }
  }

  /** Packs a batch, and retries the orders that failed for another reason than being packed already. */
  private async packBatch(orderIds: readonly string[]): Promise<void> {
    const { body } = await this.client.adminOrThrow('PATCH', '/admin/order/status', { orderIds, status: 'PACKED' });
    const outcomes = body as { orderId: string; code?: string }[];
    const missing = outcomes.filter(({ code }) => code === 'order.not_found');
    if (missing.length > 0)
      throw new Error(`Orders were not generated: ${missing.map(({ orderId }) => orderId).join()}`);
    const retryable = outcomes.filter(({ code }) => code !== undefined && code !== 'order.illegal_transition');
    if (retryable.length > 0) await this.packBatch(retryable.map(({ orderId }) => orderId));
  }

  private async deliver(order: OrderView | undefined, { subscription, reports }: DeliveryPlan): Promise<void> {
    const { deliveryId, courierId = '' } = order?.delivery ?? {};
    if (deliveryId === undefined) throw new Error(`Order ${order?.orderId} of ${subscription.id} has no delivery`);
    for (const report of reports) {
      const body = { deliveryId, ...report };
      const request = { role: 'COURIER', userId: courierId, method: 'PATCH', path: '/delivery/update', body } as const;
      const reply = await this.client.send(request);
      // A retry may find that the first attempt succeeded.
      const isReported = reply.status === 200 || (reply.attempts > 1 && reply.status === 409);
      if (!isReported)
        throw new Error(`Delivery ${deliveryId} ${report.status}: ${reply.status} ${codeOf(reply.body)}`);
    }
  }
}
