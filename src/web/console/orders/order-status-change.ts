import { api, bodyOf } from '../../api/client.ts';
import type { OrderResult } from './use-bulk.ts';

export type NewStatus = 'PACKED' | 'CANCELLED';

/** Packs or cancels several orders. */
export async function setStatuses(orderIds: readonly string[], status: NewStatus): Promise<readonly OrderResult[]> {
  const results = await bodyOf(api.PATCH('/admin/order/status', { body: { orderIds: [...orderIds], status } }));
  // One order is the answer to `orderId` only.
  return Array.isArray(results) ? results : [];
}

/** Packs or cancels an order, unless it has changed since it was shown. */
export function setStatus(orderId: string, version: number, status: NewStatus) {
  const header = { 'If-Match': `"${version}"` };
  return bodyOf(api.PATCH('/admin/order/status', { body: { orderId, status }, params: { header } }));
}
