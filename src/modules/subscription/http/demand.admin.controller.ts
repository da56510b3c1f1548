import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Access } from '../../../platform/auth/access';
import { csvFile, toCsv } from '../../../platform/http/csv-file';
import { JobRunner } from '../../../platform/jobs/job-runner';
import { PendingJob } from '../../../platform/jobs/pending-job';
import { ApiPendingResponse } from '../../../platform/openapi/decorators';
import { DemandService } from '../demand.service';
import type { DateRange } from '../domain/date-range';
import { csvRowOf, DailyDemandResponse, DEMAND_COLUMNS, DemandQuery, EXAMPLE_DEMAND } from './demand.dto';

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
      'count. Stock and wallet balances make no difference. JSON or CSV. Default: the week from tomorrow. At most 31 ' +
      'days. If it takes longer than ten seconds, it continues as a job. Event, for CSV: `report.exported`.',
  })
  @ApiExtraModels(DailyDemandResponse)
  @ApiResponse({
    status: 200,
    description: 'One row per date and product, by date and name.',
    content: {
      'application/json': { schema: { type: 'array', items: { $ref: getSchemaPath(DailyDemandResponse) } } },
      'text/csv': { schema: { type: 'string' }, example: toCsv([csvRowOf(EXAMPLE_DEMAND)], DEMAND_COLUMNS) },
    },
  })
  @ApiPendingResponse()
  async demand(
    @Query() { from, to, format }: DemandQuery,
  ): Promise<DailyDemandResponse[] | PendingJob | StreamableFile> {
    const range = this.demandService.rangeOf({ from, to });
    const rows = await this.runDemand(range);
    if (format !== 'csv' || rows instanceof PendingJob) return rows;
    await this.demandService.recordExport(range);
    return csvFile(`demand-${range.from}-${range.to}.csv`, rows.map(csvRowOf), DEMAND_COLUMNS);
  }
}
