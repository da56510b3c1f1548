import { Body, Controller, Get, Patch, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { type Caller, CurrentCaller } from '../../platform/auth/caller';
import { mapPage } from '../../platform/dynamo/cursor';
import { InvalidRequest, StaleVersion } from '../../platform/errors';
import { IfMatch } from '../../platform/http/headers';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiFailures, ApiIfMatch, ApiPagedSuccess } from '../../platform/openapi/decorators';
import { IllegalOrderTransition, OrderNotFound } from './domain/order.errors';
import { OrderAdminService } from './order-admin.service';
import { OrderQueryService } from './order-query.service';
import { ListOrdersByDateRequest, OrderStatusResultResponse, SetOrderStatusRequest } from './order.admin.dto';
import { OrderResponse } from './order.dto';

@ApiTags('orders')
@Access('ADMIN')
@Controller('admin')
export class OrderAdminController {
  constructor(
    private readonly orders: OrderAdminService,
    private readonly queries: OrderQueryService,
  ) {}

  @Get('orders')
  @ApiOperation({
    operationId: 'listAdminOrders',
    summary: 'List or find orders',
    description:
      'Returns the orders to deliver on `date`, or on today and the next 30 days. Orders of the same date ' +
      'are in no particular order. With `number`, returns the order with that order number; very rarely there are ' +
      'several. A daily order is found by its number once its delivery is assigned, within seconds of its ' +
      'generation.',
  })
  @ApiPagedSuccess(OrderResponse)
  async list(@Query() query: ListOrdersByDateRequest): Promise<PagedResponse<OrderResponse>> {
    const { number } = query;
    const found =
      number === undefined
        ? await this.queries.findByDate(query.date, query.status, query)
        : await this.queries.findByNumber(number, query, query);
    return new PagedResponse(mapPage(found, OrderResponse.of));
  }

  @Patch('order/status')
  @ApiOperation({
    operationId: 'setOrderStatus',
    summary: 'Set the status of orders',
    description:
      'Marks CONFIRMED orders as PACKED, or cancels orders that are CREATED, CONFIRMED or PACKED. ' +
      'Cancelling returns the stock and refunds the payment. With `orderIds`, each order is changed on its ' +
      'own and the response reports each result. `If-Match` is allowed for a single order only. Events: ' +
      '`order.packed`, `order.cancelled`.',
  })
  @ApiIfMatch()
  @ApiExtraModels(OrderStatusResultResponse)
  @ApiResponse({
    status: 200,
    description: 'The changed order or, for `orderIds`, a result for each order.',
    schema: {
      oneOf: [
        { $ref: getSchemaPath(OrderResponse) },
        { type: 'array', items: { $ref: getSchemaPath(OrderStatusResultResponse) } },
      ],
    },
  })
  @ApiFailures(OrderNotFound, IllegalOrderTransition, StaleVersion)
  async setStatus(
    @CurrentCaller() admin: Caller,
    @Body() { orderId, orderIds, status }: SetOrderStatusRequest,
    @IfMatch() expected?: number,
  ): Promise<OrderResponse | OrderStatusResultResponse[]> {
    if (orderId !== undefined && orderIds === undefined) {
      return OrderResponse.of(await this.orders.setStatus(orderId, status, admin, expected));
    }
    if (orderIds !== undefined && orderId === undefined) {
      if (expected !== undefined)
        throw new InvalidRequest([{ field: 'If-Match', message: 'If-Match is allowed only with orderId' }]);
      return (await this.orders.setStatuses(orderIds, status, admin)).map(OrderStatusResultResponse.of);
    }
    throw new InvalidRequest([{ field: 'orderId', message: 'send either orderId or orderIds' }]);
  }
}
