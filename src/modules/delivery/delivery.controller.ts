import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mapPage } from '../../platform/dynamo/cursor';
import { InProgress, KeyReused, type Once } from '../../platform/dynamo/idempotency';
import { Stale } from '../../platform/errors';
import { Access } from '../../platform/http/access';
import { ListAnswer } from '../../platform/http/answer.interceptor';
import { type Caller, CurrentCaller } from '../../platform/http/caller';
import { ApiAnswer, ApiId, ApiListAnswer, Fails } from '../../platform/http/documentation';
import { ApiIdempotencyKey, ApiIfMatch, IdempotencyKey, IfMatch } from '../../platform/http/headers';
import { IdPipe } from '../../platform/http/id.pipe';
import { OrderNotFound } from '../order';
import { DeliveryAssignment } from './delivery.assignment';
import { AssignDeliveryRequest, DeliveryResponse, ListDeliveriesRequest, UpdateDeliveryRequest } from './delivery.dto';
import {
  CourierNotFound,
  DeliveryNotFound,
  IllegalDeliveryTransition,
  NotYourRound,
  OrderNotConfirmed,
  OrderNotPacked,
  SlotNotAhead,
} from './delivery.errors';
import { DeliveryLists } from './delivery.lists';
import { DeliveryService } from './delivery.service';

@ApiTags('deliveries')
@Controller('delivery')
export class DeliveryController {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly assignment: DeliveryAssignment,
    private readonly lists: DeliveryLists,
  ) {}

  @Post('assign')
  @Access('ADMIN')
  @ApiOperation({ summary: 'Assign the delivery of a confirmed order, or change its courier, slot or address' })
  @ApiIdempotencyKey()
  @ApiAnswer(201, DeliveryResponse)
  @Fails(SlotNotAhead, OrderNotFound, CourierNotFound)
  @Fails(OrderNotConfirmed, IllegalDeliveryTransition, InProgress, KeyReused)
  async assign(
    @Body() { orderId, ...chosen }: AssignDeliveryRequest,
    @IdempotencyKey() once?: Once,
  ): Promise<DeliveryResponse> {
    return DeliveryResponse.of(await this.assignment.assign(orderId, chosen, once));
  }

  @Patch('update')
  @Access('ADMIN', 'COURIER')
  @ApiOperation({ summary: 'Report what has happened to a delivery: its order follows' })
  @ApiIfMatch()
  @ApiAnswer(200, DeliveryResponse)
  @Fails(DeliveryNotFound, IllegalDeliveryTransition, OrderNotPacked, Stale)
  async update(
    @CurrentCaller() caller: Caller,
    @Body() { deliveryId, ...news }: UpdateDeliveryRequest,
    @IfMatch() expected?: number,
  ): Promise<DeliveryResponse> {
    return DeliveryResponse.of(await this.deliveries.report(deliveryId, news, caller, expected));
  }

  @Get('list')
  @Access('ADMIN', 'COURIER')
  @ApiOperation({ summary: "Deliveries by slot, earliest first: an admin's all, a courier's own" })
  @ApiListAnswer(DeliveryResponse)
  @Fails(NotYourRound)
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListDeliveriesRequest,
  ): Promise<ListAnswer<DeliveryResponse>> {
    return new ListAnswer(mapPage(await this.lists.of(caller, query, query), DeliveryResponse.of));
  }

  @Get(':deliveryId')
  @ApiId('deliveryId', 'D01K9Z')
  @Access('signed-in')
  @ApiOperation({ summary: 'Where a delivery stands' })
  @ApiAnswer(200, DeliveryResponse)
  @Fails(DeliveryNotFound)
  async get(
    @CurrentCaller() caller: Caller,
    @Param('deliveryId', IdPipe) deliveryId: string,
  ): Promise<DeliveryResponse> {
    return DeliveryResponse.of(await this.deliveries.get(deliveryId, caller));
  }
}
