import type { Instant } from './calendar';
import type { EventId } from './ids';

/** What an event gets when it is emitted: its identity, its time and the request that caused it. */
export interface EventMetadata {
  readonly eventId: EventId;
  readonly occurredAt: Instant;
  readonly requestId: string;
  /** The span that caused it; absent without tracing. */
  readonly trace?: string;
}
