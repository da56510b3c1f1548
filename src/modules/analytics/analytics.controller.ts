import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Access } from '../../platform/auth/access';
import { mapPage } from '../../platform/dynamo/cursor';
import { csvFile, toCsv } from '../../platform/http/csv-file';
import { PagedResponse } from '../../platform/http/paged-response';
import { ApiPagedSuccess } from '../../platform/openapi/decorators';
import { AnalyticsEventResponse, EventLogRequest } from './analytics.dto';
import { AnalyticsService } from './analytics.service';
import { DailyReport } from './daily-report.service';
import { REPORT_COLUMNS, tableRowOf } from './domain/report-table';
import { DailyFiguresResponse, EXAMPLE_DAY, ReportRequest } from './report.dto';

@ApiTags('reports')
@Access('ADMIN')
@Controller('analytics')
export class AnalyticsController {
  constructor(
    private readonly analytics: AnalyticsService,
    private readonly dailyReport: DailyReport,
  ) {}

  @Get('report')
  @ApiOperation({
    operationId: 'getReport',
    summary: 'Get the daily report',
    description:
      'Returns the figures of each local date, oldest first, as JSON or CSV: orders, money, customers, subscriptions ' +
      'and deliveries. What happened counts on the day it happened, and what a phone reports later on the day of the report. A worker adds up the figures within seconds. ' +
      'Default: the last seven days. At most 366 days. Event, for CSV: `report.exported`.',
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
  async report(@Query() { from, to, format }: ReportRequest): Promise<DailyFiguresResponse[] | StreamableFile> {
    if (format !== 'csv') return (await this.dailyReport.generate(from, to)).map(DailyFiguresResponse.of);
    const days = (await this.dailyReport.export(from, to)).map(DailyFiguresResponse.of);
    return csvFile(`report-${days.at(0)?.date}-${days.at(-1)?.date}.csv`, days.map(tableRowOf), REPORT_COLUMNS);
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
