import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { mapPage } from '../../platform/dynamo/cursor';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiPagedSuccess, ApiSuccess } from '../../platform/openapi/decorators';
import { OutboxAdminService } from './outbox-admin.service';
import { ListOutboxRequest, OutboxRowResponse, RetryOutboxRequest, RetryOutboxResponse } from './outbox.dto';

@ApiTags('operations')
@Access('ADMIN')
@Controller('admin/outbox')
export class OutboxAdminController {
  constructor(private readonly outbox: OutboxAdminService) {}

  @Get()
  @ApiOperation({
    operationId: 'listOutbox',
    summary: 'List undelivered events',
    description:
      'Returns events that are parked after their last attempt or, with `state=waiting`, events that are ' +
      'still to be delivered.',
  })
  @ApiPagedSuccess(OutboxRowResponse)
  async list(@Query() query: ListOutboxRequest): Promise<PagedResponse<OutboxRowResponse>> {
    return new PagedResponse(mapPage(await this.outbox.list(query.state, query), OutboxRowResponse.of));
  }

  @Post('retry')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'retryParkedEvents',
    summary: 'Retry parked events',
    description:
      'Delivers parked events again to the subscribers that failed. `outboxIds` selects events; without it, all ' +
      'parked events are retried. Event: `outbox.retried`.',
  })
  @ApiSuccess(200, RetryOutboxResponse)
  async retry(@Body() { outboxIds }: RetryOutboxRequest): Promise<RetryOutboxResponse> {
    return { retried: await this.outbox.retry(outboxIds) };
  }
}
