import type { EventType, PublishedEvent } from '../../../events/event-map';
import type { Actor } from '../../../kernel/event';
import type { Instant } from '../../../kernel/calendar';
import type { UserId } from '../../../kernel/ids';

/** Who did what, to what, when, by which request. */
export interface AuditEntry {
  readonly entryId: string;
  readonly at: Instant;
  /** The name of the event, such as `user.role_changed`. */
  readonly action: string;
  /** Absent if the program acted, or if the person was not signed in. */
  readonly by?: UserId;
  readonly byRole?: Actor['role'];
  /** Id of the user, order, product or other object that changed; a date for the generation of orders. */
  readonly subject: string;
  readonly requestId: string;
  /** Ids, figures and names of changed fields. Amounts in minor units. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Events that always have an entry. Others have one if an admin or an operator caused them. */
const ALWAYS_AUDITED: ReadonlySet<string> = new Set<EventType>([
  'user.logged_in',
  'user.password_changed',
  'user.password_reset_requested',
  'user.role_changed',
  'user.sessions_ended',
  'user.admin_token_issued',
  'user.second_factor_activated',
  'user.second_factor_removed',
  'user.email_verified',
  'user.blocked',
  'user.unblocked',
  'wallet.adjusted',
]);

/** The fields that can name what an event is about. The first that an event has does. */
const SUBJECT_FIELDS = 'deliveryId orderId subscriptionId paymentId productId userId date report queue'.split(' ');
const NO_SUBJECT = 'system';

/** Parts of a secret. */
const OMITTED_FIELDS: ReadonlySet<string> = new Set(['resetId']);

/** The entry of an event. Undefined for an event that has none, such as the order of a customer. */
export function entryOf({
  eventId,
  type,
  occurredAt,
  requestId,
  by,
  trace: _trace,
  ...facts
}: PublishedEvent): AuditEntry | undefined {
  const isByStaff = by?.role === 'ADMIN' || by?.role === 'OPERATOR';
  if (!isByStaff && !ALWAYS_AUDITED.has(type)) return undefined;
  const subjectField = SUBJECT_FIELDS.find((field) => field in facts);
  const { [subjectField ?? '']: subject = NO_SUBJECT, ...details } = facts as Record<string, unknown>;
  return {
    entryId: eventId,
    at: occurredAt,
    action: type,
    ...(by && { by: by.userId, byRole: by.role }),
    subject: String(subject),
    requestId,
    details: Object.fromEntries(Object.entries(details).filter(([name]) => !OMITTED_FIELDS.has(name))),
  };
}
