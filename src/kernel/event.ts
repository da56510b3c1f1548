import type { Instant } from './calendar';
import type { EventId } from './ids';

/** Added to an event when it is emitted: its id, its time and the request that caused it. */
export interface EventMetadata {
  readonly eventId: EventId;
  readonly occurredAt: Instant;
  readonly requestId: string;
  /** The `traceparent` of the span that caused it. Absent without tracing. */
  readonly trace?: string;
}
