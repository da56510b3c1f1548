import type { OrderId, PaymentId, UserId } from '../../../kernel/ids';
import type { MinorUnits } from '../../../kernel/money';
import type { Month } from './invoice';

/** Issue the invoice of one order or those of the next customers of a month, or credit the refunds of an order. */
export type InvoiceMessage =
  | { readonly kind: 'ORDER'; readonly orderId: OrderId }
  | { readonly kind: 'MONTH'; readonly month: Month; readonly shard: number; readonly after?: UserId }
  | {
      readonly kind: 'REFUND';
      readonly orderId: OrderId;
      readonly paymentId: PaymentId;
      readonly refunded: MinorUnits;
    };

const KINDS: ReadonlySet<string> = new Set(['ORDER', 'MONTH', 'REFUND'] satisfies InvoiceMessage['kind'][]);

/** A message that no version of this program sends. */
export class MalformedInvoiceMessage extends Error {}

/** Validates a message from the queue. Undefined for a kind that only a newer version knows. */
export function parseInvoiceMessage(body: unknown): InvoiceMessage | undefined {
  const { kind, orderId, paymentId, refunded, month, shard, after } = (body ?? {}) as Record<string, unknown>;
  if (kind === 'ORDER' && typeof orderId === 'string') return { kind, orderId };
  if (kind === 'MONTH' && typeof month === 'string' && typeof shard === 'number') {
    return { kind, month, shard, ...(typeof after === 'string' && { after }) };
  }
  const isRefund = typeof orderId === 'string' && typeof paymentId === 'string' && typeof refunded === 'number';
  if (kind === 'REFUND' && isRefund) return { kind, orderId, paymentId, refunded };
  if (typeof kind !== 'string' || KINDS.has(kind)) throw new MalformedInvoiceMessage();
  return undefined;
}
