import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { JobRunner } from '../../../platform/jobs/job-runner';
import type { PendingJob } from '../../../platform/jobs/pending-job';
import { ApiPendingResponse, ApiSuccess } from '../../../platform/openapi/decorators';
import { DemandService } from '../demand.service';
import type { DateRange } from '../domain/date-range';
import { DailyDemandResponse, DemandQuery } from './demand.dto';

@ApiTags('generation runs')
@Access('ADMIN')
@Controller('admin')
export class DemandAdminController {
  private readonly runDemand: (range: DateRange) => Promise<DailyDemandResponse[] | PendingJob>;

  constructor(
    private readonly demandService: DemandService,
    jobs: JobRunner,
  ) {
    this.runDemand = jobs.define('subscription.demand', async (range, progress) =>
      (await demandService.demandFor(range, progress)).map(DailyDemandResponse.of),
    );
  }

  @Get('demand')
  @ApiOperation({
    operationId: 'getDemand',
    summary: 'Get projected demand',
    description:
      'Returns the units of each product that are due on each date. Paused and skipped deliveries do not ' +
      'count. Stock and wallet balances make no difference. Default: the week from tomorrow. At most 31 ' +
      'days. If it takes longer than ten seconds, it continues as a job.',
  })
  @ApiSuccess(200, DailyDemandResponse, { isArray: true })
  @ApiPendingResponse()
  demand(@Query() { from, to }: DemandQuery): Promise<DailyDemandResponse[] | PendingJob> {
    return this.runDemand(this.demandService.rangeOf({ from, to }));
  }
}
