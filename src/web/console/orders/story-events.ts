import type { Schemas } from '../../api/client.ts';
import type { Delivery, Order } from './queries.ts';

type AuditEntry = Schemas['AuditEntryResponse'];

export type StoryEvent = { readonly at: string; readonly by?: string | undefined } & (
  | { readonly of: 'order'; readonly change: Order['history'][number] }
  | { readonly of: 'delivery'; readonly change: Delivery['history'][number] }
  | { readonly of: 'audit'; readonly entry: AuditEntry }
);

/** Changes that the histories of order and delivery show, too. */
const IN_HISTORY = ['order.packed', 'order.cancelled', 'order.dispatched', 'order.delivered', 'delivery.updated'];
/** What the history of the delivery tells in more detail. */
const IN_DELIVERY: readonly string[] = ['DISPATCHED', 'DELIVERED'];

/** What happened to an order and its delivery, oldest first. */
export function storyOf(order: Order, delivery: Delivery | undefined, audit: readonly AuditEntry[]): StoryEvent[] {
  const events: StoryEvent[] = [
    ...order.history
      .filter(({ status }) => !(delivery && IN_DELIVERY.includes(status)))
      .map((change) => ({ of: 'order' as const, at: change.at, by: change.by, change })),
    ...(delivery?.history ?? []).map((change) => ({ of: 'delivery' as const, at: change.at, by: change.by, change })),
    ...audit
      .filter(({ action }) => !IN_HISTORY.includes(action))
      .map((entry) => ({ of: 'audit' as const, at: entry.at, by: entry.by, entry })),
  ];
  return events.sort((one, other) => one.at.localeCompare(other.at));
}
