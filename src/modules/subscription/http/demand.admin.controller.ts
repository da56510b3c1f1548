import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { AsyncResponses, type ResponsePending } from '../../../platform/http/async-responses';
import { ApiPendingResponse, ApiSuccess } from '../../../platform/openapi/decorators';
import { DemandService } from '../demand.service';
import { DailyDemandResponse, DemandQuery } from './demand.dto';

@ApiTags('admin')
@Access('ADMIN')
@Controller('admin')
export class DemandAdminController {
  constructor(
    private readonly demandService: DemandService,
    private readonly asyncResponses: AsyncResponses,
  ) {}

  @Get('demand')
  @ApiOperation({
    summary: 'How many units of every product the subscriptions want on each date, less what is paused and skipped',
  })
  @ApiSuccess(200, DailyDemandResponse, { isArray: true })
  @ApiPendingResponse()
  async demand(@Query() { from, to }: DemandQuery): Promise<DailyDemandResponse[] | ResponsePending> {
    return this.asyncResponses.getOrCompute(`demand ${from} ${to}`, async () =>
      (await this.demandService.demandFor({ from, to })).map(DailyDemandResponse.of),
    );
  }
}
