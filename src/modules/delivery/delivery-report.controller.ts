import { Body, Controller, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Access, ForCallerOnly } from '../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../platform/auth/caller';
import { StaleVersion } from '../../platform/errors';
import { IdempotencyKey, IfMatch } from '../../platform/http/headers';
import { ListBodyPipe, type ListEntry } from '../../platform/http/list-body';
import { ApiFailures, ApiIdempotencyKey, ApiIfMatch, ApiSuccess } from '../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../platform/transaction/idempotency';
import {
  MAX_REPORTS,
  OfflineReportRequest,
  OfflineReportResponse,
  givenDeliveryIds,
  UpdateDeliveriesQuery,
  UpdateDeliveryRequest,
  withoutNulls,
} from './delivery-report.dto';
import { DeliveryReports } from './delivery-reports.service';
import { DeliveryResponse } from './delivery.dto';
import {
  ClientEventReused,
  DeliveryNotFound,
  IllegalDeliveryTransition,
  OrderNotPacked,
  OwnDelivery,
  ReportFromFuture,
  ReportTooOld,
} from './domain/delivery.errors';
import { OfflineReports } from './offline-reports.service';

@ApiTags('deliveries')
@Controller('delivery')
export class DeliveryReportController {
  constructor(
    private readonly reports: DeliveryReports,
    private readonly offlineReports: OfflineReports,
  ) {}

  @Patch('update')
  @Access('ADMIN', 'COURIER')
  @ApiOperation({
    operationId: 'updateDelivery',
    summary: 'Update a delivery',
    description:
      'Reports the progress of a delivery. An ASSIGNED delivery becomes PICKED_UP, IN_TRANSIT and DELIVERED, ' +
      'in this order; until it is DELIVERED it can become FAILED. Couriers may report only on their own ' +
      'deliveries, and only admins on how a delivery to its own courier ended. The same transaction updates the order. PICKED_UP requires a PACKED order and makes it ' +
      'DISPATCHED. DELIVERED makes it DELIVERED. FAILED cancels the order, returns its stock unless it was picked up, and ' +
      'refunds it unless the reason is CUSTOMER_UNAVAILABLE, ADDRESS_NOT_FOUND or REFUSED. Repeating a ' +
      'report changes nothing. With `at` and `clientEventId`, a phone can repeat a report later. Events: `delivery.updated`; if the order changes, also `order.dispatched`, ' +
      '`order.delivered` or `order.cancelled`.',
  })
  @ApiIfMatch()
  @ApiSuccess(200, DeliveryResponse)
  @ApiFailures(DeliveryNotFound, OwnDelivery, IllegalDeliveryTransition, OrderNotPacked, StaleVersion)
  @ApiFailures(ReportFromFuture, ReportTooOld, ClientEventReused)
  async update(
    @CurrentCaller() caller: Caller,
    @Body() { deliveryId, userId: _, ...report }: UpdateDeliveryRequest,
    @IfMatch() expected?: number,
  ): Promise<DeliveryResponse> {
    const { delivery } = await this.reports.record(deliveryId, withoutNulls(report), caller, { expected });
    return DeliveryResponse.of(delivery);
  }

  @Post('updates')
  @HttpCode(200)
  @Access('ADMIN', 'COURIER')
  @ForCallerOnly()
  @ApiOperation({
    operationId: 'updateDeliveries',
    summary: 'Send reports of an offline round',
    description:
      `Applies up to ${MAX_REPORTS} reports that a phone kept while it was offline, each as PATCH /delivery/update ` +
      'does. Those on one delivery are applied in the order of `at`, whatever their order in the list. The response ' +
      'has a result for each report, in the order of the list. A report that is malformed or refused does not stop ' +
      'the others. A report with a `clientEventId` that was applied before changes nothing, so the whole list can be ' +
      'sent again. Send reports that are UNAVAILABLE again, with a new `Idempotency-Key`. The order of the customer ' +
      'changes when the report arrives; the delivery keeps both instants.',
  })
  @ApiIdempotencyKey()
  @ApiExtraModels(OfflineReportRequest)
  @ApiBody({
    schema: {
      type: 'array',
      items: { $ref: getSchemaPath(OfflineReportRequest) },
      minItems: 1,
      maxItems: MAX_REPORTS,
    },
  })
  @ApiSuccess(200, OfflineReportResponse, { isArray: true })
  @ApiFailures(RequestInProgress, IdempotencyKeyReused)
  async updateAll(
    @CurrentCaller() caller: Caller,
    @Body(new ListBodyPipe(OfflineReportRequest, MAX_REPORTS)) entries: ListEntry<OfflineReportRequest>[],
    @Query() _query: UpdateDeliveriesQuery,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<OfflineReportResponse[]> {
    const reports = entries.flatMap((entry) => ('value' in entry ? [withoutNulls(entry.value)] : []));
    const malformed = new Set(entries.flatMap((entry) => ('value' in entry ? [] : givenDeliveryIds(entry))));
    const results = await this.offlineReports.apply({ reports, malformed }, caller, idempotencyKey);
    return OfflineReportResponse.ofEach(entries, results);
  }
}
