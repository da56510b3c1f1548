import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mapPage } from '../../platform/dynamo/cursor';
import { InProgress, KeyReused, type Once } from '../../platform/dynamo/idempotency';
import { Access } from '../../platform/http/access';
import { ListAnswer } from '../../platform/http/answer.interceptor';
import { ActingFor, type Caller, CurrentCaller } from '../../platform/http/caller';
import { ApiAnswer, ApiListAnswer, Fails } from '../../platform/http/documentation';
import { ApiIdempotencyKey, IdempotencyKey } from '../../platform/http/headers';
import { CartChanged } from '../cart';
import { InsufficientStock, PriceChanged, ProductNotFound } from '../product';
import { OrderCancellation } from './order.cancellation';
import {
  CancelOrderRequest,
  ListOrdersRequest,
  OrderResponse,
  PlaceOrderRequest,
  TrackOrderRequest,
} from './order.dto';
import {
  AddressMissing,
  EmptyOrder,
  IllegalOrderTransition,
  OrderNotFound,
  QuantityOutOfRange,
  SlotTooFar,
  SlotTooSoon,
  TooManyLines,
  TotalMismatch,
} from './order.errors';
import { OrderLists } from './order.lists';
import { OrderService } from './order.service';

@ApiTags('orders')
@Access('signed-in')
@Controller('order')
export class OrderController {
  constructor(
    private readonly orders: OrderService,
    private readonly lists: OrderLists,
    private readonly cancellation: OrderCancellation,
  ) {}

  @Post('create')
  @ApiOperation({ summary: 'Order for one delivery: the lines sent, or the cart' })
  @ApiIdempotencyKey()
  @ApiAnswer(201, OrderResponse)
  @Fails(EmptyOrder, SlotTooSoon, SlotTooFar, AddressMissing, ProductNotFound)
  @Fails(
    TooManyLines,
    QuantityOutOfRange,
    PriceChanged,
    TotalMismatch,
    InsufficientStock,
    CartChanged,
    InProgress,
    KeyReused,
  )
  async place(
    @ActingFor() userId: string,
    @Body() body: PlaceOrderRequest,
    @IdempotencyKey() once?: Once,
  ): Promise<OrderResponse> {
    return OrderResponse.of(await this.orders.place(userId, body, once));
  }

  @Get('track')
  @ApiOperation({ summary: 'Where an order stands, with its payment and its delivery' })
  @ApiAnswer(200, OrderResponse)
  @Fails(OrderNotFound)
  async track(@CurrentCaller() caller: Caller, @Query() { orderId }: TrackOrderRequest): Promise<OrderResponse> {
    return OrderResponse.of(await this.orders.track(orderId, caller));
  }

  @Get('list')
  @ApiOperation({ summary: 'My orders, latest delivery first' })
  @ApiListAnswer(OrderResponse)
  async list(@ActingFor() userId: string, @Query() query: ListOrdersRequest): Promise<ListAnswer<OrderResponse>> {
    return new ListAnswer(mapPage(await this.lists.ofUser(userId, query, query), OrderResponse.of));
  }

  @Post('cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel an order: stock and money go back' })
  @ApiIdempotencyKey()
  @ApiAnswer(200, OrderResponse)
  @Fails(OrderNotFound, IllegalOrderTransition, InProgress, KeyReused)
  async cancel(
    @CurrentCaller() caller: Caller,
    @Body() { orderId, reason }: CancelOrderRequest,
    @IdempotencyKey() once?: Once,
  ): Promise<OrderResponse> {
    return OrderResponse.of(await this.cancellation.cancel(orderId, caller, { reason, once }));
  }
}
