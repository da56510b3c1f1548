import type { SeededRandom } from '../support/seeded-random';
import type { ModelOutcome, ModelSubscription, ReferenceModel } from './reference-model';
import { codeOf, type SimulationClient } from './simulation-client';
import { orderIdOf, type OrderView } from './simulation-invariants';

const DAIRY_FAULT_REASONS = ['DAMAGED', 'SPOILED', 'VEHICLE', 'OTHER'];
const CUSTOMER_FAULT_REASONS = ['CUSTOMER_UNAVAILABLE', 'ADDRESS_NOT_FOUND', 'REFUSED'];
const PACK_BATCH_SIZE = 100;

/** What happens to an order on its way: what couriers report, or nothing, when the dairy has cancelled it. */
interface DeliveryPlan {
  readonly subscription: ModelSubscription;
  readonly reports: readonly { readonly status: string; readonly reason?: string }[];
}

export interface DeliveryCounts {
  readonly delivered: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Packing and delivering the orders of a date: most arrive, some do not, and a few are called off. */
export class DeliverySimulation {
  constructor(
    private readonly random: SeededRandom,
    private readonly model: ReferenceModel,
    private readonly api: SimulationClient,
    private readonly forEachConcurrently: <T>(some: readonly T[], work: (one: T) => Promise<void>) => Promise<void>,
  ) {}

  async run(date: string): Promise<DeliveryCounts> {
    const ordered = [...this.model.outcomesOn(date)].filter(([, { outcome }]) => outcome === 'ORDERED');
    const plans = ordered.map(([standing, became]) => this.planFor(standing, date, became));
    const cancelled = plans.filter(({ reports }) => reports.length === 0);
    const onTheWay = plans.filter(({ reports }) => reports.length > 0);
    await this.forEachConcurrently(cancelled, ({ subscription: standing }) => this.cancel(orderIdOf(standing, date)));
    await this.pack(onTheWay.map(({ subscription: standing }) => orderIdOf(standing, date)));
    const orders = await this.api.all<OrderView>(`/admin/orders?date=${date}`);
    const byId = new Map(orders.map((order) => [order.orderId, order]));
    await this.forEachConcurrently(onTheWay, (plan) =>
      this.deliver(byId.get(orderIdOf(plan.subscription, date)), plan),
    );
    const failed = onTheWay.filter(({ reports }) => reports.at(-1)?.status === 'FAILED').length;
    return { delivered: onTheWay.length - failed, failed, cancelled: cancelled.length };
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
      return { subscription, reports: [...reports, { status: 'DELIVERED' }] };
    }
    const isDairyFault = random.chance(0.5);
    outcome.status = 'CANCELLED';
    if (isDairyFault) model.refund(subscription, date, outcome);
    return {
      subscription,
      reports: [
        ...reports,
        { status: 'FAILED', reason: random.oneOf(isDairyFault ? DAIRY_FAULT_REASONS : CUSTOMER_FAULT_REASONS) },
      ],
    };
  }

  private async cancel(orderId: string): Promise<void> {
    await this.api.adminOrThrow('POST', '/order/cancel', { orderId });
  }

  private async pack(orderIds: readonly string[]): Promise<void> {
    for (let from = 0; from < orderIds.length; from += PACK_BATCH_SIZE) {
      const batch = orderIds.slice(from, from + PACK_BATCH_SIZE);
      await this.packBatch(batch);
    }
  }

  /** Whom the dairy was too busy for is packed in another go. */
  private async packBatch(orderIds: readonly string[]): Promise<void> {
    const { body } = await this.api.adminOrThrow('PATCH', '/admin/order/status', { orderIds, status: 'PACKED' });
    const outcomes = body as { orderId: string; code?: string }[];
    const missing = outcomes.filter(({ code }) => code === 'order.not_found');
    if (missing.length > 0) throw new Error(`Nobody made the orders ${missing.map(({ orderId }) => orderId).join()}`);
    const retryable = outcomes.filter(({ code }) => code !== undefined && code !== 'order.illegal_transition');
    if (retryable.length > 0) await this.packBatch(retryable.map(({ orderId }) => orderId));
  }

  private async deliver(order: OrderView | undefined, { subscription, reports }: DeliveryPlan): Promise<void> {
    const { deliveryId, courierId = '' } = order?.delivery ?? {};
    if (deliveryId === undefined) throw new Error(`Nobody delivers order ${order?.orderId} of ${subscription.id}`);
    for (const report of reports) {
      const body = { deliveryId, ...report };
      const request = { role: 'COURIER', userId: courierId, method: 'PATCH', path: '/delivery/update', body } as const;
      const reply = await this.api.send(request);
      // Whoever had to ask twice may be told that it is so already.
      const isReported = reply.status === 200 || (reply.attempts > 1 && reply.status === 409);
      if (!isReported)
        throw new Error(`Delivery ${deliveryId} ${report.status}: ${reply.status} ${codeOf(reply.body)}`);
    }
  }
}
