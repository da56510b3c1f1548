import type { Chance } from '../support/chance';
import { type Counter, codeOf } from './counter';
import { orderIdOf, type SoldOrder } from './laws';
import type { Became, NaiveDairy, Standing } from './naive-dairy';

const OURS = ['DAMAGED', 'SPOILED', 'VEHICLE', 'OTHER'];
const THEIRS = ['CUSTOMER_UNAVAILABLE', 'ADDRESS_NOT_FOUND', 'REFUSED'];
const PACKED_AT_ONCE = 100;

/** What happens to an order on its way: what couriers report, or nothing, when the dairy has cancelled it. */
interface Fate {
  readonly standing: Standing;
  readonly reports: readonly { readonly status: string; readonly reason?: string }[];
}

export interface Delivered {
  readonly delivered: number;
  readonly failed: number;
  readonly cancelled: number;
}

/** Packing and delivering the orders of a date: most arrive, some do not, and a few are called off. */
export class Morning {
  constructor(
    private readonly chance: Chance,
    private readonly dairy: NaiveDairy,
    private readonly counter: Counter,
    private readonly all: <T>(some: readonly T[], work: (one: T) => Promise<void>) => Promise<void>,
  ) {}

  async of(date: string): Promise<Delivered> {
    const ordered = [...this.dairy.on(date)].filter(([, { outcome }]) => outcome === 'ORDERED');
    const fates = ordered.map(([standing, became]) => this.fateOf(standing, date, became));
    const cancelled = fates.filter(({ reports }) => reports.length === 0);
    const onTheWay = fates.filter(({ reports }) => reports.length > 0);
    await this.all(cancelled, ({ standing }) => this.cancel(orderIdOf(standing, date)));
    await this.pack(onTheWay.map(({ standing }) => orderIdOf(standing, date)));
    const orders = await this.counter.all<SoldOrder>(`/admin/orders?date=${date}`);
    const byId = new Map(orders.map((order) => [order.orderId, order]));
    await this.all(onTheWay, (fate) => this.deliver(byId.get(orderIdOf(fate.standing, date)), fate));
    const failed = onTheWay.filter(({ reports }) => reports.at(-1)?.status === 'FAILED').length;
    return { delivered: onTheWay.length - failed, failed, cancelled: cancelled.length };
  }

  private fateOf(standing: Standing, date: string, became: Became): Fate {
    const { chance, dairy } = this;
    if (chance.happens(0.01)) {
      became.status = 'CANCELLED';
      dairy.putBack(became.items);
      dairy.refund(standing, date, became);
      return { standing, reports: [] };
    }
    const way = ['PICKED_UP', 'IN_TRANSIT'].slice(0, chance.between(0, 9) === 0 ? chance.between(0, 1) : 2);
    const reports = way.map((status) => ({ status }));
    if (way.length === 2 && chance.happens(0.95)) {
      became.status = 'DELIVERED';
      return { standing, reports: [...reports, { status: 'DELIVERED' }] };
    }
    const isOurs = chance.happens(0.5);
    became.status = 'CANCELLED';
    if (isOurs) dairy.refund(standing, date, became);
    return { standing, reports: [...reports, { status: 'FAILED', reason: chance.oneOf(isOurs ? OURS : THEIRS) }] };
  }

  private async cancel(orderId: string): Promise<void> {
    await this.counter.order('POST', '/order/cancel', { orderId });
  }

  private async pack(orderIds: readonly string[]): Promise<void> {
    for (let from = 0; from < orderIds.length; from += PACKED_AT_ONCE) {
      const some = orderIds.slice(from, from + PACKED_AT_ONCE);
      await this.packAll(some);
    }
  }

  /** Whom the dairy was too busy for is packed in another go. */
  private async packAll(orderIds: readonly string[]): Promise<void> {
    const { body } = await this.counter.order('PATCH', '/admin/order/status', { orderIds, status: 'PACKED' });
    const outcomes = body as { orderId: string; code?: string }[];
    const missing = outcomes.filter(({ code }) => code === 'order.not_found');
    if (missing.length > 0) throw new Error(`Nobody made the orders ${missing.map(({ orderId }) => orderId).join()}`);
    const again = outcomes.filter(({ code }) => code !== undefined && code !== 'order.illegal_transition');
    if (again.length > 0) await this.packAll(again.map(({ orderId }) => orderId));
  }

  private async deliver(order: SoldOrder | undefined, { standing, reports }: Fate): Promise<void> {
    const { deliveryId, courierId = '' } = order?.delivery ?? {};
    if (deliveryId === undefined) throw new Error(`Nobody delivers order ${order?.orderId} of ${standing.id}`);
    for (const report of reports) {
      const body = { deliveryId, ...report };
      const asked = { role: 'COURIER', userId: courierId, method: 'PATCH', path: '/delivery/update', body } as const;
      const told = await this.counter.ask(asked);
      // Whoever had to ask twice may be told that it is so already.
      const isSo = told.status === 200 || (told.times > 1 && told.status === 409);
      if (!isSo) throw new Error(`Delivery ${deliveryId} ${report.status}: ${told.status} ${codeOf(told.body)}`);
    }
  }
}
