import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mapPage } from '../../platform/dynamo/cursor';
import { Access } from '../../platform/http/access';
import { ListAnswer } from '../../platform/http/answer.interceptor';
import { ApiAnswer, ApiListAnswer } from '../../platform/http/documentation';
import { ListOutboxRequest, OutboxRowResponse, RetriedResponse, RetryOutboxRequest } from './outbox.dto';
import { OutboxAdministration } from './outbox.service';

@ApiTags('admin')
@Access('ADMIN')
@Controller('admin/outbox')
export class OutboxController {
  constructor(private readonly outbox: OutboxAdministration) {}

  @Get()
  @ApiOperation({ summary: 'Events that could not be delivered (parked), or that wait to be' })
  @ApiListAnswer(OutboxRowResponse)
  async list(@Query() query: ListOutboxRequest): Promise<ListAnswer<OutboxRowResponse>> {
    return new ListAnswer(mapPage(await this.outbox.list(query.state, query), OutboxRowResponse.of));
  }

  @Post('retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Offer parked events again, those named or all, to the subscribers that failed' })
  @ApiAnswer(200, RetriedResponse)
  async retry(@Body() { outboxIds }: RetryOutboxRequest): Promise<RetriedResponse> {
    return { retried: await this.outbox.retry(outboxIds) };
  }
}
