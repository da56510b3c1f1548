import type { PublishedEvent } from '../../../events/event-map';

/** The version of the schemas in docs/events.json. A new optional field does not raise it. */
export const EVENT_VERSION = 1;

/**
 * Fields that no integrator needs: who caused an event, which the audit log keeps, the trace, and the part of a secret that
 * requests of new passwords contain.
 */
export const OMITTED_FIELDS: readonly string[] = ['by', 'trace', 'resetId'];

/** An event as integrators receive it. Amounts in minor units. */
export interface IntegrationEvent {
  readonly version: typeof EVENT_VERSION;
  readonly type: string;
  /** The same for every copy of an event. */
  readonly eventId: string;
  readonly occurredAt: string;
  readonly requestId: string;
  readonly [fact: string]: unknown;
}

export function integrationEventOf(event: PublishedEvent): IntegrationEvent {
  const shown = Object.entries(event).filter(([name]) => !OMITTED_FIELDS.includes(name));
  return { version: EVENT_VERSION, ...(Object.fromEntries(shown) as unknown as PublishedEvent) };
}
