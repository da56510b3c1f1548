import type { DeliveryStatus, FailureReason, Manifest, Report, StoredReport } from '../store/database.ts';
import { isAtDairy, isLoaded, isOpen, type OrderView, roundView } from './round-view.ts';

/** What the courier can tap. */
export type Action =
  | { readonly type: 'pick up all' }
  | { readonly type: 'pick up'; readonly deliveryIds: readonly string[] }
  | { readonly type: 'deliver'; readonly deliveryIds: readonly string[] }
  | {
      readonly type: 'fail';
      readonly deliveryIds: readonly string[];
      readonly reason: FailureReason;
      readonly note?: string;
    };

/**
 * The reports that an action stands for, given what is on the device. None for a delivery that has them already. After an
 * action, the courier is on the way to the next stop.
 */
export function reportsOf(action: Action, manifest: Manifest, waiting: readonly StoredReport[]): Report[] {
  const orders = roundView(manifest, waiting).stops.flatMap((stop) => stop.orders);
  const chosen =
    action.type === 'pick up all'
      ? orders.filter(({ packed }) => packed)
      : orders.filter(({ deliveryId }) => action.deliveryIds.includes(deliveryId));
  const reports = chosen.flatMap((order) => reportsOn(order, action));
  return reports.length === 0 ? [] : [...reports, ...departure(manifest, [...waiting, ...reports])];
}

function reportsOn(order: OrderView, action: Action): Report[] {
  switch (action.type) {
    case 'pick up all':
    case 'pick up':
      return isAtDairy(order) ? [report(order, 'PICKED_UP')] : [];
    case 'deliver':
      if (!isLoaded(order)) return [];
      return [...(order.status === 'PICKED_UP' ? [report(order, 'IN_TRANSIT')] : []), report(order, 'DELIVERED')];
    case 'fail': {
      const { reason, note } = action;
      return isOpen(order) ? [{ ...report(order, 'FAILED'), reason, ...(note && { note }) }] : [];
    }
  }
}

function departure(manifest: Manifest, reports: readonly Report[]): Report[] {
  const { next } = roundView(manifest, reports);
  const waiting = next?.orders.filter(({ status }) => status === 'PICKED_UP') ?? [];
  return waiting.map((order) => report(order, 'IN_TRANSIT'));
}

function report({ deliveryId, orderNumber }: OrderView, status: DeliveryStatus): Report {
  return { deliveryId, orderNumber, status };
}
