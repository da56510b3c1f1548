import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DELIVERY_ID } from '../../kernel/api-fields';
import { type DeliveryId, isId } from '../../kernel/ids';
import { ChoiceField, IdField, InstantField, TextField, UserIdField } from '../../platform/http/fields';
import type { InvalidEntry, ListEntry } from '../../platform/http/list-body';
import { DELIVERY_STATUSES, type DeliveryStatus, FAILURE_REASONS, type FailureReason } from './domain/delivery.status';
import { CLOCK_TOLERANCE_MINUTES, MAX_REPORT_AGE_DAYS } from './domain/report';
import { REPORT_RESULTS, type ReportResult } from './offline-reports.service';

/** Of one request. More reports than that go into another one. */
export const MAX_REPORTS = 200;
const MAX_CLIENT_EVENT_ID_LENGTH = 64;

const STATUS = { example: 'PICKED_UP', description: 'New status.' };
const REASON = {
  optional: true,
  nullable: true,
  description: 'Reason for the failure. Required for FAILED, refused otherwise. Null counts as left out.',
};
const NOTE = {
  max: 300,
  multiline: true,
  optional: true,
  nullable: true,
  example: 'Collected at 5:40',
  description: 'Note for the history of the delivery. Null counts as left out.',
};
const REPORTED_AT =
  'Instant at which it happened, by the clock of the phone. ' +
  `At most ${CLOCK_TOLERANCE_MINUTES} minutes ahead and ${MAX_REPORT_AGE_DAYS} days ago.`;
const CLIENT_EVENT_ID = {
  max: MAX_CLIENT_EVENT_ID_LENGTH,
  description: 'Id that the client gives the report, such as a UUID. A report on a delivery is applied once per id.',
};
const CLIENT_EVENT_ID_EXAMPLE = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';

export class UpdateDeliveryRequest {
  @IdField(DELIVERY_ID)
  deliveryId!: string;

  @ChoiceField(DELIVERY_STATUSES, STATUS)
  status!: DeliveryStatus;

  @ChoiceField(FAILURE_REASONS, REASON)
  reason?: FailureReason | null;

  @TextField(NOTE)
  note?: string | null;

  @InstantField({ optional: true, description: `${REPORTED_AT} Default: now.` })
  at?: string;

  @TextField({ ...CLIENT_EVENT_ID, optional: true })
  clientEventId?: string;

  @UserIdField()
  userId?: string;
}

export class UpdateDeliveriesQuery {
  @UserIdField({
    description:
      'Id of the caller. Any other is refused, also for admins: so a phone that several couriers use cannot send the ' +
      'reports of one as another.',
  })
  userId?: string;
}

/** A report in the list of POST /delivery/updates. */
export class OfflineReportRequest {
  @TextField({ ...CLIENT_EVENT_ID, example: CLIENT_EVENT_ID_EXAMPLE })
  clientEventId!: string;

  @InstantField({ example: '2026-11-30T23:40:00Z', description: REPORTED_AT })
  at!: string;

  @IdField(DELIVERY_ID)
  deliveryId!: string;

  @ChoiceField(DELIVERY_STATUSES, STATUS)
  status!: DeliveryStatus;

  @ChoiceField(FAILURE_REASONS, REASON)
  reason?: FailureReason | null;

  @TextField(NOTE)
  note?: string | null;
}

export class OfflineReportResponse {
  @ApiPropertyOptional({
    example: CLIENT_EVENT_ID_EXAMPLE,
    description: 'Id of the report. Absent if the report had no valid one.',
  })
  clientEventId?: string;
  @ApiPropertyOptional({ ...DELIVERY_ID, description: 'Id of the delivery. Absent if the report had no valid one.' })
  deliveryId?: string;
  @ApiProperty({
    enum: REPORT_RESULTS,
    description:
      'APPLIED: the delivery has changed. ALREADY_APPLIED: it changed when the report arrived for the first time. ' +
      'UNCHANGED: it already was as the report says. REFUSED: the report cannot be applied. ' +
      'UNAVAILABLE: the report could not be stored; send it again.',
  })
  result!: string;
  @ApiPropertyOptional({
    enum: DELIVERY_STATUSES,
    example: STATUS.example,
    description: 'Status of the delivery. Absent with REFUSED and UNAVAILABLE.',
  })
  status?: DeliveryStatus;
  @ApiPropertyOptional({ description: 'Error code, with REFUSED and UNAVAILABLE.' }) code?: string;
  @ApiPropertyOptional({ description: 'Explanation of the error, with REFUSED and UNAVAILABLE.' }) detail?: string;

  static of(this: void, { clientEventId, deliveryId }: OfflineReportRequest, result: ReportResult) {
    return { clientEventId, deliveryId, ...result };
  }

  /** A response for each entry. `results` are those of the valid entries, in their order. */
  static ofEach(
    this: void,
    entries: readonly ListEntry<OfflineReportRequest>[],
    results: readonly ReportResult[],
  ): OfflineReportResponse[] {
    const remaining = results.values();
    return entries.map((entry) =>
      'value' in entry
        ? OfflineReportResponse.of(entry.value, remaining.next().value as ReportResult)
        : refusalOf(entry),
    );
  }
}

/** The report that a request stands for. Null counts as left out. */
export function withoutNulls<T extends { reason?: FailureReason | null; note?: string | null }>(request: T) {
  const { reason, note } = request;
  return { ...request, reason: reason ?? undefined, note: note ?? undefined };
}

/** The delivery of a malformed report, if it has a valid one. */
export function givenDeliveryIds({ given }: InvalidEntry): readonly DeliveryId[] {
  const { deliveryId } = Object(given) as { deliveryId?: unknown };
  return isId(deliveryId) ? [deliveryId] : [];
}

/** Has the ids that are valid, so that the phone finds the report. Only the first error, because there may be 200 reports. */
function refusalOf({ error, given }: InvalidEntry): OfflineReportResponse {
  const { clientEventId } = Object(given) as { clientEventId?: unknown };
  const [deliveryId] = givenDeliveryIds({ error, given });
  const hasId = typeof clientEventId === 'string' && clientEventId.length <= MAX_CLIENT_EVENT_ID_LENGTH;
  return {
    ...(hasId && { clientEventId }),
    ...(deliveryId && { deliveryId }),
    result: 'REFUSED',
    code: error.code,
    detail: error.errors[0]?.message,
  };
}
