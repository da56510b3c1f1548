import type { Instant } from './calendar';
import type { EventId, UserId } from './ids';
import type { Role } from './roles';

/** The person who made a request. OPERATOR: someone with access to the server, who ran a command there. */
export interface Actor {
  readonly userId: UserId;
  readonly role: Role | 'OPERATOR';
}

/** Added to an event when it is emitted: its id, its time and the request that caused it. */
export interface EventMetadata {
  readonly eventId: EventId;
  readonly occurredAt: Instant;
  readonly requestId: string;
  /** Absent if no person caused it directly, but the program did: generation, the scheduler, a webhook, a subscriber. */
  readonly by?: Actor;
  /** The `traceparent` of the span that caused it. Absent without tracing. */
  readonly trace?: string;
}
