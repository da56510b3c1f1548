import type { Instant, LocalDate } from '../kernel/calendar';
import type { UserId } from '../kernel/ids';

/** An admin started or resumed the generation of a date by hand. */
export interface GenerationRequested {
  readonly type: 'generation.requested';
  readonly date: LocalDate;
}

/** An admin moved the test clock, or returned it to real time. Not in production. */
export interface ClockMoved {
  readonly type: 'clock.moved';
  /** Absent for a return to real time. */
  readonly to?: Instant;
}

/** A person took figures or records out of the program. */
export interface ReportExported {
  readonly type: 'report.exported';
  readonly report: 'daily-figures' | 'books' | 'manifest' | 'demand';
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  /** The courier of a manifest. */
  readonly courierId?: UserId;
}

/** An admin made parked events due again. */
export interface OutboxRetried {
  readonly type: 'outbox.retried';
  /** Number of outbox rows. */
  readonly rows: number;
}

/** An admin had messages sent again that could not be sent. */
export interface NotificationRetried {
  readonly type: 'notification.retried';
  /** Number of messages. */
  readonly messages: number;
}

/** The operator sends dead letters of a queue again, emitted before the first, or has deleted some, emitted after the last. */
export interface DeadLettersHandled {
  readonly type: 'dead_letters.redriven' | 'dead_letters.dropped';
  /** Its name, without the prefix of the deployment. */
  readonly queue: string;
  /** Number of dead letters in the queue, or number that were deleted. */
  readonly messages: number;
}

/** Actions of admins and operators that change no order, account or wallet by themselves. */
export type OperationsEvent =
  GenerationRequested | ClockMoved | ReportExported | OutboxRetried | NotificationRetried | DeadLettersHandled;
