import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { type Caller, CurrentCaller, TargetUserId } from '../../platform/auth/caller';
import { mapPage } from '../../platform/dynamo/cursor';
import { IdempotencyKey } from '../../platform/http/headers';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiFailures, ApiIdempotencyKey, ApiPagedSuccess, ApiSuccess } from '../../platform/openapi/decorators';
import {
  IdempotencyKeyReused,
  type IdempotentRequest,
  RequestInProgress,
} from '../../platform/transaction/idempotency';
import { CartChanged } from '../cart';
import { InsufficientStock, PriceChanged, ProductNotFound } from '../product';
import {
  EmptyOrder,
  IllegalOrderTransition,
  MissingAddress,
  OrderNotFound,
  QuantityOutOfRange,
  SlotTooFar,
  SlotTooSoon,
  TooManyLines,
  TotalMismatch,
} from './domain/order.errors';
import { OrderCancellation } from './order-cancellation.service';
import { OrderQueryService } from './order-query.service';
import {
  CancelOrderRequest,
  ListOrdersRequest,
  OrderResponse,
  PlaceOrderRequest,
  TrackOrderRequest,
} from './order.dto';
import { OrderService } from './order.service';

@ApiTags('orders')
@Access('signed-in')
@Controller('order')
export class OrderController {
  constructor(
    private readonly orders: OrderService,
    private readonly queries: OrderQueryService,
    private readonly cancellation: OrderCancellation,
  ) {}

  @Post('create')
  @ApiOperation({ summary: 'Order for one delivery: the lines sent, or the cart' })
  @ApiIdempotencyKey()
  @ApiSuccess(201, OrderResponse)
  @ApiFailures(EmptyOrder, SlotTooSoon, SlotTooFar, MissingAddress, ProductNotFound)
  @ApiFailures(
    TooManyLines,
    QuantityOutOfRange,
    PriceChanged,
    TotalMismatch,
    InsufficientStock,
    CartChanged,
    RequestInProgress,
    IdempotencyKeyReused,
  )
  async place(
    @TargetUserId() userId: string,
    @Body() body: PlaceOrderRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<OrderResponse> {
    return OrderResponse.of(await this.orders.place(userId, body, idempotencyKey));
  }

  @Get('track')
  @ApiOperation({ summary: 'Where an order stands, with its payment and its delivery' })
  @ApiSuccess(200, OrderResponse)
  @ApiFailures(OrderNotFound)
  async track(@CurrentCaller() caller: Caller, @Query() { orderId }: TrackOrderRequest): Promise<OrderResponse> {
    return OrderResponse.of(await this.orders.track(orderId, caller));
  }

  @Get('list')
  @ApiOperation({ summary: 'My orders, latest delivery first' })
  @ApiPagedSuccess(OrderResponse)
  async list(@TargetUserId() userId: string, @Query() query: ListOrdersRequest): Promise<PagedResponse<OrderResponse>> {
    return new PagedResponse(mapPage(await this.queries.findByUser(userId, query, query), OrderResponse.of));
  }

  @Post('cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel an order: stock and money go back' })
  @ApiIdempotencyKey()
  @ApiSuccess(200, OrderResponse)
  @ApiFailures(OrderNotFound, IllegalOrderTransition, RequestInProgress, IdempotencyKeyReused)
  async cancel(
    @CurrentCaller() caller: Caller,
    @Body() { orderId, reason }: CancelOrderRequest,
    @IdempotencyKey() idempotencyKey?: IdempotentRequest,
  ): Promise<OrderResponse> {
    return OrderResponse.of(await this.cancellation.cancel(orderId, caller, { reason, idempotencyKey }));
  }
}
