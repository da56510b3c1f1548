import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { JobRunner } from '../../../platform/jobs/job-runner';
import type { PendingJob } from '../../../platform/jobs/pending-job';
import { ApiPendingResponse, ApiSuccess } from '../../../platform/openapi/decorators';
import { DemandService } from '../demand.service';
import type { DateRange } from '../domain/date-range';
import { DailyDemandResponse, DemandQuery } from './demand.dto';

@ApiTags('admin')
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
    summary: 'How many units of every product the subscriptions want on each date, less what is paused and skipped',
  })
  @ApiSuccess(200, DailyDemandResponse, { isArray: true })
  @ApiPendingResponse()
  demand(@Query() { from, to }: DemandQuery): Promise<DailyDemandResponse[] | PendingJob> {
    return this.runDemand(this.demandService.rangeOf({ from, to }));
  }
}
