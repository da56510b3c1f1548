import type { DeliveryStatus, Manifest, Report, StoredReport } from '../store/database.ts';

type Stop = Manifest['stops'][number];
type Order = Stop['orders'][number];
export type Line = Order['items'][number];

export interface OrderView extends Order {
  /** Whether the server has still to accept what the courier has reported. Not for the way there, which is no news. */
  readonly isWaiting: boolean;
}

/** TO_LOAD: at the dairy. OPEN: with the courier. */
export type StopState = 'TO_LOAD' | 'OPEN' | 'DELIVERED' | 'FAILED';

export interface StopView extends Omit<Stop, 'orders'> {
  /** Stays the same when other stops are added. */
  readonly key: string;
  readonly orders: readonly OrderView[];
  readonly state: StopState;
  /** Cash to collect now, for what is still to be handed over. */
  readonly cash: number;
}

export interface RoundView {
  readonly stops: readonly StopView[];
  /** The first stop whose goods are with the courier. */
  readonly next?: StopView;
  readonly finished: number;
  /** Orders that are still at the dairy. */
  readonly toLoad: readonly OrderView[];
  readonly cash: { readonly collected: number; readonly open: number };
  /** What the courier brings back, because its delivery failed. */
  readonly returned: readonly Line[];
}

export const isOpen = ({ status }: Pick<Order, 'status'>) => status !== 'DELIVERED' && status !== 'FAILED';
export const isAtDairy = ({ status }: Pick<Order, 'status'>) => status === 'ASSIGNED';
export const isLoaded = (order: Pick<Order, 'status'>) => isOpen(order) && !isAtDairy(order);

/** The round as the courier has left it: what the server knows, and the reports that it has not accepted yet. */
export function roundView(manifest: Manifest, reports: readonly (Report & Pick<StoredReport, 'refusal'>)[]): RoundView {
  const reported = new Map<string, DeliveryStatus>();
  for (const { deliveryId, status, refusal } of reports) if (!refusal) reported.set(deliveryId, status);
  const stops = manifest.stops.map((stop) => stopView(stop, reported));
  const orders = stops.flatMap((stop) => stop.orders);
  return {
    stops,
    next: stops.find(({ state }) => state === 'OPEN'),
    finished: stops.filter(({ state }) => state === 'DELIVERED' || state === 'FAILED').length,
    toLoad: orders.filter(isAtDairy),
    cash: {
      collected: cashOf(orders.filter(({ status }) => status === 'DELIVERED')),
      open: cashOf(orders.filter(isOpen)),
    },
    returned: sumOf(orders.filter(({ status }) => status === 'FAILED').flatMap(({ items }) => items)),
  };
}

function stopView(stop: Stop, reported: ReadonlyMap<string, DeliveryStatus>): StopView {
  const orders = stop.orders.map((order) => {
    const status = reported.get(order.deliveryId);
    return { ...order, status: status ?? order.status, isWaiting: status !== undefined && status !== 'IN_TRANSIT' };
  });
  return {
    ...stop,
    key: stop.orders[0]?.deliveryId ?? '',
    orders,
    state: stateOf(orders),
    cash: cashOf(orders.filter(isOpen)),
  };
}

function stateOf(orders: readonly OrderView[]): StopState {
  if (orders.some(isLoaded)) return 'OPEN';
  if (orders.some(isOpen)) return 'TO_LOAD';
  return orders.some(({ status }) => status === 'DELIVERED') ? 'DELIVERED' : 'FAILED';
}

/** Amounts have at most two decimals. */
function cashOf(orders: readonly Order[]): number {
  return orders.reduce((sum, { toCollect }) => sum + Math.round(toCollect * 100), 0) / 100;
}

/** Units of each product. */
export function sumOf(lines: readonly Line[]): Line[] {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const key = JSON.stringify([line.productId, line.unit]);
    sums.set(key, { ...line, qty: line.qty + (sums.get(key)?.qty ?? 0) });
  }
  return [...sums.values()];
}
