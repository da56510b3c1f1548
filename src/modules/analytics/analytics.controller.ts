import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { daysBetween } from '../../kernel/calendar';
import { Access } from '../../platform/auth/access';
import { mapPage } from '../../platform/dynamo/cursor';
import { csvFile, toCsv } from '../../platform/http/csv-file';
import { PagedResponse } from '../../platform/http/paged-response';
import { JobRunner } from '../../platform/jobs/job-runner';
import { PendingJob } from '../../platform/jobs/pending-job';
import { ApiPagedSuccess, ApiPendingResponse } from '../../platform/openapi/decorators';
import { AnalyticsEventResponse, EventLogRequest } from './analytics.dto';
import { AnalyticsService } from './analytics.service';
import { DailyReport, type DateRange } from './daily-report.service';
import { REPORT_COLUMNS, tableRowOf } from './domain/report-table';
import { DailyFiguresResponse, EXAMPLE_DAY, ReportRequest } from './report.dto';

/** A quarter takes some seconds. */
const MAX_DAYS_AT_ONCE = 92;

@ApiTags('reports')
@Access('ADMIN')
@Controller('analytics')
export class AnalyticsController {
  private readonly generateAsJob: (range: DateRange) => Promise<DailyFiguresResponse[] | PendingJob>;

  constructor(
    private readonly analytics: AnalyticsService,
    private readonly dailyReport: DailyReport,
    jobs: JobRunner,
  ) {
    this.generateAsJob = jobs.define('analytics.daily-figures', (range) => this.generate(range));
  }

  @Get('report')
  @ApiOperation({
    operationId: 'getReport',
    summary: 'Get the daily report',
    description:
      'Returns the figures of each local date, oldest first, as JSON or CSV: orders, money, customers, subscriptions ' +
      'and deliveries. What happened counts on the day it happened, and what a phone reports later on the day of the report. A worker adds up the figures within seconds. ' +
      `Default: the last seven days. At most 366 days. Over ${MAX_DAYS_AT_ONCE} days, it ` +
      'continues as a job if it takes longer than ten seconds. Event, for CSV: `report.exported`.',
  })
  @ApiExtraModels(DailyFiguresResponse)
  @ApiResponse({
    status: 200,
    description: 'One row per local date, oldest first.',
    content: {
      'application/json': { schema: { type: 'array', items: { $ref: getSchemaPath(DailyFiguresResponse) } } },
      'text/csv': { schema: { type: 'string' }, example: toCsv([tableRowOf(EXAMPLE_DAY)], REPORT_COLUMNS) },
    },
  })
  @ApiPendingResponse()
  async report(
    @Query() { from, to, format }: ReportRequest,
  ): Promise<DailyFiguresResponse[] | PendingJob | StreamableFile> {
    const range = this.dailyReport.rangeOf(from, to);
    const isLong = daysBetween(range.from, range.to) >= MAX_DAYS_AT_ONCE;
    const days = await (isLong ? this.generateAsJob(range) : this.generate(range));
    if (format !== 'csv' || days instanceof PendingJob) return days;
    await this.dailyReport.recordExport(range);
    return csvFile(`report-${range.from}-${range.to}.csv`, days.map(tableRowOf), REPORT_COLUMNS);
  }

  private async generate(range: DateRange): Promise<DailyFiguresResponse[]> {
    return (await this.dailyReport.generate(range)).map(DailyFiguresResponse.of);
  }

  @Get('events')
  @ApiOperation({
    operationId: 'listEvents',
    summary: 'List the events of a day',
    description: 'Returns the analytics events of a date, by their hour and then by their ids.',
  })
  @ApiPagedSuccess(AnalyticsEventResponse)
  async events(@Query() query: EventLogRequest): Promise<PagedResponse<AnalyticsEventResponse>> {
    return new PagedResponse(
      mapPage(await this.analytics.eventsOf(query.date, query), (event) => AnalyticsEventResponse.of(event)),
    );
  }
}
