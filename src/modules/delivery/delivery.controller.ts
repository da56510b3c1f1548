import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DELIVERY_ID } from '../../kernel/api-fields';
import { Access, ForCallerOnly } from '../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../platform/auth/caller';
import { mapPage } from '../../platform/dynamo/cursor';
import { InvalidRequest } from '../../platform/errors';
import { Disconnected } from '../../platform/http/disconnect';
import { IdempotencyKey } from '../../platform/http/headers';
import { IdPipe } from '../../platform/http/id.pipe';
import { PagedResponse } from '../../platform/http/paged-response';
import {
  ApiFailures,
  ApiIdempotencyKey,
  ApiIdParam,
  ApiPagedSuccess,
  ApiSuccess,
} from '../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../platform/transaction/idempotency';
import { OrderNotFound } from '../order';
import { BulkAssignment } from './bulk-assignment.service';
import { DeliveryAssignment } from './delivery-assignment.service';
import { DeliveryPolls } from './delivery-polls.service';
import { DeliveryQueryService } from './delivery-query.service';
import {
  AssignDeliveryRequest,
  AssignmentResultResponse,
  DeliveryResponse,
  ListDeliveriesRequest,
  MAX_WAIT_SECONDS,
  PollDeliveryRequest,
} from './delivery.dto';
import { DeliveryService } from './delivery.service';
import {
  CourierNotFound,
  DeliveryNotFound,
  IllegalDeliveryTransition,
  NotYourDeliveries,
  OrderNotConfirmed,
  PollsBusy,
  SlotNotAhead,
  TooManyPolls,
} from './domain/delivery.errors';

@ApiTags('deliveries')
@Controller('delivery')
export class DeliveryController {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly assignment: DeliveryAssignment,
    private readonly bulkAssignment: BulkAssignment,
    private readonly queries: DeliveryQueryService,
    private readonly polls: DeliveryPolls,
  ) {}

  @Post('assign')
  @Access('ADMIN')
  @ApiOperation({
    operationId: 'assignDelivery',
    summary: 'Assign a delivery',
    description:
      'Assigns the delivery of a CONFIRMED or PACKED order to a courier. Confirmed orders are assigned ' +
      'automatically, to the usual courier of the customer, but never to the customer. While the delivery is ASSIGNED, this request changes its ' +
      'courier, slot or address, and updates the order. Once it is PICKED_UP or IN_TRANSIT, only its courier can be ' +
      'changed, and it keeps its status. The customer keeps their usual courier, unless `permanent` is true. With ' +
      '`orderIds`, each order is assigned on its own and the response, with status 200, reports each result. Event: ' +
      '`delivery.assigned`, if anything changes.',
  })
  @ApiIdempotencyKey()
  @ApiSuccess(201, DeliveryResponse)
  @ApiExtraModels(AssignmentResultResponse)
  @ApiResponse({
    status: 200,
    description: 'For `orderIds`: a result for each order.',
    schema: { type: 'array', items: { $ref: getSchemaPath(AssignmentResultResponse) } },
  })
  @ApiFailures(SlotNotAhead, OrderNotFound, CourierNotFound)
  @ApiFailures(OrderNotConfirmed, IllegalDeliveryTransition, RequestInProgress, IdempotencyKeyReused)
  async assign(
    @Body() { orderId, orderIds, ...chosen }: AssignDeliveryRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<DeliveryResponse | AssignmentResultResponse[]> {
    if (chosen.permanent && chosen.courierId === undefined) throw invalid('courierId', 'permanent requires courierId');
    if (orderId !== undefined && orderIds === undefined) {
      return DeliveryResponse.of(await this.assignment.assign(orderId, chosen, idempotencyKey));
    }
    if (orderIds === undefined || orderId !== undefined) throw invalid('orderId', 'send either orderId or orderIds');
    const { deliverySlot, address, ...forAll } = chosen;
    if (deliverySlot !== undefined) throw invalid('deliverySlot', 'deliverySlot is allowed only with orderId');
    if (address !== undefined) throw invalid('address', 'address is allowed only with orderId');
    const results = await this.bulkAssignment.assign(orderIds, forAll, idempotencyKey);
    reply.status(200);
    return results.map(AssignmentResultResponse.of);
  }

  @Get('list')
  @Access('ADMIN', 'COURIER')
  @ForCallerOnly()
  @ApiOperation({
    operationId: 'listDeliveries',
    summary: 'List deliveries by slot',
    description:
      'Returns the deliveries of `date`, or of today and later, earliest slot first. Admins see all ' +
      'deliveries, couriers only their own. With `needsCourier`, returns those that an admin should assign to another ' +
      'courier: `POST /delivery/assign` with `orderIds`.',
  })
  @ApiPagedSuccess(DeliveryResponse)
  @ApiFailures(NotYourDeliveries)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListDeliveriesRequest,
  ): Promise<PagedResponse<DeliveryResponse>> {
    return new PagedResponse(mapPage(await this.queries.find(caller, query, query), DeliveryResponse.of));
  }

  @Get(':deliveryId')
  @ApiIdParam('deliveryId', DELIVERY_ID)
  @Access('signed-in')
  @ApiOperation({
    operationId: 'getDelivery',
    summary: 'Get a delivery',
    description:
      'Returns a delivery. Allowed for its customer, its courier and admins. With `since`, the response waits until the ' +
      'version of the delivery is higher, at most `wait` seconds, and then returns the delivery as it is. A user may ' +
      'wait for five deliveries at the same time.',
  })
  @ApiSuccess(200, DeliveryResponse)
  @ApiFailures(DeliveryNotFound, TooManyPolls, PollsBusy)
  async get(
    @CurrentCaller() caller: Caller,
    @Param('deliveryId', IdPipe) deliveryId: string,
    @Query() { since, wait }: PollDeliveryRequest,
    @Disconnected() disconnected: AbortSignal,
  ): Promise<DeliveryResponse> {
    if (since === undefined && wait !== undefined) throw invalid('since', 'wait requires since');
    const delivery =
      since === undefined
        ? await this.deliveries.get(deliveryId, caller)
        : await this.polls.get(deliveryId, caller, { since, waitSeconds: wait ?? MAX_WAIT_SECONDS }, disconnected);
    return DeliveryResponse.of(delivery);
  }
}

function invalid(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, message }]);
}
