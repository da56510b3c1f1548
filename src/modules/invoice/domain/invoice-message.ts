import type { OrderId, UserId } from '../../../kernel/ids';
import type { Month } from './invoice';

/** Issue the invoice of one order, or those of the next customers of a month. */
export type InvoiceMessage =
  | { readonly kind: 'ORDER'; readonly orderId: OrderId }
  | { readonly kind: 'MONTH'; readonly month: Month; readonly shard: number; readonly after?: UserId };

/** A message that no version of this program sends. */
export class MalformedInvoiceMessage extends Error {}

/** Validates a message from the queue. Undefined for a kind that only a newer version knows. */
export function parseInvoiceMessage(body: unknown): InvoiceMessage | undefined {
  const { kind, orderId, month, shard, after } = (body ?? {}) as Record<string, unknown>;
  if (kind === 'ORDER' && typeof orderId === 'string') return { kind, orderId };
  if (kind === 'MONTH' && typeof month === 'string' && typeof shard === 'number') {
    return { kind, month, shard, ...(typeof after === 'string' && { after }) };
  }
  if (typeof kind !== 'string' || kind === 'ORDER' || kind === 'MONTH') throw new MalformedInvoiceMessage();
  return undefined;
}
