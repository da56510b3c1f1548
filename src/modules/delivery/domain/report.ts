import { addMinutes, type Instant } from '../../../kernel/calendar';
import type { DeliveryId } from '../../../kernel/ids';
import { InvalidRequest } from '../../../platform/errors';
import { ReportFromFuture, ReportTooOld } from './delivery.errors';
import { DELIVERY_STATUSES, type DeliveryStatus, type FailureReason } from './delivery.status';

/** A courier's report on a delivery. */
export interface DeliveryReport {
  readonly status: DeliveryStatus;
  readonly reason?: FailureReason;
  readonly note?: string;
  /** When it happened, by the clock of the phone. Absent if it happens now. */
  readonly at?: Instant;
  /** The id that the phone gave the report. The report is applied once, even if it arrives again later. */
  readonly clientEventId?: string;
}

/** A report that a phone kept while it was offline. */
export interface OfflineReport extends DeliveryReport {
  readonly deliveryId: DeliveryId;
  readonly at: Instant;
  readonly clientEventId: string;
}

/** The clock of a phone may be ahead by that much. */
export const CLOCK_TOLERANCE_MINUTES = 5;
export const MAX_REPORT_AGE_DAYS = 7;

/** FAILED requires a reason. Other statuses must not have one. */
export function assertValidReport({ status, reason }: DeliveryReport): void {
  if (status === 'FAILED' && reason === undefined) {
    throw new InvalidRequest([{ field: 'reason', message: 'reason is required for FAILED' }]);
  }
  if (status !== 'FAILED' && reason !== undefined) {
    throw new InvalidRequest([{ field: 'reason', message: 'reason is allowed only for FAILED' }]);
  }
}

/** Refuses a time that is ahead of now or too long ago. */
export function assertTimely({ at }: DeliveryReport, now: Instant): void {
  if (at === undefined) return;
  if (at > addMinutes(now, CLOCK_TOLERANCE_MINUTES)) throw new ReportFromFuture(at, now);
  if (at < addMinutes(now, -MAX_REPORT_AGE_DAYS * 24 * 60)) throw new ReportTooOld(at, MAX_REPORT_AGE_DAYS);
}

/**
 * Reports in the order in which a delivery can take them: by status, then by time. The clock of a phone may be set back
 * between two reports.
 */
export function inOrder<T extends OfflineReport>(reports: readonly T[]): T[] {
  const rankOf = ({ status }: OfflineReport) => DELIVERY_STATUSES.indexOf(status);
  return reports.toSorted((one, other) => rankOf(one) - rankOf(other) || (one.at < other.at ? -1 : 1));
}
