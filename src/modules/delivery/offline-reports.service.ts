import { Injectable, Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import type { DeliveryId } from '../../kernel/ids';
import type { Caller } from '../../platform/auth/caller';
import { Database } from '../../platform/dynamo/database';
import { DomainError, Unavailable } from '../../platform/errors';
import { Idempotency, type IdempotentRequest } from '../../platform/transaction/idempotency';
import { Transaction } from '../../platform/transaction/transaction';
import { DeliveryReports, type ReportOutcome } from './delivery-reports.service';
import { DeliveryRepository } from './delivery.repository';
import type { Delivery } from './domain/delivery';
import { EarlierReportRefused } from './domain/delivery.errors';
import type { DeliveryStatus } from './domain/delivery.status';
import { inOrder, type OfflineReport } from './domain/report';

/** REFUSED: it cannot be applied. UNAVAILABLE: nothing was stored, and it can be sent again. */
export const REPORT_RESULTS = ['APPLIED', 'ALREADY_APPLIED', 'UNCHANGED', 'REFUSED', 'UNAVAILABLE'] as const;

/** The result of one of several reports. Survives JSON. */
export interface ReportResult {
  readonly result: (typeof REPORT_RESULTS)[number];
  /** The status of the delivery after the report. Absent if the report failed. */
  readonly status?: DeliveryStatus;
  readonly code?: string;
  readonly detail?: string;
}

/** A list of reports as a phone sent it. */
export interface ReportList {
  readonly reports: readonly OfflineReport[];
  /** Deliveries with a report in the list that was malformed. */
  readonly malformed: ReadonlySet<DeliveryId>;
}

/** A report and its position in the request. */
type NumberedReport = OfflineReport & { readonly position: number };

/** Deliveries whose reports are applied at the same time. */
const CONCURRENCY = 10;

/** Applies what a courier's phone reported while it was offline. */
@Injectable()
export class OfflineReports {
  private readonly logger = new Logger(OfflineReports.name);

  constructor(
    private readonly reports: DeliveryReports,
    private readonly repository: DeliveryRepository,
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly idempotency: Idempotency,
  ) {}

  /**
   * Applies reports, each once, as `DeliveryReports.record` does. Those on one delivery are applied one after another, by
   * status and `at`. One that fails does not stop the others. The results are in the order of the reports.
   *
   * Reads 100 deliveries in a round trip. Each report that is applied is one transaction. With `idempotencyKey`, its
   * errors. An abandoned request is completed when it is repeated.
   */
  async apply(list: ReportList, caller: Caller, idempotencyKey?: IdempotentRequest): Promise<ReportResult[]> {
    const applyAll = async () => {
      const results = await this.applyEach(list, caller);
      if (idempotencyKey) await this.transaction.commit([this.idempotency.completeClaim(idempotencyKey, results)]);
      return results;
    };
    const claimAndApply = async () => {
      if (idempotencyKey) await this.transaction.commit([this.idempotency.claim(idempotencyKey, 'reports')]);
      return applyAll();
    };
    return this.idempotency.run(idempotencyKey, claimAndApply, applyAll);
  }

  private async applyEach({ reports, malformed }: ReportList, caller: Caller): Promise<ReportResult[]> {
    const numbered = reports.map((report, position) => ({ ...report, position }));
    const byDelivery = [...Map.groupBy(numbered, ({ deliveryId }) => deliveryId)];
    const deliveries = await this.database.batchGet(byDelivery.map(([id]) => this.repository.readOf(id)));
    const results: ReportResult[] = [];
    const limit = pLimit(CONCURRENCY);
    await Promise.all(
      byDelivery.map(([deliveryId, itsReports], index) => {
        const read = { delivery: deliveries[index], isRefused: malformed.has(deliveryId) };
        return limit(() => this.applyInOrder(deliveryId, read, inOrder(itsReports), caller, results));
      }),
    );
    return results;
  }

  /**
   * Once a report could not be stored, the later ones on the delivery must not overtake it. A failure must not overtake a
   * refused or malformed pickup either: it would return the stock of goods that have left the dairy.
   */
  private async applyInOrder(
    deliveryId: DeliveryId,
    { delivery, isRefused }: { readonly delivery: Delivery | undefined; isRefused: boolean },
    reports: readonly NumberedReport[],
    caller: Caller,
    results: ReportResult[],
  ): Promise<void> {
    let read: { readonly delivery: Delivery | undefined } = { delivery };
    let failure: ReportResult | undefined;
    for (const { position, ...report } of reports) {
      const isUncertain: boolean = isRefused && report.status === 'FAILED' && read.delivery?.status === 'ASSIGNED';
      const outcome: ReportOutcome | ReportResult =
        failure ??
        (isUncertain ? refusalOf(new EarlierReportRefused()) : await this.tryRecord(deliveryId, report, caller, read));
      if (outcome.result === 'UNAVAILABLE') failure = outcome;
      isRefused ||= outcome.result === 'REFUSED';
      if ('delivery' in outcome) read = { delivery: outcome.delivery };
      results[position] = 'delivery' in outcome ? resultOf(outcome) : outcome;
    }
  }

  private async tryRecord(
    deliveryId: DeliveryId,
    report: OfflineReport,
    caller: Caller,
    read: { readonly delivery: Delivery | undefined },
  ): Promise<ReportOutcome | ReportResult> {
    try {
      return await this.reports.record(deliveryId, report, caller, { read });
    } catch (error) {
      if (!(error instanceof DomainError)) this.logger.error({ err: error, deliveryId }, 'Offline report failed');
      return refusalOf(error instanceof DomainError ? error : new Unavailable());
    }
  }
}

function refusalOf({ code, message: detail, kind }: DomainError): ReportResult {
  return { result: kind === 'unavailable' ? 'UNAVAILABLE' : 'REFUSED', code, detail };
}

function resultOf({ result, delivery: { status } }: ReportOutcome): ReportResult {
  return { result, status };
}
