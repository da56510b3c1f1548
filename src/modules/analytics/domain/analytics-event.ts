import type { PublishedEvent } from '../../../events/event-map';
import { type Instant, parseInstant } from '../../../kernel/calendar';
import { type EventId, ID_PATTERN, type OrderId, type UserId } from '../../../kernel/ids';
import { MalformedAnalyticsEvent } from './analytics.errors';

/** An event in the analytics queue, in the event log and in the archive. Amounts in minor units. */
export interface AnalyticsEvent {
  /** The event's name in capitals: `order.placed` is ORDER_PLACED. */
  readonly eventType: string;
  readonly userId?: UserId;
  readonly orderId?: OrderId;
  readonly timestamp: Instant;
  readonly eventId: EventId;
  readonly [figure: string]: unknown;
}

/** Whether an event is a fact of its own. The announcement of a day repeats the events of its orders. */
export function isAnalyzed({ type }: PublishedEvent): boolean {
  return type !== 'subscription.day_decided';
}

/** Leaves out who made the change, which only the audit log keeps. */
export function analyticsEventOf(event: PublishedEvent): AnalyticsEvent {
  const { type, occurredAt, eventId, requestId, by: _by, ...facts } = event;
  const eventType = type.toUpperCase().replaceAll('.', '_');
  return { eventType, ...facts, timestamp: occurredAt, eventId, requestId };
}

/** Validates a message from the queue. Accepts event types of newer versions. */
export function parseAnalyticsEvent(message: unknown): AnalyticsEvent {
  const { eventType, eventId, timestamp } = (message ?? {}) as Record<string, unknown>;
  if (typeof eventType !== 'string' || !/^[A-Z][A-Z_]*$/.test(eventType))
    throw new MalformedAnalyticsEvent('eventType');
  if (typeof eventId !== 'string' || !ID_PATTERN.test(eventId)) throw new MalformedAnalyticsEvent('eventId');
  if (parseInstant(timestamp) === undefined) throw new MalformedAnalyticsEvent('timestamp');
  return message as AnalyticsEvent;
}
